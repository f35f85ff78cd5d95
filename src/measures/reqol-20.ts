import { itemIds, numberedItems, scale } from './define.ts'
import type { Measure } from './measure.ts'
import { reqol10 } from './reqol-10.ts'
import { NHSE_LISTS, NOT_SEEN } from './sources.ts'

export const reqol20: Measure = {
  measure_id: 'reqol-20',
  name: 'Recovering Quality of Life, 20 items (ReQoL-20)',
  aliases: ['ReQoL (Recovering Quality of Life 20-item)', 'Recovering Quality of Life 20'],
  kind: 'questionnaire',
  better: 'higher',
  items: [
    ...numberedItems(20, [0, 4]),
    { item_id: 'item21', theme: 'physical health', min: 0, max: 4, is_optional: true },
  ],
  reversed: null,
  needs_coding: true,
  sentinels: [],
  missing: { allowed: 'prorate', at_most: 2, is_default: false, source: NOT_SEEN, status: 'FROM-MEMORY' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'ReQoL-20 total',
      min: 0,
      max: 80,
      better: 'higher',
      rule: 'sum',
      items: itemIds(1, 20),
      reliable_change: { points: 10, source: NOT_SEEN, status: 'FROM-MEMORY' },
      cutoff: { case_when: 'below', value: 50, source: NOT_SEEN, status: 'FROM-MEMORY' },
      codes: [
        { code: '1091081000000103', min: 0, max: 80, generation: 'current', source: NHSE_LISTS, status: 'CONFIRMED' },
      ],
    }),
  ],
  category_scales: [],
  risk_item: null,
  licence: reqol10.licence,
  notes: [
    'Item order and polarity were not found in a source, so raw coding is refused: supply scored digits.',
    'The physical health item (21) is not in the total.',
  ],
}
