import { type Coefficient, coefficientOf, fitLinear } from './linear-regression.ts'

export interface MeeChua {
  readonly n: number
  readonly mu: number
  readonly slope: number | null // of after on before: 1 if nothing regresses, 0 if before says nothing of after; null with a reason
  readonly effect: Coefficient | null // after less mu, for somebody who was at mu before; null with a reason
  /** The population mean at which the whole change would be regression to the mean; null with a reason, and where slope is 1 or more. */
  readonly mu_of_no_effect: number | null
  readonly reason: 'fewer_than_3_pairs' | 'no_variation_before' | null
}

/**
 * Change beyond regression to the mean (Mee & Chua 1991, The American Statistician 45:39): after is regressed on before less `mu`, the
 * mean of the population that the people were taken from, which must be known from elsewhere. The intercept less `mu` is the effect.
 * As nobody is sure of `mu`, the one at which nothing is left of the change is given too.
 */
export function meeChua(pairs: readonly { before: number; after: number }[], mu: number): MeeChua {
  const none = { n: pairs.length, mu, slope: null, effect: null, mu_of_no_effect: null }
  if (pairs.length < 3) return { ...none, reason: 'fewer_than_3_pairs' }
  const fit = fitLinear(
    pairs.map((it) => [1, it.before - mu]),
    pairs.map((it) => it.after),
  )
  if (fit === null) return { ...none, reason: 'no_variation_before' }
  const [intercept = 0, slope = 0] = fit.coefficients
  const se = (fit.residual_sd ?? 0) * Math.sqrt(fit.unscaled[0]?.[0] ?? 0)
  // After at before = m is intercept + slope (m - mu); it equals m where m is this.
  const fixed = slope < 1 ? (intercept - slope * mu) / (1 - slope) : null
  return {
    ...none,
    slope,
    effect: coefficientOf(intercept - mu, se, fit.df),
    mu_of_no_effect: fixed,
    reason: null,
  }
}
