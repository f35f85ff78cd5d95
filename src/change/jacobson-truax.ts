import { improvement } from '../measures/improvement.ts'
import type { Better } from '../measures/measure.ts'

/** Two-sided 5% point of the normal distribution, as Jacobson & Truax (1991) print it. */
const Z = 1.96

export interface Norm {
  readonly mean: number
  readonly sd: number
}

export interface ReliableChangeIndex {
  /** Standard error of measurement: SD × √(1 − reliability). */
  readonly standard_error: number
  /** Standard error of a difference between two scores: √2 × standard error. */
  readonly standard_error_of_difference: number
  /** The least change that is reliable at 95%: 1.96 × standard error of a difference. */
  readonly points: number
}

/** Reliable change after Jacobson & Truax (1991), from a standard deviation and a reliability of at least 0 and below 1. */
export function reliableChangeIndex(sd: number, reliability: number): ReliableChangeIndex {
  const standardError = sd * Math.sqrt(1 - reliability)
  const ofDifference = Math.SQRT2 * standardError
  return { standard_error: standardError, standard_error_of_difference: ofDifference, points: Z * ofDifference }
}

/**
 * Clinical cut-offs of Jacobson & Truax (1991). a: two SDs of the clinical group beyond its mean, towards health.
 * b: within two SDs of the functional group's mean, counted in the functional group's own SD (some software uses the
 * clinical group's; the definition speaks of the functional distribution). c: midway between the two means, weighted
 * so that a score on it is as many SDs from the one as from the other.
 */
export function clinicalCutoff(
  kind: 'a' | 'b' | 'c',
  { better, clinical, functional }: { better: Better; clinical: Norm | null; functional: Norm | null },
): number | null {
  const towardsHealth = improvement(better, 0, 1)
  switch (kind) {
    case 'a':
      return clinical === null ? null : clinical.mean + towardsHealth * 2 * clinical.sd
    case 'b':
      return functional === null ? null : functional.mean - towardsHealth * 2 * functional.sd
    case 'c':
      return clinical === null || functional === null ? null : between(clinical, functional)
  }
}

function between(clinical: Norm, functional: Norm): number {
  return (clinical.sd * functional.mean + functional.sd * clinical.mean) / (clinical.sd + functional.sd)
}
