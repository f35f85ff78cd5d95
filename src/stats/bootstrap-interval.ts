import { sum } from './describe.ts'
import { normalCdf, normalQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'

/**
 * Percentile interval of bootstrap replicates; `replicates` need not be sorted. Null where the replicates are too few
 * to reach the 2.5th percentile (fewer than 39).
 */
export function percentileInterval(replicates: Float64Array): Interval | null {
  return between(replicates, 0.025, 0.975)
}

/**
 * Bias-corrected and accelerated interval (Efron 1987), the arithmetic of R's `boot.ci(type = "bca")` with jackknife
 * influence: z0 from the share of replicates below the estimate, a = sum(L^3) / (6 sum(L^2)^1.5) with L the estimate
 * minus each leave-one-out value. Null where the share is 0 or 1, nothing varies, or an end falls beyond the replicates.
 */
export function bcaInterval(
  estimate: number,
  replicates: Float64Array,
  leaveOneOut: readonly number[],
): Interval | null {
  const shareBelow = replicates.reduce((count, value) => count + (value < estimate ? 1 : 0), 0) / replicates.length
  const influence = leaveOneOut.map((value) => estimate - value)
  const largest = influence.reduce((most, l) => Math.max(most, Math.abs(l)), 0)
  if (!(shareBelow > 0 && shareBelow < 1) || largest === 0) return null
  const z0 = normalQuantile(shareBelow)
  // a has no unit; dividing by the largest keeps squares and cubes of very small or large influences in range.
  const squares = sum(influence.map((l) => (l / largest) ** 2))
  const a = sum(influence.map((l) => (l / largest) ** 3)) / (6 * squares ** 1.5)
  const adjusted = (p: number) => {
    const shifted = z0 + normalQuantile(p)
    const stretch = 1 - a * shifted
    return stretch <= 0 ? null : normalCdf(z0 + shifted / stretch)
  }
  return between(replicates, adjusted(0.025), adjusted(0.975))
}

function between(replicates: Float64Array, low: number | null, high: number | null): Interval | null {
  const sorted = replicates.slice().sort()
  const lower = low === null ? null : orderStatistic(sorted, low)
  const upper = high === null ? null : orderStatistic(sorted, high)
  return lower === null || upper === null ? null : [lower, upper]
}

/** The (R + 1) p-th smallest, between neighbours on the normal scale (Davison & Hinkley 1997, eq. 5.8). */
function orderStatistic(sorted: Float64Array, p: number): number | null {
  const rank = (sorted.length + 1) * p
  const below = Math.floor(rank)
  if (below < 1 || rank > sorted.length) return null
  const value = sorted[below - 1]!
  if (below === rank) return value
  const z = (k: number) => normalQuantile(k / (sorted.length + 1))
  const fraction = (normalQuantile(p) - z(below)) / (z(below + 1) - z(below))
  return value + fraction * (sorted[below]! - value)
}
