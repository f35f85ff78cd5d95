import type { Answers } from './answers.ts'
import { itemIds, scale } from './define.ts'
import type { Flags, Item, Measure, Scale } from './measure.ts'
import { OWN_RULE } from './sources.ts'
import { allOf, atLeast, endorsed, type Truth } from './three-valued.ts'

const FORM =
  'International Trauma Questionnaire form and scoring sheet (Cloitre et al., Acta Psychiatr Scand 2018;138:536-546)'
const ENDORSED = 2
const CLUSTERS = {
  p: ['re-experiencing', 'avoidance', 'sense of threat', 'functional impairment'],
  c: ['affective dysregulation', 'negative self-concept', 'disturbed relationships', 'functional impairment'],
} as const

export const itq: Measure = {
  measure_id: 'itq',
  name: 'International Trauma Questionnaire (ITQ)',
  aliases: ['International Trauma Questionnaire'],
  kind: 'questionnaire',
  better: 'lower',
  items: [...halfItems('p'), ...halfItems('c')],
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: { allowed: 'none', at_most: 0, is_default: true, source: OWN_RULE, status: 'UNCONFIRMED' },
  scales: [
    sumScale('ptsd', 'ITQ PTSD symptoms', 24, itemIds(1, 6, 'p')),
    sumScale('dso', 'ITQ disturbances in self-organisation', 24, itemIds(1, 6, 'c')),
    sumScale('total', 'ITQ total symptoms', 48, [...itemIds(1, 6, 'p'), ...itemIds(1, 6, 'c')]),
  ],
  category_scales: [
    {
      scale_id: 'diagnosis',
      label: 'ITQ probable diagnosis',
      categories: ['NONE', 'PTSD', 'CPTSD'],
      source: FORM,
      status: 'CONFIRMED',
    },
  ],
  risk_item: null,
  licence: {
    terms: 'Freely available to all interested parties, as the form states.',
    source: FORM,
    status: 'CONFIRMED',
  },
  notes: [
    'Columns item1-item18 are P1-P9, then C1-C9.',
    'An item counts at 2 or more, each item by itself; two items at 1 do not add up to one at 2. Impairment items are in no sum.',
    'A missing answer leaves the diagnosis open unless the other answers settle it. It is a probable diagnosis, from self-report.',
    'Reliable change indices were published (Cloitre et al., Eur J Psychotraumatol 2021;12:1930961) but their values were not readable, so there is none here. No SNOMED code was found.',
  ],
  flags: (answers): Flags => ({ diagnosis: diagnosis(answers) }),
}

/** Never both: CPTSD needs both sets of criteria, and disturbances in self-organisation alone are no diagnosis. */
function diagnosis(answers: Answers): 'NONE' | 'PTSD' | 'CPTSD' | null {
  const ptsd = isMet(answers, 'p')
  const dso = isMet(answers, 'c')
  if (ptsd === false) return 'NONE'
  if (ptsd === null || dso === null) return null
  return dso ? 'CPTSD' : 'PTSD'
}

/** One of each pair of symptoms, and one of three impairments. */
function isMet(answers: Answers, half: 'p' | 'c'): Truth {
  const clusters = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 9],
  ] as const
  return allOf(clusters.map(([first, last]) => atLeast(1, endorsed(answers, itemIds(first, last, half), ENDORSED))))
}

function halfItems(half: 'p' | 'c'): Item[] {
  return itemIds(1, 9, half).map((item_id, index) => ({
    item_id,
    theme: CLUSTERS[half][Math.min(Math.floor(index / 2), 3)] as string,
    min: 0,
    max: 4,
    is_optional: false,
  }))
}

function sumScale(scale_id: string, label: string, max: number, items: string[]): Scale {
  return scale({ scale_id, label, min: 0, max, better: 'lower', rule: 'sum', items })
}
