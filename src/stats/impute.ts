import { normalQuantile } from './distributions.ts'
import { cholesky, inverseOf, solveCholesky } from './linear-algebra.ts'
import type { Random } from './random.ts'

/** Predictors of a value (the first 1), and the value where there is one. */
export interface ImputationRow {
  readonly predictors: readonly number[]
  readonly value: number | null
}

export type ImputationReason = 'nothing_missing' | 'too_few_observed' | 'predictors_not_full_rank'

export interface Imputations {
  /** One list per completed data set: every row's value, the missing ones drawn. Empty with a reason. */
  readonly completed: readonly (readonly number[])[]
  readonly reason: ImputationReason | null
}

/**
 * Multiple imputation by Bayesian normal linear regression (Rubin 1987, p. 167): for each completed data set the residual variance and then
 * the coefficients are drawn from their posterior, and each missing value from the regression with them. Right where values
 * are missing at random given the predictors. At least 5 observed rows more than predictors are asked for.
 */
export function imputeNormal(rows: readonly ImputationRow[], n_imputations: number, random: Random): Imputations {
  const observed = rows.filter((it): it is { predictors: readonly number[]; value: number } => it.value !== null)
  if (observed.length === rows.length) return { completed: [], reason: 'nothing_missing' }
  const p = rows[0]?.predictors.length ?? 0
  if (observed.length < p + 5) return { completed: [], reason: 'too_few_observed' }
  const columns = Array.from({ length: p }, (_, i) => i)
  const sum = (value: (it: (typeof observed)[number]) => number) => observed.reduce((all, it) => all + value(it), 0)
  const lower = cholesky(columns.map((i) => columns.map((j) => sum((it) => it.predictors[i]! * it.predictors[j]!))))
  if (lower === null) return { completed: [], reason: 'predictors_not_full_rank' }
  const beta = solveCholesky(
    lower,
    columns.map((i) => sum((it) => it.predictors[i]! * it.value)),
  )
  const residual = sum((it) => (it.value - predict(it.predictors, beta)) ** 2)
  const factor = cholesky(inverseOf(lower))
  if (factor === null) return { completed: [], reason: 'predictors_not_full_rank' }
  const normal = () => normalQuantile((random() * 4294967296 + 0.5) / 4294967296)
  const completed = Array.from({ length: n_imputations }, () => {
    const sigma = Math.sqrt(residual / chiSquaredDraw(observed.length - p, normal))
    const steps = columns.map(() => normal())
    const drawn = beta.map((b, i) => b + sigma * columns.reduce((all, k) => all + factor[i]![k]! * steps[k]!, 0))
    return rows.map(({ predictors, value }) => value ?? predict(predictors, drawn) + sigma * normal())
  })
  return { completed, reason: null }
}

function predict(predictors: readonly number[], beta: readonly number[]): number {
  return predictors.reduce((sum, value, i) => sum + value * beta[i]!, 0)
}

function chiSquaredDraw(df: number, normal: () => number): number {
  let total = 0
  for (let i = 0; i < df; i++) total += normal() ** 2
  return total
}
