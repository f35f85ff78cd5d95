import type { Interval } from './interval.ts'

const Z = 1.959963984540054

export interface MeanDifferences {
  readonly delta_cost: number
  readonly delta_effect: number
  /** Of the mean differences themselves, not of people. */
  readonly variance_cost: number
  readonly variance_effect: number
  readonly covariance: number
}

export interface Fieller {
  /** 95%; null with a reason. */
  readonly ci95: Interval | null
  readonly reason: 'effect_not_different_from_0' | 'unbounded' | null
}

/**
 * Fieller's interval of a ratio of two mean differences: the ratios R at which cost less R times effect does not differ from 0.
 * Bounded only where the effect itself differs from 0; elsewhere no two ends could be written down.
 */
export function fiellerInterval(it: MeanDifferences): Fieller {
  const a = it.delta_effect ** 2 - Z ** 2 * it.variance_effect
  const b = -2 * (it.delta_cost * it.delta_effect - Z ** 2 * it.covariance)
  const c = it.delta_cost ** 2 - Z ** 2 * it.variance_cost
  if (a <= 0) return { ci95: null, reason: 'effect_not_different_from_0' }
  const root = b ** 2 - 4 * a * c
  if (root < 0) return { ci95: null, reason: 'unbounded' }
  return { ci95: [(-b - Math.sqrt(root)) / (2 * a), (-b + Math.sqrt(root)) / (2 * a)], reason: null }
}
