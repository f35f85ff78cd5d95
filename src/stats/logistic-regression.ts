import { assertFinite } from './describe.ts'
import { cholesky, crossProducts, dot, inverseOf, type Matrix, productsWith, solveCholesky } from './linear-algebra.ts'

export interface LogisticFit {
  readonly n: number
  readonly coefficients: readonly number[] // log odds
  readonly standard_errors: readonly number[]
  readonly fitted: readonly number[] // probabilities
  readonly iterations: number
}

/** `separated`: some column tells the two outcomes apart entirely, and the odds have no end. */
export type LogisticReason = 'too_few_rows' | 'one_outcome' | 'columns_not_independent' | 'separated' | 'not_converged'

const MOST_ITERATIONS = 50
const CLOSE_ENOUGH = 1e-12
/** A probability so near to 0 or 1 comes of separation, not of data. */
const NEAREST_TO_CERTAIN = 1e-9

/**
 * Logistic regression by iteratively reweighted least squares (McCullagh & Nelder 1989), as R's glm(binomial). `design` has the
 * constant among its columns; `y` is 0 or 1. A value that does not exist is a reason.
 */
export function fitLogistic(design: Matrix, y: readonly number[]): LogisticFit | LogisticReason {
  design.forEach(assertFinite)
  const columns = design[0]?.length ?? 0
  if (columns === 0 || y.length <= columns) return 'too_few_rows'
  if (y.every((value) => value === y[0])) return 'one_outcome'
  if (cholesky(crossProducts(design, columns)) === null) return 'columns_not_independent'
  let coefficients: readonly number[] = new Array<number>(columns).fill(0)
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const { lower, working } = weighed(design, y, coefficients)
    if (lower === null) return 'separated'
    const next = solveCholesky(lower, working)
    const isClose = next.every((value, k) => Math.abs(value - coefficients[k]!) <= CLOSE_ENOUGH * (1 + Math.abs(value)))
    coefficients = next
    if (!isClose) continue
    const fitted = probabilities(design, coefficients)
    if (fitted.some(isCertain)) return 'separated'
    return {
      n: y.length,
      coefficients,
      standard_errors: inverseOf(lower).map((row, k) => Math.sqrt(row[k]!)),
      fitted,
      iterations,
    }
  }
  return probabilities(design, coefficients).some(isCertain) ? 'separated' : 'not_converged'
}

/** X'WX as its Cholesky factor, and X'Wz. */
function weighed(design: Matrix, y: readonly number[], coefficients: readonly number[]) {
  const columns = coefficients.length
  const fitted = probabilities(design, coefficients)
  const weights = fitted.map((p) => p * (1 - p))
  const scaled = design.map((row, i) => row.map((value) => value * Math.sqrt(weights[i]!)))
  const towards = design.map((row, i) => weights[i]! * dot(row, coefficients) + y[i]! - fitted[i]!)
  return { lower: cholesky(crossProducts(scaled, columns)), working: productsWith(design, columns, towards) }
}

function probabilities(design: Matrix, coefficients: readonly number[]): number[] {
  return design.map((row) => 1 / (1 + Math.exp(-dot(row, coefficients))))
}

function isCertain(p: number): boolean {
  return p < NEAREST_TO_CERTAIN || p > 1 - NEAREST_TO_CERTAIN
}
