import { assertFinite } from './describe.ts'
import { tQuantile, tTwoSidedP } from './distributions.ts'
import { cholesky, crossProducts, dot, inverseOf, type Matrix, productsWith, solveCholesky } from './linear-algebra.ts'

export interface LinearFit {
  readonly n: number
  readonly df: number // n less the columns of the design
  readonly coefficients: readonly number[]
  readonly residuals: readonly number[]
  readonly residual_sd: number | null // null where df = 0
  /** (X'X)⁻¹: times the residual variance it is the covariance of the coefficients. */
  readonly unscaled: Matrix
}

/** A coefficient with its t interval. */
export interface Coefficient {
  readonly estimate: number
  readonly se: number
  readonly t: number | null // null where se = 0
  readonly p: number | null
  readonly ci95: readonly [number, number]
}

/**
 * Least squares of `y` on the columns of `design`, one row an observation, the constant among its columns. The normal equations are
 * solved twice, the second time for what the first left of `y`, which brings back the figures that squaring the design costs. Null where
 * there are fewer rows than columns, or a column is a sum of others to within a millionth of its size.
 */
export function fitLinear(design: Matrix, y: readonly number[]): LinearFit | null {
  assertFinite(y)
  design.forEach(assertFinite)
  const columns = design[0]?.length ?? 0
  const n = y.length
  if (columns === 0 || n < columns || design.length !== n) return null
  const lower = cholesky(crossProducts(design, columns))
  if (lower === null) return null
  const residualsOf = (coefficients: readonly number[]) => y.map((value, i) => value - dot(design[i]!, coefficients))
  const first = solveCholesky(lower, productsWith(design, columns, y))
  const left = solveCholesky(lower, productsWith(design, columns, residualsOf(first)))
  const coefficients = first.map((value, k) => value + left[k]!)
  const residuals = residualsOf(coefficients)
  const df = n - columns
  return {
    n,
    df,
    coefficients,
    residuals,
    residual_sd: df === 0 ? null : Math.sqrt(dot(residuals, residuals) / df),
    unscaled: inverseOf(lower),
  }
}

/** A coefficient, or a sum of several, with standard error `se`. */
export function coefficientOf(estimate: number, se: number, df: number): Coefficient {
  const half = tQuantile(0.975, df) * se
  const t = se === 0 ? null : estimate / se
  return { estimate, se, t, p: t === null ? null : tTwoSidedP(t, df), ci95: [estimate - half, estimate + half] }
}
