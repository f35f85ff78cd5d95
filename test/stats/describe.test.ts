import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean, median, pearson, quantile, sampleSd, sum } from '../../src/stats/describe.ts'
import { expectClose, oracle } from './oracle.ts'

describe('describing a list of numbers', () => {
  it("agrees with R's mean, sd, median and quantile", () => {
    for (const { values, ...expected } of oracle.describe) {
      expectClose(mean(values), expected.mean, 1e-14)
      expectClose(sampleSd(values), expected.sd, 1e-13)
      expectClose(median(values), expected.median, 1e-14)
      expectClose(
        [0, 0.025, 0.25, 0.9, 1].map((p) => quantile(values, p)),
        expected.quantiles,
        1e-14,
      )
    }
  })

  it('has no mean of nobody and no SD of one person', () => {
    expect([sum([]), mean([]), sampleSd([]), sampleSd([7]), median([]), quantile([], 0.5)]).toEqual([
      0,
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('correlates pairs, and has no correlation where one side does not vary', () => {
    expect(pearson([1, 2, 3], [2, 4, 6])).toBe(1)
    expectClose(pearson([1, 2, 3, 4], [2, 1, 4, 3]), 0.6, 1e-14)
    expect(pearson([1, 2, 3], [5, 5, 5])).toBeNull()
    expect(pearson([1], [2])).toBeNull()
  })

  it('refuses a value that is not a finite number, rather than pass NaN on', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const f of [sum, mean, sampleSd, median]) expect(() => f([1, bad])).toThrow('not a finite number')
    }
    expect(() => quantile([1, 2], 1.5)).toThrow('probability from 0 to 1')
    expect(() => pearson([1], [1, 2])).toThrow('same length')
  })

  it('keeps a quantile between the smallest and the largest value', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, p) => {
        const value = quantile(list, p) as number
        return value >= Math.min(...list) - 1e-12 && value <= Math.max(...list) + 1e-12
      }),
      { seed: 1 },
    )
  })
})
