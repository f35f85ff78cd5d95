import { type Answers, digitsOf } from './answers.ts'
import { eq5dIndex, type ValueSetId } from './eq-5d-5l.ts'
import type { Measure, Scale } from './measure.ts'

/**
 * What to do about missing answers. strict: no score unless every item is answered. confirmed: also by a rule that was read
 * in a published source. permissive: by any rule the codebook lists, its status notwithstanding.
 */
export const MISSING_POLICIES = ['strict', 'confirmed', 'permissive'] as const
export type MissingPolicy = (typeof MISSING_POLICIES)[number]

export type NoScore = 'too_many_missing' | 'invalid' | 'no_responses'

/**
 * A scale's score, or the reason why there is none. n_expected leaves out items that do not apply to the person.
 * method: complete, prorated, available_case, not_applicable_left_out, or the items that a mean of goals is made of.
 * basis: whole_scale, or the items that the score counts, as goal1+goal3, where the rest do not apply to the person. Only
 * scores of one basis compare.
 */
export type ScaleScore =
  | {
      readonly status: 'scored'
      readonly score: number
      readonly n_answered: number
      readonly n_expected: number
      readonly method: string
      readonly basis: string
    }
  | {
      readonly status: NoScore
      readonly score: null
      readonly n_answered: number
      readonly n_expected: number
      readonly method: null
      readonly basis: null
    }

export interface ScaleOptions {
  readonly missing: MissingPolicy
  readonly value_set: ValueSetId
}

/** One scale from checked answers. An invalid answer among its items makes the scale invalid, whatever the policy. */
export function scoreScale(measure: Measure, scale: Scale, answers: Answers, options: ScaleOptions): ScaleScore {
  const items = scale.rule === 'percentage' ? measure.items.map((item) => item.item_id) : scale.items
  const applicable = items.filter((item) => answers.get(item) !== 'not_applicable')
  const digits = digitsOf(answers, applicable)
  const counts = { n_answered: digits.length, n_expected: applicable.length }
  const none = (status: NoScore): ScaleScore => ({ status, score: null, ...counts, method: null, basis: null })
  const basis = basisOf(items, applicable)
  const scored = (score: number, method: string): ScaleScore => ({ status: 'scored', score, ...counts, method, basis })

  if (items.some((item) => answers.get(item) === 'invalid')) return none('invalid')
  if (digits.length === 0) return none('too_many_missing')
  if (scale.rule === 'mean_of_rated') return meanOfRated(items, answers, digits)
  if (digits.length < applicable.length) {
    if (!mayScore(measure, applicable.length - digits.length, options.missing)) return none('too_many_missing')
    const method = measure.missing.allowed === 'prorate' ? 'prorated' : 'available_case'
    return scored(scale.rule === 'mean' ? mean(digits) : (total(digits) * applicable.length) / digits.length, method)
  }

  const score = complete(scale, digits, answers, options.value_set)
  if (score === null) return none('no_responses')
  return scored(score, applicable.length < items.length ? 'not_applicable_left_out' : 'complete')
}

function mayScore({ missing }: Measure, n_missing: number, policy: MissingPolicy): boolean {
  if (missing.allowed === 'none' || policy === 'strict' || n_missing > missing.at_most) return false
  return policy === 'permissive' || missing.is_default
}

function complete(scale: Scale, digits: readonly number[], answers: Answers, valueSet: ValueSetId): number | null {
  switch (scale.rule) {
    case 'mean':
    case 'mean_of_rated':
      return mean(digits)
    case 'value_set':
      return eq5dIndex(digits, valueSet)
    case 'percentage':
      return total(digits) === 0 ? null : (100 * total(digitsOf(answers, scale.items))) / total(digits)
    case 'sum':
    case 'item':
      return total(digits)
  }
}

/** People set one to three goals, so the goals rated are the goals expected; the method says which they were. */
function meanOfRated(items: readonly string[], answers: Answers, digits: readonly number[]): ScaleScore {
  const rated = items.filter((item) => typeof answers.get(item) === 'number')
  const counts = { n_answered: rated.length, n_expected: rated.length }
  const basis = basisOf(items, rated)
  return { status: 'scored', score: mean(digits), ...counts, method: rated.join('+'), basis }
}

function basisOf(items: readonly string[], counted: readonly string[]): string {
  return counted.length === items.length ? 'whole_scale' : counted.join('+')
}

function total(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => sum + digit, 0)
}

function mean(digits: readonly number[]): number {
  return total(digits) / digits.length
}
