import { itemIds, numberedItems, scale } from './define.ts'
import type { Measure } from './measure.ts'
import { NHSE_LISTS, NHSE_PROMS, NOT_SEEN } from './sources.ts'

const THEMES = {
  1: 'everyday tasks',
  2: 'trust',
  3: 'coping',
  4: 'doing things wanted',
  5: 'happiness',
  6: 'wish to live',
  7: 'enjoyment',
  8: 'hope',
  9: 'loneliness',
  10: 'confidence',
}

export const reqol10: Measure = {
  measure_id: 'reqol-10',
  name: 'Recovering Quality of Life, 10 items (ReQoL-10)',
  aliases: ['reqol', 'ReQoL (Recovering Quality of Life 10-item)', 'Recovering Quality of Life 10'],
  kind: 'questionnaire',
  better: 'higher',
  items: [
    ...numberedItems(10, [0, 4], THEMES),
    { item_id: 'item11', theme: 'physical health', min: 0, max: 4, is_optional: true },
  ],
  reversed: ['item1', 'item3', 'item6', 'item9'],
  needs_coding: true,
  sentinels: [],
  missing: { allowed: 'prorate', at_most: 1, is_default: false, source: NOT_SEEN, status: 'FROM-MEMORY' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'ReQoL-10 total',
      min: 0,
      max: 40,
      better: 'higher',
      rule: 'sum',
      items: itemIds(1, 10),
      reliable_change: { points: 5, source: NHSE_PROMS, status: 'CONFIRMED' },
      cutoff: { case_when: 'below', value: 25, source: NHSE_PROMS, status: 'CONFIRMED' },
      national_change_points: 5,
      other_thresholds: [
        {
          kind: 'cutoff',
          value: 24,
          meaning: 'another published cut-off: below 24 clinical, 24 and above general population',
          source: 'Franklin et al. 2021 (PubMed 33835414)',
          status: 'CONFIRMED',
        },
      ],
      codes: [
        { code: '1091071000000100', min: 0, max: 40, generation: 'current', source: NHSE_LISTS, status: 'CONFIRMED' },
      ],
    }),
  ],
  category_scales: [],
  risk_item: 'item6',
  licence: {
    terms:
      'Copyright; licensed by Oxford University Innovation. Free for publicly funded health care, but a licence must be asked for. No item wording here.',
    source: 'innovation.ox.ac.uk; licensing.sheffield.ac.uk',
    status: 'CONFIRMED',
  },
  notes: [
    'The four reversed themes are confirmed (Health Qual Life Outcomes, 10.1186/s12955-019-1123-z, table 2); their numbers on the form are from memory: check the licensed form.',
    'The printed form is thought to carry digits that already point the right way. The feed must say: a wrong coding passes every range check.',
    'The physical health item (11) is not in the total.',
  ],
}
