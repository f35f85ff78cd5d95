import { mean, sampleSd } from './describe.ts'
import { tQuantile, tTwoSidedP } from './distributions.ts'
import type { Interval } from './interval.ts'
import { isConstant, pairedDifferences } from './paired-differences.ts'

/** Why a paired test has no t: nobody, one person only, or everyone changed by exactly the same amount. */
export type PairedReason = 'no_pairs' | 'one_pair' | 'constant_differences'

export interface PairedChange {
  n: number
  mean_pre: number | null // null when n = 0
  sd_pre: number | null // n - 1 below; null when n < 2
  mean_post: number | null // null when n = 0
  sd_post: number | null // null when n < 2
  mean_change: number | null // post - pre, as measured; null when n = 0
  sd_change: number | null // null when n < 2
  t: number | null // null with a reason
  df: number | null // n - 1; null when n < 2
  p: number | null // two-sided; null where t is; below 1e-308 it is 0
  ci95: Interval | null // of mean_change; null where t is
  reason: PairedReason | null
}

/**
 * Mean change from `pre` to `post` (same people in the same order, no absences) with its paired t test.
 * Units are those of the scores; the sign is post - pre whichever way the measure runs.
 * @example pairedChange([10, 12, 9], [7, 8, 8]).mean_change // -2.6666666666666665
 */
export function pairedChange(pre: readonly number[], post: readonly number[]): PairedChange {
  const differences = pairedDifferences(pre, post)
  const change = mean(differences)
  const sd = isConstant(differences) && differences.length >= 2 ? 0 : sampleSd(differences)
  return {
    n: differences.length,
    mean_pre: mean(pre),
    sd_pre: sampleSd(pre),
    mean_post: mean(post),
    sd_post: sampleSd(post),
    mean_change: change,
    sd_change: sd,
    ...pairedT(differences.length, change, sd),
  }
}

function pairedT(
  n: number,
  change: number | null,
  sd: number | null,
): Pick<PairedChange, 't' | 'df' | 'p' | 'ci95' | 'reason'> {
  const none = { t: null, df: null, p: null, ci95: null }
  if (change === null) return { ...none, reason: 'no_pairs' }
  if (sd === null) return { ...none, reason: 'one_pair' }
  const df = n - 1
  if (sd === 0) return { ...none, df, reason: 'constant_differences' }
  const standardError = sd / Math.sqrt(n)
  const t = change / standardError
  const margin = tQuantile(0.975, df) * standardError
  return { t, df, p: tTwoSidedP(t, df), ci95: [change - margin, change + margin], reason: null }
}
