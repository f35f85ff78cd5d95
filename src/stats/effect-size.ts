import { logGamma } from './gamma-function.ts'
import type { Interval } from './interval.ts'
import { solveNoncentrality } from './noncentral-t.ts'
import { type PairedReason, pairedChange } from './paired-change.ts'

export interface StandardisedChange {
  n: number
  dz: number | null // mean change / SD of the changes; null with a reason
  dz_ci95: Interval | null // null where dz is
  hedges_g: number | null // dz corrected for small samples
  hedges_g_ci95: Interval | null
  d_pre: number | null // mean change / SD at baseline; null when n < 2 or the baseline does not vary
  d_pre_ci95: Interval | null // null where dz or d_pre is
  d_av: number | null // mean change / mean of the two SDs; null when n < 2 or neither varies
  d_av_ci95: Interval | null // null where dz or d_av is
  reason: PairedReason | null // why dz and every interval is null
}

/**
 * Effect sizes of a paired change, in standard deviations; the sign is post - pre. Always print which one it is.
 *
 * `dz` interval: the noncentralities at which the observed t is the 97.5th and 2.5th percentile, over sqrt(n).
 * `hedges_g`: J dz with the exact gamma J on n - 1 degrees of freedom; its interval is J times that of dz.
 * `d_pre` interval: the same noncentralities scaled by SD(changes) / (sqrt(n) SD(baseline)), after Algina & Keselman
 * (2003). It takes that ratio of SDs as known; simulated, it still holds the truth 94-96% of the time with 10 to 100
 * people and true effects of 0.2 to 1.5 (`fixtures/oracle/coverage.R`).
 * `d_av`: Lakens (2013), divided by (SD pre + SD post) / 2; its interval is scaled as that of `d_pre` is.
 */
export function standardisedChange(pre: readonly number[], post: readonly number[]): StandardisedChange {
  const { n, mean_change, sd_change, sd_pre, sd_post, t, reason } = pairedChange(pre, post)
  const limits = t === null ? null : noncentralityLimits(t, n - 1)
  const dz = t === null ? null : t / Math.sqrt(n)
  const dzInterval = limits && scaled(limits, 1 / Math.sqrt(n))
  const sdAverage = sd_pre === null || sd_post === null ? null : (sd_pre + sd_post) / 2
  const onSd = (sd: number | null) =>
    limits && sd_change && sd ? scaled(limits, sd_change / (sd * Math.sqrt(n))) : null
  const j = n < 2 ? null : smallSampleCorrection(n - 1)
  return {
    n,
    dz,
    dz_ci95: dzInterval,
    hedges_g: dz === null || j === null ? null : j * dz,
    hedges_g_ci95: dzInterval === null || j === null ? null : scaled(dzInterval, j),
    d_pre: ratio(mean_change, sd_pre),
    d_pre_ci95: onSd(sd_pre),
    d_av: ratio(mean_change, sdAverage),
    d_av_ci95: onSd(sdAverage),
    reason,
  }
}

function noncentralityLimits(t: number, df: number): Interval {
  return [solveNoncentrality(t, df, 0.975), solveNoncentrality(t, df, 0.025)]
}

/** Hedges' J: Gamma(df/2) / (sqrt(df/2) Gamma((df - 1)/2)); on one degree of freedom it is 0, and no g exists. */
function smallSampleCorrection(df: number): number | null {
  if (df < 2) return null
  return Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2)
}

function scaled([lower, upper]: Interval, factor: number): Interval {
  return [lower * factor, upper * factor]
}

function ratio(change: number | null, sd: number | null): number | null {
  return change === null || sd === null || sd === 0 ? null : change / sd
}
