import { itemIds, numberedItems, scale } from './define.ts'
import type { Measure, Scale } from './measure.ts'
import { CAMCOPS, NHSE_IAPT_LIST, NOT_SEEN, OWN_RULE } from './sources.ts'

const WORK = 'item1'

const CODED_ITEMS = [
  { number: 1, theme: 'work', code: '932621000000100', max: 9 },
  { number: 2, theme: 'home', code: '932581000000100', max: 8 },
  { number: 3, theme: 'social leisure', code: '932611000000106', max: 8 },
  { number: 4, theme: 'private leisure', code: '932591000000103', max: 8 },
  { number: 5, theme: 'relationships', code: '932601000000109', max: 8 },
] as const

export const wsas: Measure = {
  measure_id: 'wsas',
  name: 'Work and Social Adjustment Scale (WSAS)',
  aliases: ['Work and Social Adjustment Scale'],
  kind: 'questionnaire',
  better: 'lower',
  items: numberedItems(5, [0, 8], Object.fromEntries(CODED_ITEMS.map(({ number, theme }) => [number, theme]))),
  reversed: [],
  needs_coding: false,
  sentinels: [
    {
      value: 9,
      items: [WORK],
      means: 'not_applicable',
      source: `${NHSE_IAPT_LIST} accepts 0-9 for one item only; that 9 means "not applicable" is inferred`,
      status: 'UNCONFIRMED',
    },
  ],
  missing: { allowed: 'none', at_most: 0, is_default: true, source: OWN_RULE, status: 'UNCONFIRMED' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'WSAS total',
      min: 0,
      max: 40,
      better: 'lower',
      rule: 'sum',
      items: itemIds(1, 5),
      reliable_change: {
        points: 8,
        source: 'Zahra et al. 2014 (South West, n = 4,835), as remembered',
        status: 'FROM-MEMORY',
      },
      bands: [
        { from: 0, severity: 'subclinical' },
        { from: 10, severity: 'significant' },
        { from: 21, severity: 'moderately_severe' },
      ],
    }),
    ...CODED_ITEMS.map(itemScale),
  ],
  category_scales: [],
  risk_item: null,
  licence: { terms: 'Copyright Isaac Marks; ask before use.', source: NOT_SEEN, status: 'FROM-MEMORY' },
  notes: [
    `A person who does not work leaves item 1 out: the total is then of four items, 0-32, and is not scaled up (${CAMCOPS}). It carries no severity, and does not compare with a total of five.`,
    'There is no code for the total.',
  ],
}

/** The raw answers with item 1 set aside, whatever was written there, when the person is marked as not working. */
export function withoutWork<T>(answers: readonly T[]): (T | 9)[] {
  return answers.map((answer, index) => (index === 0 ? 9 : answer))
}

function itemScale({ number, theme, code, max }: (typeof CODED_ITEMS)[number]): Scale {
  return scale({
    scale_id: `item_${number}`,
    label: `WSAS ${number}: ${theme}`,
    min: 0,
    max: 8,
    better: 'lower',
    rule: 'item',
    items: [`item${number}`],
    codes: [
      {
        code,
        min: 0,
        max,
        generation: 'current',
        source:
          number === 1
            ? NHSE_IAPT_LIST
            : `${NHSE_IAPT_LIST}; which of items 2-5 it is, is inferred. The total is not affected`,
        status: number === 1 ? 'CONFIRMED' : 'UNCONFIRMED',
      },
    ],
  })
}
