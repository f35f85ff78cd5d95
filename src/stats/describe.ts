import {
  sampleCorrelation as correlation,
  mean as meanOf,
  quantile as quantileOf,
  sampleStandardDeviation,
  sum as sumOf,
} from 'simple-statistics'

/** Sum; 0 for no values. Compensated, so the order of the values does not show in the last digits. */
export function sum(values: readonly number[]): number {
  assertFinite(values)
  return values.length === 0 ? 0 : sumOf([...values])
}

/** Arithmetic mean; null for no values. */
export function mean(values: readonly number[]): number | null {
  assertFinite(values)
  return values.length === 0 ? null : meanOf([...values])
}

/** Standard deviation with n - 1 below; null for fewer than two values. */
export function sampleSd(values: readonly number[]): number | null {
  assertFinite(values)
  return values.length < 2 ? null : sampleStandardDeviation([...values])
}

/** Middle value, or the mean of the two middle ones; null for no values. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5)
}

/** Quantile by linear interpolation (R type 7, Excel PERCENTILE.INC) for 0 <= p <= 1; null for no values. */
export function quantile(values: readonly number[], p: number): number | null {
  assertFinite(values)
  if (!(p >= 0 && p <= 1)) throw new Error('a quantile needs a probability from 0 to 1')
  return values.length === 0 ? null : quantileOf([...values], p)
}

/** Pearson correlation; null for fewer than two pairs, or where either list does not vary. */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  assertSameLength(x, y)
  const varies = (sampleSd(x) ?? 0) > 0 && (sampleSd(y) ?? 0) > 0
  return varies ? Math.min(1, Math.max(-1, correlation([...x], [...y]))) : null
}

/** Absences are filtered out before this door: a NaN or an infinity here is a bug in the caller. */
export function assertFinite(values: readonly number[]): void {
  if (!values.every(Number.isFinite)) throw new Error('a statistic was given a value that is not a finite number')
}

export function assertSameLength(a: readonly unknown[], b: readonly unknown[]): void {
  if (a.length !== b.length) throw new Error('paired statistics need two lists of the same length')
}
