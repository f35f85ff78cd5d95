import { itemIds, numberedItems, scale } from './define.ts'
import type { Measure } from './measure.ts'
import { CAMCOPS, NHSE_CYP, NHSE_LISTS } from './sources.ts'

const CORE_TRUST = 'CORE System Trust (coresystemtrust.org.uk)'
const BARKHAM = 'Barkham et al. 2013'

export const core10: Measure = {
  measure_id: 'core-10',
  name: 'Clinical Outcomes in Routine Evaluation, 10 items (CORE-10)',
  aliases: ['Clinical Outcomes in Routine Evaluation 10 (CORE 10)', 'Clinical Outcomes in Routine Evaluation 10'],
  kind: 'questionnaire',
  better: 'lower',
  items: numberedItems(10, [0, 4], { 2: 'support', 3: 'coping', 6: 'risk' }),
  reversed: ['item2', 'item3'],
  needs_coding: true,
  sentinels: [],
  missing: { allowed: 'prorate', at_most: 1, is_default: true, source: CORE_TRUST, status: 'CONFIRMED' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'CORE-10 clinical score',
      min: 0,
      max: 40,
      better: 'lower',
      rule: 'sum',
      items: itemIds(1, 10),
      reliable_change: { points: 6, source: `${BARKHAM}, as remembered`, status: 'FROM-MEMORY' },
      cutoff: { case_when: 'at_or_above', value: 11, source: CORE_TRUST, status: 'CONFIRMED' },
      other_thresholds: [
        {
          kind: 'cutoff',
          value: 13,
          meaning: 'depression (sensitivity .92, specificity .72)',
          source: CORE_TRUST,
          status: 'CONFIRMED',
        },
        {
          kind: 'reliable_change',
          value: 5,
          meaning: 'children and young people (5.39, used as 5)',
          source: NHSE_CYP,
          status: 'CONFIRMED',
        },
      ],
      bands: [
        { from: 0, severity: 'healthy' },
        { from: 11, severity: 'mild' },
        { from: 15, severity: 'moderate' },
        { from: 20, severity: 'moderately_severe' },
        { from: 25, severity: 'severe' },
      ],
      codes: [
        { code: '718583008', min: 0, max: 40, generation: 'current', source: NHSE_LISTS, status: 'CONFIRMED' },
        { code: '958051000000104', min: 0, max: 40, generation: 'older', source: NHSE_LISTS, status: 'CONFIRMED' },
      ],
    }),
  ],
  category_scales: [],
  risk_item: 'item6',
  licence: { terms: 'CC BY-ND 4.0, CORE System Trust.', source: CORE_TRUST, status: 'CONFIRMED' },
  notes: [
    `The clinical score is the mean times ten, which for ten items is their sum. Items 2 and 3 are reversed (${CAMCOPS}).`,
    'From the published spread and reliability (alpha .90, SD 7.7) a 95% reliable change would be 6.75 points and a 90% one 5.67.',
  ],
}
