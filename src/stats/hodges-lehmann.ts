import { normalQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'
import { pairedDifferences } from './paired-differences.ts'

export interface HodgesLehmann {
  n: number
  estimate: number | null // median of all averages of two changes, in points; null when n = 0
  ci95: Interval | null // null below 6 pairs, where no interval of this kind reaches 95%
  coverage: number | null // the coverage that the interval attains with untied changes, 0.95 or more; null where it is
  reason: 'no_pairs' | 'fewer_than_6' | null
}

const EXACT_UP_TO = 200

/**
 * Hodges-Lehmann shift of post - pre: the median of the averages of every two changes, each change with itself
 * included, and the interval between two of those averages, counted in from either end by the distribution of Wilcoxon's
 * V (R's `wilcox.test(conf.int = TRUE, exact = TRUE)`). Unchanged people stay in: leaving them out, as R does, would
 * make the shift of a group in which half did not change look as large as that of the others alone. With ties the
 * interval covers at least as often.
 */
export function hodgesLehmann(pre: readonly number[], post: readonly number[]): HodgesLehmann {
  const changes = Float64Array.from(pairedDifferences(pre, post)).sort()
  const n = changes.length
  if (n === 0) return { n, estimate: null, ci95: null, coverage: null, reason: 'no_pairs' }
  const pairs = (n * (n + 1)) / 2
  const average = (rank: number) => nthSum(changes, rank) / 2
  const estimate = (average(Math.ceil(pairs / 2)) + average(Math.floor(pairs / 2) + 1)) / 2
  const { rank, tail } = n <= EXACT_UP_TO ? exactRank(n) : normalRank(n)
  if (rank === 0) return { n, estimate, ci95: null, coverage: null, reason: 'fewer_than_6' }
  return { n, estimate, ci95: [average(rank), average(pairs - rank + 1)], coverage: 1 - 2 * tail, reason: null }
}

/** The nth smallest sum of two values, a value with itself included; `sorted` ascending, sums exact to 1e-10. */
function nthSum(sorted: Float64Array, nth: number): number {
  const n = sorted.length
  let [low, high] = [2 * sorted[0]! - 1, 2 * sorted[n - 1]!]
  const tolerance = 1e-13 * Math.max(1, Math.abs(low), Math.abs(high))
  while (high - low > tolerance) {
    const middle = low + (high - low) / 2
    if (countSums(sorted, middle) >= nth) high = middle
    else low = middle
  }
  return Math.round(high * 1e10) / 1e10
}

/** Pairs i <= j whose values add up to at most `limit`. */
function countSums(sorted: Float64Array, limit: number): number {
  let count = 0
  for (let i = 0, j = sorted.length - 1; i <= j; ) {
    if (sorted[i]! + sorted[j]! <= limit) {
      count += j - i + 1
      i++
    } else j--
  }
  return count
}

/** The least v with P(V <= v) >= 0.025, and P(V < v): each of the ranks 1 to n counts with a fair coin. */
function exactRank(n: number): { rank: number; tail: number } {
  const half = Math.floor((n * (n + 1)) / 4)
  const chance = new Float64Array(half + 1)
  chance[0] = 1
  for (let rank = 1; rank <= n; rank++) {
    for (let v = half; v >= 0; v--) chance[v] = 0.5 * (chance[v]! + (v >= rank ? chance[v - rank]! : 0))
  }
  let [rank, tail] = [0, 0]
  while (tail + chance[rank]! < 0.025) tail += chance[rank++]!
  return { rank, tail }
}

function normalRank(n: number): { rank: number; tail: number } {
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
  return { rank: Math.floor((n * (n + 1)) / 4 + normalQuantile(0.025) * sd), tail: 0.025 }
}
