import { mean, sampleSd } from './describe.ts'
import { tTwoSidedP } from './distributions.ts'

export interface Welch {
  readonly difference: number | null // mean of the first less that of the second; null where one is empty
  readonly df: number | null // not rounded
  readonly p: number | null // two-sided; null where a sample has fewer than two, or neither varies
}

/** Welch's test of two independent means, which does not take the samples to spread alike (Welch 1947). */
export function welch(first: readonly number[], second: readonly number[]): Welch {
  const [a, b] = [first, second].map((values) => ({
    mean: mean(values),
    variance: (sampleSd(values) ?? Number.NaN) ** 2 / values.length,
    df: values.length - 1,
  })) as [Side, Side]
  const difference = a.mean === null || b.mean === null ? null : a.mean - b.mean
  const variance = a.variance + b.variance
  if (difference === null || !(variance > 0)) return { difference, df: null, p: null }
  const df = variance ** 2 / (a.variance ** 2 / a.df + b.variance ** 2 / b.df)
  return { difference, df, p: tTwoSidedP(difference / Math.sqrt(variance), df) }
}

interface Side {
  readonly mean: number | null
  readonly variance: number
  readonly df: number
}
