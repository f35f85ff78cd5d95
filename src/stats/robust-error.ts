import { dot, type Matrix, quadraticForm } from './linear-algebra.ts'
import type { LinearFit } from './linear-regression.ts'

export interface RobustError {
  readonly se: number
  readonly df: number
}

/**
 * Standard error of a weighted sum of coefficients that does not take residuals to spread alike: HC2 (MacKinnon & White 1985), with the degrees
 * of freedom of Bell & McCaffrey (2002) for single rows, as Imbens & Kolesár (2016) advise for few rows. No row may decide
 * its own fitted value alone.
 */
export function robustError(
  fit: LinearFit,
  design: Matrix,
  weights: readonly number[],
  leverages: readonly number[] = leveragesOf(fit, design),
): RobustError {
  const towards = fit.unscaled.map((row) => dot(row, weights))
  const rows = design.map((row, i) => {
    const leverage = leverages[i]!
    const share = dot(row, towards) ** 2 / (1 - leverage)
    return { row, leverage, share, residual: fit.residuals[i]! }
  })
  const total = rows.reduce((sum, { share, leverage }) => sum + share * (1 - leverage), 0)
  const own = rows.reduce((sum, { share, leverage }) => sum + share ** 2 * (1 - 2 * leverage), 0)
  const variance = rows.reduce((sum, { share, residual }) => sum + share * residual ** 2, 0)
  return { se: Math.sqrt(variance), df: total ** 2 / (own + sharedLeverage(fit.unscaled, rows)) }
}

/** How far each row decides its own fitted value, from 0 to 1. */
export function leveragesOf(fit: LinearFit, design: Matrix): number[] {
  return design.map((row) => quadraticForm(fit.unscaled, row))
}

/** The sum over every two rows of share × share × leverage², which is tr(ASAS) with S the sum of share x x'. */
function sharedLeverage(
  a: Matrix,
  rows: readonly { readonly row: readonly number[]; readonly share: number }[],
): number {
  const s = a.map(() => a.map(() => 0))
  for (const { row, share } of rows)
    for (let j = 0; j < row.length; j++) {
      const weighted = share * row[j]!
      if (weighted === 0) continue
      const sums = s[j]!
      for (let k = 0; k < row.length; k++) sums[k]! += weighted * row[k]!
    }
  const product = a.map((row) =>
    a.map((_, k) =>
      dot(
        row,
        s.map((it) => it[k]!),
      ),
    ),
  )
  return product.reduce((sum, row, j) => sum + row.reduce((part, value, k) => part + value * product[k]![j]!, 0), 0)
}
