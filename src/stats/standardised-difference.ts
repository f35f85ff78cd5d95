import { mean, sampleSd } from './describe.ts'

/**
 * Standardised mean difference of two groups, first less second, in the root of the mean of the two variances (Austin 2009, Statistics in
 * Medicine 28:3083). Null for fewer than two values in either, or where neither group varies.
 */
export function standardisedMeanDifference(first: readonly number[], second: readonly number[]): number | null {
  const [m1, m2, s1, s2] = [mean(first), mean(second), sampleSd(first), sampleSd(second)]
  if (m1 === null || m2 === null || s1 === null || s2 === null) return null
  const spread = Math.sqrt((s1 ** 2 + s2 ** 2) / 2)
  return spread === 0 ? null : (m1 - m2) / spread
}

/** The same of two proportions, x1 of n1 less x2 of n2. Null where either group is empty, or nobody differs. */
export function standardisedProportionDifference(x1: number, n1: number, x2: number, n2: number): number | null {
  if (n1 === 0 || n2 === 0) return null
  const [p1, p2] = [x1 / n1, x2 / n2]
  const spread = Math.sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / 2)
  return spread === 0 ? null : (p1 - p2) / spread
}
