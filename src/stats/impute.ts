import { normalQuantile } from './distributions.ts'
import { cholesky, dot } from './linear-algebra.ts'
import { fitLinear } from './linear-regression.ts'
import type { Random } from './random.ts'

/** Predictors of a value (the first 1), and the value where there is one. */
export interface ImputationRow {
  readonly predictors: readonly number[]
  readonly value: number | null
}

export type ImputationReason = 'nothing_missing' | 'too_few_observed' | 'predictors_not_full_rank'

/** normal: drawn from the regression. matched: the value of an observed person whom the regression expects to score alike. */
export type ImputationMethod = 'normal' | 'matched'

export interface Imputations {
  /** One list per completed data set: every row's value, the missing ones drawn. Empty with a reason. */
  readonly completed: readonly (readonly number[])[]
  readonly reason: ImputationReason | null
}

interface Observed {
  readonly predictors: readonly number[]
  readonly value: number
}

/** Observed people from whom a matched value is drawn (mice draws from as many). */
const DONORS = 5

/**
 * Multiple imputation by Bayesian linear regression (Rubin 1987, p. 167): for each completed data set the residual variance and then the
 * coefficients are drawn from their posterior, and each missing value from the regression with them. `matched` is predictive mean
 * matching (Little 1988; type 1 of van Buuren 2018): the value of one of the 5 observed rows nearest in what the regression expects, so that it
 * is never off the scale. Right where values are missing at random given the predictors. At least 5 observed rows more than
 * predictors are asked for.
 */
export function impute(
  rows: readonly ImputationRow[],
  method: ImputationMethod,
  n_imputations: number,
  random: Random,
): Imputations {
  const observed = rows.filter((it): it is Observed => it.value !== null)
  if (observed.length === rows.length) return { completed: [], reason: 'nothing_missing' }
  const p = rows[0]?.predictors.length ?? 0
  if (observed.length < p + 5) return { completed: [], reason: 'too_few_observed' }
  const fit = fitLinear(
    observed.map((it) => it.predictors),
    observed.map((it) => it.value),
  )
  const factor = fit === null ? null : cholesky(fit.unscaled)
  if (fit === null || factor === null) return { completed: [], reason: 'predictors_not_full_rank' }
  const normal = () => normalQuantile((random() * 4294967296 + 0.5) / 4294967296)
  const residual = dot(fit.residuals, fit.residuals)
  const expected = observed
    .map(({ predictors, value }, row) => ({ row, value, at: dot(predictors, fit.coefficients) }))
    .toSorted((a, b) => a.at - b.at || a.row - b.row)
  const completed = Array.from({ length: n_imputations }, () => {
    const sigma = Math.sqrt(residual / chiSquaredDraw(fit.df, normal))
    const steps = fit.coefficients.map(() => normal())
    const drawn = fit.coefficients.map((b, i) => b + sigma * dot(factor[i]!, steps))
    return rows.map(({ predictors, value }) => {
      if (value !== null) return value
      const at = dot(predictors, drawn)
      return method === 'normal' ? at + sigma * normal() : matched(expected, at, random)
    })
  })
  return { completed, reason: null }
}

interface Expected {
  readonly row: number
  readonly value: number
  readonly at: number
}

/** One of those nearest, the earlier row first where two are as near; `expected` in order of `at`. */
function matched(expected: readonly Expected[], at: number, random: Random): number {
  const distance = (it: Expected | undefined) => (it === undefined ? Infinity : Math.abs(it.at - at))
  let above = firstNotBelow(expected, at)
  let below = above - 1
  let reach = 0
  for (let n = 0; n < Math.min(DONORS, expected.length); n++) {
    const [low, high] = [distance(expected[below]), distance(expected[above])]
    reach = Math.min(low, high)
    if (low <= high) below--
    else above++
  }
  while (distance(expected[below]) <= reach) below--
  while (distance(expected[above]) <= reach) above++
  const nearest = expected
    .slice(below + 1, above)
    .sort((a, b) => distance(a) - distance(b) || a.row - b.row)
    .slice(0, DONORS)
  return nearest[Math.floor(random() * nearest.length)]!.value
}

function firstNotBelow(expected: readonly Expected[], at: number): number {
  let [low, high] = [0, expected.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (expected[middle]!.at < at) low = middle + 1
    else high = middle
  }
  return low
}

function chiSquaredDraw(df: number, normal: () => number): number {
  let total = 0
  for (let i = 0; i < df; i++) total += normal() ** 2
  return total
}
