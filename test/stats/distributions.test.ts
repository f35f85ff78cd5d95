import { describe, expect, it } from 'vitest'
import * as distribution from '../../src/stats/distributions.ts'
import { logGamma, poissonDensity } from '../../src/stats/gamma-function.ts'
import { incompleteBeta } from '../../src/stats/incomplete-beta.ts'
import { incompleteGamma } from '../../src/stats/incomplete-gamma.ts'
import { noncentralTCdf, solveNoncentrality } from '../../src/stats/noncentral-t.ts'
import { expectClose, oracle } from './oracle.ts'

describe('distributions agree with R', () => {
  it('normal, to a tail of 1e-300', () => {
    for (const { z, value } of oracle.normal_cdf) expectClose(distribution.normalCdf(z), value, 1e-12)
    for (const { p, value } of oracle.normal_quantile) expectClose(distribution.normalQuantile(p), value, 1e-12, 1e-15)
  })

  it("Student's t, from 1 to a million degrees of freedom", () => {
    for (const { t, df, value } of oracle.t_cdf) expectClose(distribution.tCdf(t, df), value, 1e-10)
    for (const { p, df, value } of oracle.t_quantile) expectClose(distribution.tQuantile(p, df), value, 1e-9)
  })

  it('chi-squared quantiles', () => {
    for (const { p, df, value } of oracle.chi_squared_quantile) {
      expectClose(distribution.chiSquaredQuantile(p, df), value, 1e-9)
    }
  })

  it('binomial density and both tails', () => {
    for (const { x, n, p, ...expected } of oracle.binomial) {
      expectClose(distribution.binomialProbability(x, n, p), expected.density, 1e-11)
      expectClose(distribution.binomialCdf(x, n, p), expected.cdf, 1e-10)
      expectClose(distribution.binomialUpperTail(x, n, p), expected.upper, 1e-10)
    }
  })

  it('incomplete beta and gamma, and the odds of beta quantiles', () => {
    for (const { x, a, b, value } of oracle.beta) expectClose(incompleteBeta(a, b, x).lower, value, 1e-10)
    for (const { x, a, value } of oracle.gamma) expectClose(incompleteGamma(a, x).lower, value, 1e-11)
    for (const { p, a, b, value } of oracle.beta_odds) expectClose(distribution.betaQuantileOdds(p, a, b), value, 1e-9)
  })

  it('noncentral t, absolutely to 1e-11, and relatively to 1e-8 wherever R has the digits', () => {
    for (const { t, df, ncp, value } of oracle.noncentral_t) {
      expectClose(noncentralTCdf(t, df, ncp), value, 0, 1e-11)
      if (value > 1e-3) expectClose(noncentralTCdf(t, df, ncp), value, 1e-8)
    }
  })

  it('noncentral t beyond the noncentrality where R approximates', () => {
    for (const { t, df, ncp, value } of oracle.noncentral_t_large) expectClose(noncentralTCdf(t, df, ncp), value, 1e-8)
  })

  it('the noncentrality that puts t at a given percentile', () => {
    for (const { t, df, p, value } of oracle.noncentrality) expectClose(solveNoncentrality(t, df, p), value, 1e-8, 1e-9)
  })
})

describe('by hand', () => {
  it('the gamma function at 1, 5 and a half', () => {
    expectClose(logGamma(1), 0, 0, 1e-14)
    expectClose(logGamma(5), Math.log(24), 1e-14)
    expectClose(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14)
  })

  it('a Poisson count of 2 about a mean of 3 has chance 4.5 e^-3', () => {
    expectClose(poissonDensity(2, 3), 4.5 * Math.exp(-3), 1e-14)
  })

  it('a change almost the same in everyone: the limits of a huge t come from the chi-squared alone', () => {
    // 97.5th and 2.5th percentiles of chi-squared on 2 degrees of freedom are -2 log of the other tail
    expectClose(solveNoncentrality(1e9, 2, 0.025), 1e9 * Math.sqrt(-Math.log(0.025)), 1e-7)
    expectClose(solveNoncentrality(-1e9, 2, 0.975), -1e9 * Math.sqrt(-Math.log(0.025)), 1e-7)
    expectClose(solveNoncentrality(19_900, 2, 0.025), solveNoncentrality(20_100, 2, 0.025) * (199 / 201), 1e-7)
  })

  it('ends and middles of the tails', () => {
    expect(incompleteBeta(2, 3, 0)).toEqual({ lower: 0, upper: 1 })
    expect(incompleteBeta(2, 3, 1)).toEqual({ lower: 1, upper: 0 })
    expect(incompleteGamma(2, 0)).toEqual({ lower: 0, upper: 1 })
    expect(distribution.tQuantile(0.5, 3)).toBe(0)
    expect(distribution.binomialCdf(-1, 4, 0.5)).toBe(0)
    expect(distribution.binomialCdf(4, 4, 0.5)).toBe(1)
    expectClose(distribution.tTwoSidedP(-1, 1), 0.5, 1e-14)
  })

  it('no quantile exists at a probability of 0, 1 or beyond', () => {
    for (const p of [0, 1, -0.1, Number.NaN]) {
      expect(() => distribution.normalQuantile(p)).toThrow('strictly between 0 and 1')
      expect(() => distribution.tQuantile(p, 5)).toThrow('strictly between 0 and 1')
    }
  })
})
