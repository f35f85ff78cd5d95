import { itemIds, numberedItems, scale } from './define.ts'
import type { Measure, Scale, ScaleCode } from './measure.ts'
import { NHSE_LISTS, NHSE_PROMS, NOT_SEEN, OWN_RULE } from './sources.ts'

const THEMES = {
  1: 'mental health',
  2: 'physical health',
  3: 'job situation',
  4: 'accommodation',
  5: 'leisure',
  6: 'friendships',
  7: 'partner and family',
  8: 'personal safety',
  9: 'medication',
  10: 'practical help',
  11: 'meetings with professionals',
}

const CODES: Readonly<Record<number, string>> = {
  1: '1037651000000100',
  2: '1037661000000102',
  3: '1037671000000109',
  4: '1037681000000106',
  5: '1037691000000108',
  6: '1037701000000108',
  7: '1037711000000105',
  8: '1037721000000104',
  9: '1037731000000102',
  10: '1037741000000106',
  11: '1037751000000109',
}

const NEWER_CODES: Readonly<Record<number, string>> = { 6: '1833391000000107', 7: '1833401000000105' }

export const dialog: Measure = {
  measure_id: 'dialog',
  name: 'DIALOG',
  aliases: ['DIALOG+', 'DIALOG scale'],
  kind: 'questionnaire',
  better: 'higher',
  items: numberedItems(11, [1, 7], THEMES),
  reversed: [],
  needs_coding: false,
  sentinels: [
    {
      value: 8,
      items: itemIds(1, 11),
      means: 'not_answered',
      source: `${NHSE_LISTS} accept 8; ${NHSE_PROMS} leaves it out. What it means is not stated`,
      status: 'UNCONFIRMED',
    },
  ],
  missing: { allowed: 'available_case', at_most: 7, is_default: false, source: OWN_RULE, status: 'UNCONFIRMED' },
  scales: [
    meanScale('sqol', 'DIALOG subjective quality of life (mean of items 1-8)', itemIds(1, 8)),
    meanScale('treatment_satisfaction', 'DIALOG treatment satisfaction (mean of items 9-11)', itemIds(9, 11)),
    ...Object.entries(THEMES).map(([number, theme]) => itemScale(Number(number), theme)),
  ],
  category_scales: [],
  risk_item: null,
  licence: {
    terms: 'Copyright East London NHS Foundation Trust and Queen Mary University of London; said to be free to use.',
    source: NOT_SEEN,
    status: 'FROM-MEMORY',
  },
  notes: [
    'Items 1-8 are quality of life, 9-11 are experience of treatment. Below 4 is dissatisfied, 4 is in the middle, above 4 is satisfied.',
    'One point on an item is the national rule, far more lenient than a reliable change by Jacobson and Truax: it is never called reliable change.',
    'No reliable change for the two means was found in a source. DIALOG+ has no score of its own.',
  ],
}

function meanScale(scale_id: string, label: string, items: string[]): Scale {
  return scale({ scale_id, label, min: 1, max: 7, better: 'higher', rule: 'mean', items })
}

function itemScale(number: number, theme: string): Scale {
  return scale({
    scale_id: `item_${number}`,
    label: `DIALOG ${number}: ${theme}`,
    min: 1,
    max: 7,
    better: 'higher',
    rule: 'item',
    items: [`item${number}`],
    national_change_points: number <= 8 ? 1 : null,
    codes: codesOf(number),
  })
}

function codesOf(number: number): ScaleCode[] {
  const newer = NEWER_CODES[number]
  const first = code(CODES[number] as string, newer === undefined ? 'current' : 'older')
  if (newer === undefined) return [first]
  // The version 6 list puts two new codes where items 6 and 7 were; which is which is read from their order.
  const source = `${NHSE_LISTS}; which of the two codes is item 6 and which item 7 is inferred from list order`
  return [first, { ...code(newer, 'current'), source, status: 'UNCONFIRMED' }]
}

function code(snomed: string, generation: ScaleCode['generation']): ScaleCode {
  return { code: snomed, min: 1, max: 8, generation, source: NHSE_LISTS, status: 'CONFIRMED' }
}
