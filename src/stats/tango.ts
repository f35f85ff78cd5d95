import { normalQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'
import type { PairedCounts } from './proportion.ts'

/**
 * Tango's score interval for p_post - p_pre among the same people (Statistics in Medicine 1998;17:891-908): every
 * difference that the score test does not reject, with the share of the other discordant pairs at its likeliest value
 * for that difference. It exists where nobody changed. Null when nobody is counted.
 */
export function tangoPaired(counts: PairedCounts, level = 0.95): Interval | null {
  const { both, pre_only, post_only, neither } = counts
  const n = both + pre_only + post_only + neither
  if (n === 0) return null
  const z = normalQuantile((1 + level) / 2)
  const estimate = (post_only - pre_only) / n
  return [
    -furthest(-estimate, n, excess(pre_only, post_only, n, z)),
    furthest(estimate, n, excess(post_only, pre_only, n, z)),
  ]
}

/** Squared score statistic less z squared, both times the variance; `gained` counts towards the difference. */
function excess(gained: number, lost: number, n: number, z: number): (difference: number) => number {
  return (difference) => {
    const linear = -gained - lost + (2 * n - gained + lost) * difference
    const constant = -lost * difference * (1 - difference)
    const q = (Math.sqrt(Math.max(0, linear ** 2 - 8 * n * constant)) - linear) / (4 * n)
    const variance = n * (2 * q + difference * (1 - difference))
    return (gained - lost - n * difference) ** 2 - z * z * variance
  }
}

/** Bisection from the estimate towards 1 for the last difference that is not rejected, to the last bits. */
function furthest(estimate: number, n: number, isRejected: (difference: number) => number): number {
  let [inside, outside] = [estimate, 1]
  if (n * (1 - estimate) === 0) return 1
  for (let step = 0; step < 200; step++) {
    const middle = inside + (outside - inside) / 2
    if (middle === inside || middle === outside) break
    if (isRejected(middle) <= 0) inside = middle
    else outside = middle
  }
  return inside
}
