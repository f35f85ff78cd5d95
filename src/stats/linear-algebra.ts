/** A square matrix as rows. */
export type Matrix = readonly (readonly number[])[]

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0)
}

/** w'Aw: of a covariance, the variance of the sum weighted by w. */
export function quadraticForm(matrix: Matrix, weights: readonly number[]): number {
  return dot(
    weights,
    matrix.map((row) => dot(row, weights)),
  )
}

/** The lower triangle L with L Lᵀ = `matrix`, symmetric; null where it is not positive definite. */
export function cholesky(matrix: Matrix): number[][] | null {
  const n = matrix.length
  const lower = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let left = matrix[row]![column]!
      for (let k = 0; k < column; k++) left -= lower[row]![k]! * lower[column]![k]!
      if (row !== column) lower[row]![column] = left / lower[column]![column]!
      else if (left > 1e-12 * Math.abs(matrix[row]![row]!)) lower[row]![row] = Math.sqrt(left)
      else return null
    }
  }
  return lower
}

/** x with L x = b. */
function solveLower(lower: Matrix, b: readonly number[]): number[] {
  const x: number[] = []
  b.forEach((value, row) => {
    let left = value
    for (let k = 0; k < row; k++) left -= lower[row]![k]! * x[k]!
    x.push(left / lower[row]![row]!)
  })
  return x
}

/** x with L Lᵀ x = b. */
export function solveCholesky(lower: Matrix, b: readonly number[]): number[] {
  const x = solveLower(lower, b)
  for (let row = x.length - 1; row >= 0; row--) {
    for (let k = row + 1; k < x.length; k++) x[row] = x[row]! - lower[k]![row]! * x[k]!
    x[row] = x[row]! / lower[row]![row]!
  }
  return x
}

/** The inverse of L Lᵀ. */
export function inverseOf(lower: Matrix): number[][] {
  return lower.map((_, column) =>
    solveCholesky(
      lower,
      lower.map((_, row) => (row === column ? 1 : 0)),
    ),
  )
}

/** X'X. */
export function crossProducts(design: Matrix, columns: number): number[][] {
  const products = Array.from({ length: columns }, () => new Array<number>(columns).fill(0))
  for (const row of design)
    for (let j = 0; j < columns; j++) {
      const value = row[j]!
      if (value === 0) continue
      const sums = products[j]!
      for (let k = 0; k < columns; k++) sums[k]! += value * row[k]!
    }
  return products
}

/** X'y. */
export function productsWith(design: Matrix, columns: number, y: readonly number[]): number[] {
  const products = new Array<number>(columns).fill(0)
  design.forEach((row, i) => {
    for (let k = 0; k < columns; k++) products[k]! += row[k]! * y[i]!
  })
  return products
}
