import { assertFinite } from './describe.ts'
import { type Coefficient, coefficientOf, fitLinear, type LinearFit } from './linear-regression.ts'
import { neweyWest, neweyWestLag } from './newey-west.ts'

export interface SeriesPoint {
  /** Periods from the start of the series, gaps counted: 0, 1, 2, 4 where the fourth is missing. */
  readonly time: number
  readonly value: number
}

export type InterruptedReason = 'fewer_than_3_before' | 'fewer_than_3_after' | 'no_variation' | 'not_estimable'

export interface InterruptedSeries {
  readonly n_before: number
  readonly n_after: number
  readonly intercept: number | null // of the line before, at time 0
  readonly slope_before: Coefficient | null // a period
  readonly level_change: Coefficient | null // the jump at the interruption itself
  readonly slope_change: Coefficient | null // a period
  readonly slope_after: number | null
  readonly standard_errors: 'ols' | 'newey_west' | null // OLS below 12 points
  readonly lag: number | null
  readonly lag1_autocorrelation: number | null // of the residuals
  readonly reason: InterruptedReason | null
}

/** Below 12 points Newey–West does worse than plain least squares (Turner 2021). */
const FEWEST_FOR_NEWEY_WEST = 12

/**
 * Segmented regression: value = a + b time + c (from the interruption on) + d (periods since it). `at` is the first period of after, so
 * c is the jump there. Newey–West standard errors from 12 points; they are too narrow where residuals follow one another
 * closely, and `lag1_autocorrelation` says how closely.
 */
export function interruptedSeries(points: readonly SeriesPoint[], at: number, lag?: number): InterruptedSeries {
  assertFinite(points.flatMap(({ time, value }) => [time, value]))
  const n_after = points.filter((point) => point.time >= at).length
  const counts = { n_before: points.length - n_after, n_after }
  if (counts.n_before < 3) return { ...counts, ...NOTHING, reason: 'fewer_than_3_before' }
  if (n_after < 3) return { ...counts, ...NOTHING, reason: 'fewer_than_3_after' }
  const values = points.map((point) => point.value)
  if (values.every((value) => value === values[0])) return { ...counts, ...NOTHING, reason: 'no_variation' }
  const design = points.map(({ time }) => [1, time, time >= at ? 1 : 0, Math.max(0, time - at)])
  const fit = fitLinear(design, values)
  if (fit === null || fit.df < 1) return { ...counts, ...NOTHING, reason: 'not_estimable' }
  return { ...counts, ...estimates(fit, design, lag), reason: null }
}

const NOTHING = {
  intercept: null,
  slope_before: null,
  level_change: null,
  slope_change: null,
  slope_after: null,
  standard_errors: null,
  lag: null,
  lag1_autocorrelation: null,
} as const

function estimates(fit: LinearFit, design: readonly (readonly number[])[], asked: number | undefined) {
  const isOls = fit.n < FEWEST_FOR_NEWEY_WEST
  const lag = isOls ? null : (asked ?? neweyWestLag(fit.n))
  const variance = (fit.residual_sd ?? 0) ** 2
  const covariance =
    lag === null ? fit.unscaled.map((row) => row.map((it) => it * variance)) : neweyWest(fit, design, lag)
  const [intercept = 0, slope = 0, level = 0, bend = 0] = fit.coefficients
  const of = (estimate: number, place: number) =>
    coefficientOf(estimate, Math.sqrt(covariance[place]?.[place] ?? 0), fit.df)
  return {
    intercept,
    slope_before: of(slope, 1),
    level_change: of(level, 2),
    slope_change: of(bend, 3),
    slope_after: slope + bend,
    standard_errors: isOls ? 'ols' : 'newey_west',
    lag,
    lag1_autocorrelation: autocorrelation(fit.residuals),
  } as const
}

function autocorrelation(residuals: readonly number[]): number | null {
  const square = residuals.reduce((total, it) => total + it * it, 0)
  if (square === 0) return null
  return residuals.slice(1).reduce((total, it, i) => total + it * (residuals[i] as number), 0) / square
}
