import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mean } from '../../src/stats/describe.ts'
import { impute } from '../../src/stats/impute.ts'
import { createRandom } from '../../src/stats/random.ts'
import { poolEstimates } from '../../src/stats/rubin.ts'
import {
  standardisedMeanDifference,
  standardisedProportionDifference,
} from '../../src/stats/standardised-difference.ts'
import { tippingPoint } from '../../src/stats/tipping-point.ts'
import { expectClose } from './oracle.ts'

interface Oracle {
  pooled: {
    estimates: number[]
    variances: number[]
    complete_df: number
    estimate: number
    standard_error: number
    df: number
    ci95: [number, number]
    missing_information: number
  }[]
  imputed: { pre: number[]; post: (number | null)[]; n_missing: number; mean_improvement: number; completers: number }
  smd: {
    first: number[]
    second: number[]
    mean_difference: number
    proportion: { x1: number; n1: number; x2: number; n2: number; difference: number }
  }
  tip: { mean: number; lower: number; n_observed: number; n_missing: number; point: number }
}

/** Numbers made by R: `fixtures/oracle/missing.R`. */
const oracle = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/oracle/missing.json'), 'utf8'),
) as Oracle

describe('pooling by Rubin’s rules', () => {
  it('agrees with R: estimate, standard error, Barnard and Rubin’s degrees of freedom, interval, missing information', () => {
    for (const { estimates, variances, complete_df, ...expected } of oracle.pooled) {
      const completed = estimates.map((estimate, i) => ({ estimate, variance: variances[i] as number }))
      const found = poolEstimates(completed, complete_df)
      for (const [name, value] of Object.entries(expected))
        expectClose(found?.[name as keyof typeof found], value, 1e-9)
    }
  })

  it('with nothing missing is the complete-data interval, on its degrees of freedom to within (df + 1) / (df + 3)', () => {
    const same = Array.from({ length: 5 }, () => ({ estimate: 2, variance: 0.25 }))
    const found = poolEstimates(same, 1000)
    expect(found).toMatchObject({ estimate: 2, standard_error: 0.5 })
    expectClose(found?.df, (1001 / 1003) * 1000)
  })

  it('does not exist for one data set, or where nothing varies', () => {
    expect(poolEstimates([{ estimate: 2, variance: 0.25 }], 10)).toBeNull()
    expect(
      poolEstimates(
        Array.from({ length: 5 }, () => ({ estimate: 2, variance: 0 })),
        10,
      ),
    ).toBeNull()
  })
})

describe('multiple imputation by regression on the first score', () => {
  const rows = oracle.imputed.pre.map((pre, i) => ({
    predictors: [1, pre],
    value: oracle.imputed.post[i] as number | null,
  }))
  const gains = (completed: readonly number[]) =>
    mean(completed.map((post, i) => post - (oracle.imputed.pre[i] as number)))

  it('over many draws gives the mean that R’s regression predicts', () => {
    const { completed } = impute(rows, 'normal', 4000, createRandom('many'))
    const overall = mean(completed.map((it) => gains(it) as number))
    expect(overall).toBeCloseTo(oracle.imputed.mean_improvement, 1)
    expect(Math.abs(oracle.imputed.mean_improvement - oracle.imputed.completers)).toBeGreaterThan(0.1)
  })

  it('leaves observed scores as they are, draws anew for each data set, and repeats itself for a seed', () => {
    const { completed } = impute(rows, 'normal', 3, createRandom('a'))
    for (const values of completed)
      rows.forEach(({ value }, i) => {
        if (value !== null) expect(values[i]).toBe(value)
      })
    expect(completed[0]).not.toEqual(completed[1])
    expect(impute(rows, 'normal', 3, createRandom('a')).completed).toEqual(completed)
  })

  it('matched draws only scores that somebody has, each from one of the five whom the regression expects to score most alike', () => {
    const line = Array.from({ length: 20 }, (_, i) => ({ predictors: [1, i], value: 100 + i }))
    const missing = { predictors: [1, 9.9], value: null }
    const { completed } = impute([...line, missing], 'matched', 200, createRandom('a'))
    expect([...new Set(completed.map((values) => values[20]))].toSorted()).toEqual([108, 109, 110, 111, 112])
    const scores = new Set(rows.flatMap(({ value }) => value ?? []))
    for (const values of impute(rows, 'matched', 5, createRandom('a')).completed)
      expect(values.every((value) => scores.has(value))).toBe(true)
  })

  it('matched over many draws gives the mean of the regression too, where scores lie about a line', () => {
    const { completed } = impute(rows, 'matched', 600, createRandom('many'))
    const overall = mean(completed.map((it) => gains(it) as number)) as number
    expect(Math.abs(overall - oracle.imputed.mean_improvement)).toBeLessThan(0.3)
    expect(Math.abs(overall - oracle.imputed.completers)).toBeGreaterThan(0.1)
  })

  it('does not exist where nothing is missing, too little is observed, or first scores do not vary', () => {
    const row = (pre: number, value: number | null) => ({ predictors: [1, pre], value })
    expect(impute([row(1, 2), row(2, 3)], 'normal', 5, createRandom('a')).reason).toBe('nothing_missing')
    expect(impute([row(1, 2), row(2, null)], 'normal', 5, createRandom('a')).reason).toBe('too_few_observed')
    const alike = Array.from({ length: 12 }, (_, i) => row(7, i < 9 ? i : null))
    expect(impute(alike, 'normal', 5, createRandom('a')).reason).toBe('predictors_not_full_rank')
  })
})

describe('standardised differences', () => {
  it('agree with Austin’s formulas in R, for means and for proportions', () => {
    const { first, second, mean_difference, proportion } = oracle.smd
    expectClose(standardisedMeanDifference(first, second), mean_difference, 1e-12)
    const { x1, n1, x2, n2, difference } = proportion
    expectClose(standardisedProportionDifference(x1, n1, x2, n2), difference, 1e-12)
  })

  it('do not exist where a group has one person, or nobody differs', () => {
    expect(standardisedMeanDifference([1], [2, 3])).toBeNull()
    expect(standardisedMeanDifference([4, 4], [4, 4])).toBeNull()
    expect(standardisedProportionDifference(0, 5, 0, 6)).toBeNull()
    expect(standardisedProportionDifference(0, 0, 2, 6)).toBeNull()
  })
})

describe('the tipping point', () => {
  it('is where R’s interval of everyone touches nought', () => {
    const { point, ...it } = oracle.tip
    expectClose(tippingPoint(it), point, 1e-8)
  })

  it('as many missing as observed: a mean of 5 with an interval from 3 falls when the missing worsen by 1 on average', () => {
    expect(tippingPoint({ mean: 5, lower: 3, n_observed: 20, n_missing: 20 })).toBe(-1)
  })

  it('does not exist where nobody is missing, or nothing was shown', () => {
    expect(tippingPoint({ mean: 5, lower: 3, n_observed: 20, n_missing: 0 })).toBeNull()
    expect(tippingPoint({ mean: 5, lower: -1, n_observed: 20, n_missing: 9 })).toBeNull()
  })
})
