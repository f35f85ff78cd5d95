import { assertFinite } from './describe.ts'
import { tQuantile, tTwoSidedP } from './distributions.ts'

export interface LinearFit {
  readonly n: number
  readonly df: number // n less the columns of the design
  readonly coefficients: readonly number[]
  readonly residuals: readonly number[]
  readonly residual_sd: number | null // null where df = 0
  /** (X'X)⁻¹: times the residual variance it is the covariance of the coefficients. */
  readonly unscaled: readonly (readonly number[])[]
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
 * Least squares of `y` on the columns of `design`, one row an observation, the constant among its columns. Null where there are fewer
 * rows than columns, or a column is a sum of others.
 */
export function fitLinear(design: readonly (readonly number[])[], y: readonly number[]): LinearFit | null {
  assertFinite(y)
  design.forEach(assertFinite)
  const columns = design[0]?.length ?? 0
  const n = y.length
  if (columns === 0 || n < columns || design.length !== n) return null
  const { q, r, isFull } = orthogonal(design, columns)
  if (!isFull) return null
  const inverse = inverseOfUpper(r)
  const projections = q.map((column) => dot(column, y))
  const coefficients = inverse.map((row) => dot(row, projections))
  const residuals = y.map((value, i) => value - dot(design[i] as readonly number[], coefficients))
  const df = n - columns
  return {
    n,
    df,
    coefficients,
    residuals,
    residual_sd: df === 0 ? null : Math.sqrt(dot(residuals, residuals) / df),
    unscaled: inverse.map((row) => inverse.map((other) => dot(row, other))),
  }
}

/** A coefficient, or a sum of several, with standard error `se`. */
export function coefficientOf(estimate: number, se: number, df: number): Coefficient {
  const half = tQuantile(0.975, df) * se
  const t = se === 0 ? null : estimate / se
  return { estimate, se, t, p: t === null ? null : tTwoSidedP(t, df), ci95: [estimate - half, estimate + half] }
}

/** w'Aw, the variance of a weighted sum of coefficients. */
export function quadraticForm(matrix: readonly (readonly number[])[], weights: readonly number[]): number {
  return dot(
    weights,
    matrix.map((row) => dot(row, weights)),
  )
}

/** Gram–Schmidt, each column twice over: as exact as reflections for designs of a few columns. */
function orthogonal(design: readonly (readonly number[])[], columns: number) {
  const q: number[][] = []
  const r = Array.from({ length: columns }, () => new Array<number>(columns).fill(0))
  let isFull = true
  for (let j = 0; j < columns; j++) {
    let column = design.map((row) => row[j] as number)
    const size = Math.sqrt(dot(column, column))
    for (let pass = 0; pass < 2; pass++) {
      q.forEach((done, k) => {
        const along = dot(done, column)
        ;(r[k] as number[])[j] = (r[k]?.[j] ?? 0) + along
        column = column.map((value, i) => value - along * (done[i] as number))
      })
    }
    const left = Math.sqrt(dot(column, column))
    if (left <= 1e-10 * size || left === 0) isFull = false
    ;(r[j] as number[])[j] = left
    q.push(column.map((value) => value / (left || 1)))
  }
  return { q, r, isFull }
}

function inverseOfUpper(r: readonly (readonly number[])[]): number[][] {
  const k = r.length
  const inverse = Array.from({ length: k }, () => new Array<number>(k).fill(0))
  for (let j = 0; j < k; j++) {
    for (let i = j; i >= 0; i--) {
      let total = i === j ? 1 : 0
      for (let m = i + 1; m <= j; m++) total -= (r[i]?.[m] ?? 0) * (inverse[m]?.[j] ?? 0)
      ;(inverse[i] as number[])[j] = total / (r[i]?.[i] as number)
    }
  }
  return inverse
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * (b[i] as number), 0)
}
