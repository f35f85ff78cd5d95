import { type Answers, digitsOf } from './answers.ts'
import { scale } from './define.ts'
import type { Flags, Measure } from './measure.ts'

const GUIDANCE =
  'NHS England, Friends and Family Test guidance and calculations; reproduces Pennine Care, February 2024'

/** The six answers in the order of the form (codes 1-6 where an extract has one row per answer). */
export const FFT_ANSWERS = ['very_good', 'good', 'neither', 'poor', 'very_poor', 'dont_know'] as const

export const fft: Measure = {
  measure_id: 'fft',
  name: 'Friends and Family Test (FFT)',
  aliases: ['Friends and Family Test', 'Friends & Family Test'],
  kind: 'aggregate',
  better: 'higher',
  items: FFT_ANSWERS.map((item_id) => ({
    item_id,
    theme: item_id.replaceAll('_', ' '),
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    is_optional: false,
  })),
  reversed: [],
  needs_coding: false,
  sentinels: [],
  missing: { allowed: 'none', at_most: 0, is_default: true, source: GUIDANCE, status: 'CONFIRMED' },
  scales: [
    scale({
      scale_id: 'percent_positive',
      label: 'FFT positive (very good or good), % of all answers',
      min: 0,
      max: 100,
      better: 'higher',
      rule: 'percentage',
      items: ['very_good', 'good'],
    }),
    scale({
      scale_id: 'percent_negative',
      label: 'FFT negative (poor or very poor), % of all answers',
      min: 0,
      max: 100,
      better: 'lower',
      rule: 'percentage',
      items: ['poor', 'very_poor'],
    }),
  ],
  category_scales: [],
  risk_item: null,
  licence: { terms: 'Open Government Licence.', source: 'NHS England', status: 'CONFIRMED' },
  notes: [
    'Counts in, percentages out; "don’t know" is part of the whole. No answers, no percentage.',
    'Answers choose themselves: not for comparing providers. Comments are identifiable text and are never read.',
  ],
  flags: (answers): Flags => ({ n_responses: nResponses(answers) }),
}

/** Counts of the six answers from answer codes 1-6, or null where any code is none of these. */
export function countFftAnswers(codes: readonly number[]): number[] | null {
  if (codes.some((code) => !Number.isInteger(code) || code < 1 || code > FFT_ANSWERS.length)) return null
  return FFT_ANSWERS.map((_, index) => codes.filter((code) => code === index + 1).length)
}

function nResponses(answers: Answers): number | null {
  const counts = digitsOf(answers, FFT_ANSWERS)
  return counts.length === FFT_ANSWERS.length ? counts.reduce((sum, count) => sum + count, 0) : null
}
