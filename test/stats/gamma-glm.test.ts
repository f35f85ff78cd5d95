import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fitGamma, type GammaFit, parkTest, recycledMean } from '../../src/stats/gamma-glm.ts'

interface Case {
  readonly name: string
  readonly design: number[][]
  readonly y: number[]
  readonly offset: number[]
  readonly coefficients: number[]
  readonly standard_errors: number[]
  readonly dispersion: number
  readonly deviance: number
  readonly recycled: [number, number]
  readonly park: { power: number; se: number }
}

const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/oracle/gamma.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}

describe.each(cases)('cost $name, by a gamma model with a log link, as R’s glm has it', (given) => {
  const fit = fitGamma(given.design, given.y, given.offset) as GammaFit

  it('coefficients, standard errors, dispersion and deviance', () => {
    expect(fit.coefficients).toEqual(given.coefficients.map((value) => expect.closeTo(value, 8)))
    expect(fit.standard_errors).toEqual(given.standard_errors.map((value) => expect.closeTo(value, 8)))
    expect(fit.dispersion).toBeCloseTo(given.dispersion, 8)
    expect(fit.deviance).toBeCloseTo(given.deviance, 7)
  })

  it('recycled predictions: everybody’s cost with the period set to before, and to after', () => {
    expect([0, 1].map((value) => recycledMean(fit, given.design, 1, value))).toEqual(
      given.recycled.map((value) => expect.closeTo(value, 5)),
    )
  })

  it('the modified Park test, with White’s standard errors', () => {
    expect(parkTest(given.y, fit.fitted)).toMatchObject({
      power: expect.closeTo(given.park.power, 6),
      se: expect.closeTo(given.park.se, 5),
    })
  })
})

describe('a gamma model that does not exist says why', () => {
  const design = [
    [1, 0],
    [1, 0],
    [1, 1],
    [1, 1],
  ]
  it.each([
    ['somebody cost nothing', design, [1, 0, 2, 3], 'not_positive'],
    ['as many columns as rows', design.slice(1, 3), [1, 2], 'too_few_rows'],
    ['a column that is another one again', design.map(() => [1, 1]), [1, 2, 3, 4], 'columns_not_independent'],
  ])('%s', (_, columns, y, reason) => {
    expect(fitGamma(columns, y)).toBe(reason)
  })

  it('with nothing but the period, the fitted means are the means of the periods', () => {
    const fit = fitGamma(design, [1, 5, 2, 6]) as GammaFit
    expect(fit.fitted).toEqual([3, 3, 4, 4].map((mean) => expect.closeTo(mean, 9)))
  })

  it('costs that do not differ from their fitted mean leave nothing to test', () => {
    expect(parkTest([3, 3, 4, 4], [3, 3, 4, 4])).toBeNull()
  })
})
