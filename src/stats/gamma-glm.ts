import { assertFinite } from './describe.ts'
import { cholesky, crossProducts, dot, inverseOf, type Matrix, productsWith, solveCholesky } from './linear-algebra.ts'
import { coefficientOf } from './linear-regression.ts'

export interface GammaFit {
  readonly n: number
  readonly df: number // n less the columns of the design
  readonly coefficients: readonly number[] // on the log scale
  readonly standard_errors: readonly number[] // from the curvature and the dispersion, as R's summary has them
  readonly fitted: readonly number[]
  readonly dispersion: number // Pearson's chi-square over df: the squared coefficient of variation
  readonly deviance: number
  readonly iterations: number
}

export type GammaReason = 'not_positive' | 'too_few_rows' | 'columns_not_independent' | 'not_converged'

export interface ParkTest {
  /** The power of the mean that the variance goes with: 0 normal, 1 Poisson, 2 gamma, 3 inverse Gaussian. */
  readonly power: number
  readonly se: number
  readonly ci95: readonly [number, number]
}

const MOST_ITERATIONS = 200
/** Of the change from one step to the next; the square of it is left after the last. */
const CLOSE_ENOUGH = 1e-9

/**
 * Gamma regression with a log link by iteratively reweighted least squares (McCullagh & Nelder 1989): with this link every weight is 1.
 * `design` has the constant among its columns; `offset` is added on the log scale, such as the log of person-years. Amounts must be above
 * nought. A value that does not exist is a reason.
 */
export function fitGamma(
  design: Matrix,
  y: readonly number[],
  offset: readonly number[] = y.map(() => 0),
): GammaFit | GammaReason {
  assertFinite(y)
  design.forEach(assertFinite)
  const columns = design[0]?.length ?? 0
  const df = y.length - columns
  if (columns === 0 || df <= 0) return 'too_few_rows'
  if (y.some((value) => value <= 0)) return 'not_positive'
  const lower = cholesky(crossProducts(design, columns))
  if (lower === null) return 'columns_not_independent'
  let fitted = [...y]
  let before: readonly number[] | null = null
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const working = fitted.map((mu, i) => Math.log(mu) - offset[i]! + (y[i]! - mu) / mu)
    const coefficients = solveCholesky(lower, productsWith(design, columns, working))
    fitted = design.map((row, i) => Math.exp(dot(row, coefficients) + offset[i]!))
    if (!fitted.every((mu) => mu > 0 && Number.isFinite(mu))) return 'not_converged'
    const last = before
    before = coefficients
    if (
      last !== null &&
      coefficients.every((value, k) => Math.abs(value - last[k]!) <= CLOSE_ENOUGH * (1 + Math.abs(value)))
    ) {
      const dispersion = fitted.reduce((sum, mu, i) => sum + ((y[i]! - mu) / mu) ** 2, 0) / df
      const standard_errors = inverseOf(lower).map((row, k) => Math.sqrt(dispersion * row[k]!))
      return {
        n: y.length,
        df,
        coefficients,
        standard_errors,
        fitted,
        dispersion,
        deviance: devianceOf(y, fitted),
        iterations,
      }
    }
  }
  return 'not_converged'
}

/** What everyone would have come to with one column set to a value, and all else theirs: recycled predictions, averaged. */
export function recycledMean({ coefficients }: GammaFit, design: Matrix, column: number, value: number): number {
  const all = design.map((row) => Math.exp(dot(row, coefficients) + (value - row[column]!) * coefficients[column]!))
  return all.reduce((sum, mu) => sum + mu, 0) / all.length
}

/**
 * Modified Park test (Manning & Mullahy 2001): squared residuals regressed on the log of the fitted mean, itself by a gamma model
 * with a log link; standard errors robust to the squares not being gamma. Null where the fitted means do not differ.
 */
export function parkTest(y: readonly number[], fitted: readonly number[]): ParkTest | null {
  const squares = y.map((value, i) => (value - fitted[i]!) ** 2)
  const kept = squares.flatMap((square, i) => (square > 0 ? [i] : []))
  const design = kept.map((i) => [1, Math.log(fitted[i]!)])
  const fit = fitGamma(
    design,
    kept.map((i) => squares[i]!),
  )
  if (typeof fit === 'string') return null
  const power = fit.coefficients[1]!
  const se = robustErrors(
    fit,
    design,
    kept.map((i) => squares[i]!),
  )[1]!
  return { power, se, ci95: coefficientOf(power, se, fit.df).ci95 }
}

/** Sandwich standard errors (White 1980, HC1) of the coefficients. */
function robustErrors(fit: GammaFit, design: Matrix, y: readonly number[]): number[] {
  const columns = fit.coefficients.length
  const bread = inverseOf(cholesky(crossProducts(design, columns)) as number[][])
  const meat = crossProducts(
    design.map((row, i) => row.map((value) => (value * (y[i]! - fit.fitted[i]!)) / fit.fitted[i]!)),
    columns,
  )
  const scale = fit.n / fit.df
  return bread.map((row) => {
    const towards = meat.map((line) => dot(line, row))
    return Math.sqrt(scale * dot(row, towards))
  })
}

function devianceOf(y: readonly number[], fitted: readonly number[]): number {
  return 2 * y.reduce((sum, value, i) => sum + (value - fitted[i]!) / fitted[i]! - Math.log(value / fitted[i]!), 0)
}
