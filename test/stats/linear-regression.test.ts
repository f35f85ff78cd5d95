import { expect, it } from 'vitest'
import { fitLinear } from '../../src/stats/linear-regression.ts'
import { expectClose } from './oracle.ts'
import { oracleFile } from './oracle-file.ts'

const longley = oracleFile<{
  design: number[][]
  y: number[]
  coefficients: number[]
  residual_sd: number
  se: number[]
}>('longley')

it('agrees with R, and with the values NIST certifies, where columns are almost sums of one another (Longley 1967)', () => {
  const fit = fitLinear(longley.design, longley.y)
  expectClose([...fit!.coefficients], longley.coefficients, 1e-8)
  expectClose(fit!.residual_sd, longley.residual_sd, 1e-9)
  expect(fit!.residual_sd!.toFixed(9)).toBe('0.304854074')
  expectClose(
    fit!.unscaled.map((row, i) => Math.sqrt(row[i]!) * fit!.residual_sd!),
    longley.se,
    1e-6,
  )
})

it('does not exist where a column is a sum of others, or there are more columns than rows', () => {
  const rows = [1, 2, 3, 5].map((x) => [1, x, 2 * x + 1])
  expect(fitLinear(rows, [1, 2, 3, 4])).toBeNull()
  expect(fitLinear(rows.slice(0, 2), [1, 2])).toBeNull()
})
