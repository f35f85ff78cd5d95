import { binomialCdf, binomialProbability, normalQuantile } from './distributions.ts'

export interface Proportion {
  x: number
  n: number
  p: number // x / n, from 0 to 1
  lower: number
  upper: number
}

/** Wilson score interval for x of n, as Fingertips uses; null when n = 0. `level` is the confidence, 0.95 unless given. */
export function wilson(x: number, n: number, level = 0.95): Proportion | null {
  if (!(Number.isInteger(x) && Number.isInteger(n) && x >= 0 && x <= n)) {
    throw new Error('a proportion needs whole numbers with 0 <= x <= n')
  }
  if (n === 0) return null
  const z = normalQuantile((1 + level) / 2)
  const p = x / n
  const middle = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return { x, n, p, lower: x === 0 ? 0 : (middle - half) / scale, upper: x === n ? 1 : (middle + half) / scale }
}

export interface McNemar {
  n_discordant: number
  p: number | null // two-sided mid-p; null when nobody changed
  reason: 'no_discordant_pairs' | null
}

/** McNemar's mid-p test of the people who changed: `b` one way, `c` the other (Fagerland, Lydersen & Laake 2013). */
export function mcnemarMidP(b: number, c: number): McNemar {
  const n = b + c
  if (n === 0) return { n_discordant: 0, p: null, reason: 'no_discordant_pairs' }
  const fewer = Math.min(b, c)
  const p = Math.min(1, 2 * binomialCdf(fewer, n, 0.5) - binomialProbability(fewer, n, 0.5))
  return { n_discordant: n, p, reason: null }
}

/** People by whether they had something before, after, both or neither. */
export interface PairedCounts {
  both: number
  pre_only: number
  post_only: number
  neither: number
}

export interface PairedProportions {
  n: number
  p_pre: number
  p_post: number
  difference: number // p_post - p_pre
  lower: number
  upper: number
}

/**
 * Change in a proportion among the same people, with Newcombe's square-and-add interval from Wilson limits and the
 * continuity-corrected correlation (method 10; Statistics in Medicine 1998;17:2635-2650). Null when nobody is counted.
 */
export function newcombePaired(counts: PairedCounts, level = 0.95): PairedProportions | null {
  const { both, pre_only, post_only, neither } = counts
  const n = both + pre_only + post_only + neither
  const pre = wilson(both + pre_only, n, level)
  const post = wilson(both + post_only, n, level)
  if (pre === null || post === null) return null
  const phi = correctedPhi(counts, n)
  const reach = (one: number, other: number) => Math.sqrt(one ** 2 - 2 * phi * one * other + other ** 2)
  const difference = (post_only - pre_only) / n
  return {
    n,
    p_pre: pre.p,
    p_post: post.p,
    difference,
    lower: difference - reach(post.p - post.lower, pre.upper - pre.p),
    upper: difference + reach(post.upper - post.p, pre.p - pre.lower),
  }
}

function correctedPhi({ both, pre_only, post_only, neither }: PairedCounts, n: number): number {
  const margins = (both + pre_only) * (post_only + neither) * (both + post_only) * (pre_only + neither)
  if (margins === 0) return 0
  const cross = both * neither - pre_only * post_only
  return (cross > 0 ? Math.max(cross - n / 2, 0) : cross) / Math.sqrt(margins)
}
