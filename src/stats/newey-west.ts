import type { LinearFit } from './linear-regression.ts'

/**
 * Covariance of coefficients that allows for unequal spread and for residuals that follow their neighbours up to `lag` periods:
 * Bartlett weights 1 - l / (lag + 1), no prewhitening, times n / (n - k) (Newey & West 1987; R's sandwich::NeweyWest with
 * prewhite = FALSE, adjust = TRUE). Rows must be in order of time.
 */
export function neweyWest(fit: LinearFit, design: readonly (readonly number[])[], lag: number): number[][] {
  const k = fit.coefficients.length
  const scores = design.map((row, i) => row.map((value) => value * (fit.residuals[i] as number)))
  const meat = Array.from({ length: k }, () => new Array<number>(k).fill(0))
  for (let l = 0; l <= lag; l++) {
    const weight = l === 0 ? 0.5 : 1 - l / (lag + 1)
    for (let t = l; t < scores.length; t++) addBothWays(meat, scores[t] as number[], scores[t - l] as number[], weight)
  }
  const bread = fit.unscaled
  const half = bread.map((row) => meat.map((_, j) => sumOver(k, (m) => (row[m] as number) * (meat[m]?.[j] as number))))
  const scale = fit.n / fit.df
  return half.map((row) =>
    bread.map((_, j) => scale * sumOver(k, (m) => (row[m] as number) * (bread[m]?.[j] as number))),
  )
}

/** floor(4 (n / 100)^(2/9)), the usual choice (Newey & West 1994). */
export function neweyWestLag(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9))
}

function addBothWays(meat: number[][], a: readonly number[], b: readonly number[], weight: number): void {
  for (const [i, row] of meat.entries()) {
    for (const j of row.keys()) {
      row[j] = (row[j] as number) + weight * ((a[i] as number) * (b[j] as number) + (b[i] as number) * (a[j] as number))
    }
  }
}

function sumOver(k: number, term: (m: number) => number): number {
  let total = 0
  for (let m = 0; m < k; m++) total += term(m)
  return total
}
