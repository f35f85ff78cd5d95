import { describe, expect, it } from 'vitest'
import { fitLogistic, type LogisticFit } from '../../src/stats/logistic-regression.ts'
import { matchOnPropensity } from '../../src/stats/propensity.ts'
import { oracleFile } from './oracle-file.ts'

interface Case {
  readonly name: string
  readonly design: number[][]
  readonly y: number[]
  readonly coefficients: number[]
  readonly standard_errors: number[]
  readonly logit_sd: number
}
const { cases } = oracleFile<{ cases: Case[] }>('propensity')

describe.each(cases)('who joined, by $name', (given) => {
  it('coefficients and standard errors as R’s glm(binomial) has them', () => {
    const fit = fitLogistic(given.design, given.y) as LogisticFit
    expect(fit.coefficients).toEqual(given.coefficients.map((value) => expect.closeTo(value, 8)))
    expect(fit.standard_errors).toEqual(given.standard_errors.map((value) => expect.closeTo(value, 8)))
  })

  it('the caliper is 0.2 standard deviations of the logit, nobody is used twice, and no pair is further apart', () => {
    const [treated, others] = [1, 0].map((group) => given.design.filter((_, at) => given.y[at] === group))
    const { pairs, caliper } = matchOnPropensity(treated ?? [], others ?? [])
    expect(caliper).toBeCloseTo(0.2 * given.logit_sd, 8)
    expect(new Set(pairs.map(([own]) => own)).size).toBe(pairs.length)
    expect(new Set(pairs.map(([, other]) => other)).size).toBe(pairs.length)
    const logit = (row: number[] | undefined) =>
      given.coefficients.reduce((sum, value, k) => sum + value * (row?.[k] ?? 0), 0)
    for (const [own, other] of pairs) {
      expect(Math.abs(logit(treated?.[own]) - logit(others?.[other]))).toBeLessThanOrEqual((caliper ?? 0) + 1e-9)
    }
    expect(pairs.length).toBeGreaterThan(20)
  })
})

describe('a propensity score that does not exist is a reason', () => {
  const rows = (values: number[]) => values.map((value) => [1, value])
  it.each([
    ['one column tells the groups apart', rows([5, 6, 7, 8]), rows([1, 2, 3, 4]), 'separated'],
    ['a column like the constant', rows([1, 1, 1]), rows([1, 1, 1]), 'columns_not_independent'],
    ['nobody to compare with', rows([1, 2, 3]), [], 'one_outcome'],
    ['two people', rows([1]), rows([2]), 'too_few_rows'],
  ] as const)('%s', (_, treated, others, reason) => {
    expect(matchOnPropensity(treated, others)).toEqual({ pairs: [], caliper: null, reason })
  })
})
