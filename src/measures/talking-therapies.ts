import { gad7 } from './gad-7.ts'
import { classifyChange, isCase } from './improvement.ts'
import type { Measure, Scale } from './measure.ts'
import { phq9 } from './phq-9.ts'

/** First and last score of each scale; null where there was no such score. */
export interface TalkingTherapiesScores {
  readonly phq_first: number | null
  readonly phq_last: number | null
  /** The anxiety disorder specific measure. */
  readonly adsm_first: number | null
  readonly adsm_last: number | null
}

/** Recovery and reliable recovery count only people who were cases at the start: is_case is their denominator. */
export interface TalkingTherapiesOutcome {
  readonly is_case: boolean
  readonly is_recovered: boolean
  readonly is_reliably_improved: boolean
  readonly is_reliably_recovered: boolean
  readonly is_reliably_deteriorated: boolean
}

/**
 * NHS Talking Therapies' paired rules. Case: either first score at caseness. Recovered: a case, and both last scores below it.
 * Reliably improved: one scale better by its threshold and neither worse by its own; deteriorated is the mirror image.
 * Null without two scores on both scales. Source: A guide to IAPT data and publications v2.1.
 */
export function talkingTherapiesOutcome(
  { phq_first, phq_last, adsm_first, adsm_last }: TalkingTherapiesScores,
  adsm: Scale = totalOf(gad7),
): TalkingTherapiesOutcome | null {
  if (phq_first === null || phq_last === null || adsm_first === null || adsm_last === null) return null
  const phq = totalOf(phq9)
  const changes = [classifyChange(phq, phq_first, phq_last), classifyChange(adsm, adsm_first, adsm_last)]
  const is_case = isCaseOn(phq, phq_first) || isCaseOn(adsm, adsm_first)
  const is_recovered = is_case && !isCaseOn(phq, phq_last) && !isCaseOn(adsm, adsm_last)
  const is_reliably_improved = changes.includes('improved') && !changes.includes('deteriorated')
  return {
    is_case,
    is_recovered,
    is_reliably_improved,
    is_reliably_recovered: is_recovered && is_reliably_improved,
    is_reliably_deteriorated: changes.includes('deteriorated') && !changes.includes('improved'),
  }
}

function isCaseOn(scale: Scale, score: number): boolean {
  return scale.cutoff !== null && isCase(scale.cutoff, score)
}

function totalOf(measure: Measure): Scale {
  return measure.scales.find(({ scale_id }) => scale_id === 'total') as Scale
}
