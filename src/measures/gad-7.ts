import { itemIds, numberedItems, scale } from './define.ts'
import type { Measure } from './measure.ts'
import { NHSE_LISTS, OWN_RULE, TALKING_THERAPIES } from './sources.ts'

export const gad7: Measure = {
  measure_id: 'gad-7',
  name: 'Generalised Anxiety Disorder, 7 items (GAD-7)',
  aliases: [
    'gad',
    'Generalised Anxiety Disorder 7',
    'Generalized Anxiety Disorder 7',
    // as spelt in NHS England's own list
    'Genralised Anxiety Disorder 7 (GAD-7)',
  ],
  kind: 'questionnaire',
  better: 'lower',
  items: numberedItems(7, [0, 3]),
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: { allowed: 'none', at_most: 0, is_default: true, source: OWN_RULE, status: 'UNCONFIRMED' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'GAD-7 total',
      min: 0,
      max: 21,
      better: 'lower',
      rule: 'sum',
      items: itemIds(1, 7),
      reliable_change: { points: 4, source: TALKING_THERAPIES, status: 'CONFIRMED' },
      cutoff: { case_when: 'at_or_above', value: 8, source: TALKING_THERAPIES, status: 'CONFIRMED' },
      other_thresholds: [
        {
          kind: 'cutoff',
          value: 10,
          meaning: 'screening (sensitivity .89, specificity .82)',
          source: 'Published screening accuracy',
          status: 'CONFIRMED',
        },
      ],
      bands: [
        { from: 0, severity: 'none' },
        { from: 5, severity: 'mild' },
        { from: 10, severity: 'moderate' },
        { from: 15, severity: 'severe' },
      ],
      codes: [{ code: '445455005', min: 0, max: 21, generation: 'current', source: NHSE_LISTS, status: 'CONFIRMED' }],
    }),
  ],
  category_scales: [],
  risk_item: null,
  licence: {
    terms: 'Public domain; no permission needed.',
    source: 'Wikipedia, Patient Health Questionnaire and GAD-7',
    status: 'CONFIRMED',
  },
  notes: [],
}
