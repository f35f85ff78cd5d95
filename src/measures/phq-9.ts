import type { Answers } from './answers.ts'
import { itemIds, numberedItems, scale } from './define.ts'
import type { Flags, Measure } from './measure.ts'
import { CAMCOPS, NHSE_LISTS, NOT_SEEN, TALKING_THERAPIES } from './sources.ts'
import { allOf, atLeast, endorsed, not } from './three-valued.ts'

const THEMES = {
  1: 'interest',
  2: 'mood',
  3: 'sleep',
  4: 'energy',
  5: 'appetite',
  6: 'self-worth',
  7: 'concentration',
  8: 'movement',
  9: 'risk',
}

export const phq9: Measure = {
  measure_id: 'phq-9',
  name: 'Patient Health Questionnaire, 9 items (PHQ-9)',
  aliases: [
    'phq',
    'Patient Health Questionnaire (PHQ-9)',
    'Patient Health Questionnaire',
    'Patient Health Questionnaire 9',
  ],
  kind: 'questionnaire',
  better: 'lower',
  items: [
    ...numberedItems(9, [0, 3], THEMES),
    { item_id: 'item10', theme: 'difficulty', min: 0, max: 3, is_optional: true },
  ],
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: { allowed: 'prorate', at_most: 2, is_default: false, source: NOT_SEEN, status: 'FROM-MEMORY' },
  scales: [
    scale({
      scale_id: 'total',
      label: 'PHQ-9 total',
      min: 0,
      max: 27,
      better: 'lower',
      rule: 'sum',
      items: itemIds(1, 9),
      reliable_change: { points: 6, source: TALKING_THERAPIES, status: 'CONFIRMED' },
      cutoff: { case_when: 'at_or_above', value: 10, source: TALKING_THERAPIES, status: 'CONFIRMED' },
      bands: [
        { from: 0, severity: 'none' },
        { from: 5, severity: 'mild' },
        { from: 10, severity: 'moderate' },
        { from: 15, severity: 'moderately_severe' },
        { from: 20, severity: 'severe' },
      ],
      codes: [
        { code: '720433000', min: 0, max: 27, generation: 'current', source: NHSE_LISTS, status: 'CONFIRMED' },
        { code: '506701000000100', min: 0, max: 27, generation: 'older', source: NHSE_LISTS, status: 'CONFIRMED' },
      ],
    }),
  ],
  category_scales: [],
  risk_item: 'item9',
  licence: {
    terms: 'Public domain; no permission needed.',
    source: 'Wikipedia, Patient Health Questionnaire',
    status: 'CONFIRMED',
  },
  notes: [
    `Algorithm (${CAMCOPS}): a symptom is present at 2 or more, item 9 at 1 or more; item 1 or 2 must be among them; five make a major, two to four another depressive syndrome.`,
    'Item 10 (difficulty) is not in the total.',
  ],
  flags,
}

function flags(answers: Answers): Flags {
  const core = atLeast(1, endorsed(answers, itemIds(1, 2), 2))
  const symptoms = [...endorsed(answers, itemIds(1, 8), 2), ...endorsed(answers, ['item9'], 1)]
  const five = atLeast(5, symptoms)
  return {
    symptoms: symptoms.filter((truth) => truth === true).length,
    major_depressive_syndrome: allOf([core, five]),
    other_depressive_syndrome: allOf([core, atLeast(2, symptoms), not(five)]),
  }
}
