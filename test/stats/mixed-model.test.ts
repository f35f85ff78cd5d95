import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mixedModel, type RepeatedScore } from '../../src/stats/mixed-model.ts'
import { pairedChange } from '../../src/stats/paired-change.ts'
import { expectClose } from './oracle.ts'

interface OracleFit {
  name: string
  random: 'intercept' | 'slope'
  scores: RepeatedScore[]
  estimates: number[]
  standard_errors: number[]
  df: number[]
  sd_intercept: number
  sd_slope: number | null
  correlation: number | null
  sd_residual: number
  deviance: number
}

/** Numbers made by lme4: `fixtures/oracle/mixed.R`. */
const fits = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/oracle/mixed.json'), 'utf8'),
) as OracleFit[]

describe('mixed model for repeated scores', () => {
  for (const fit of fits) {
    it(`agrees with lme4 to six figures: ${fit.name}`, () => {
      const found = mixedModel(fit.scores, fit.random)
      expect(found.reason).toBeNull()
      expectClose(
        found.effects.map((it) => it.estimate),
        fit.estimates,
        1e-7,
      )
      expectClose(
        found.effects.map((it) => it.standard_error),
        fit.standard_errors,
        1e-6,
      )
      expectClose(
        found.effects.map((it) => it.df),
        fit.df,
        1e-6,
      )
      expectClose(found.deviance, fit.deviance, 1e-9)
      expectClose(found.sd_residual, fit.sd_residual, 1e-6)
      expectClose(found.sd_intercept, fit.sd_intercept, 1e-6, 1e-6)
      if (fit.sd_slope !== null) expectClose(found.sd_slope, fit.sd_slope, 2e-6)
      if (fit.correlation !== null) expectClose(found.correlation, fit.correlation, 1e-5)
      expect(found.is_singular).toBe(fit.sd_intercept < 1e-6)
    })
  }

  it('agrees with what is published for the sleep study (Bates and others 2015): 251.405 and 10.467 ms, SDs 24.740, 5.922 and 25.592', () => {
    const sleep = fits[0] as OracleFit
    const found = mixedModel(sleep.scores, 'slope')
    expect(found.effects.map((it) => it.estimate.toFixed(3))).toEqual(['251.405', '10.467'])
    expect([found.sd_intercept, found.sd_slope, found.sd_residual].map((it) => it?.toFixed(3))).toEqual([
      '24.740',
      '5.922',
      '25.592',
    ])
  })

  it('degrees of freedom are those that lmerTest prints for the sleep study: 17 and 17 with a random slope, 22.81 and 161 without', () => {
    const [slope, intercept] = fits.slice(0, 2).map((it) => mixedModel(it.scores, it.random).effects)
    expect(slope?.map((it) => it.df.toFixed(2))).toEqual(['17.00', '17.00'])
    expect(intercept?.map((it) => it.df.toFixed(2))).toEqual(['22.81', '161.00'])
  })

  it('with a first and a last score from everyone, the change and its interval are those of the paired t', () => {
    const pre = [12, 18, 9, 22, 15, 11, 17, 20]
    const post = [15, 22, 8, 27, 21, 12, 22, 21]
    const scores = pre.flatMap((score, person) => [
      { person, score, time: 0, design: [1, 0] },
      { person, score: post[person] as number, time: 1, design: [1, 1] },
    ])
    const change = mixedModel(scores, 'intercept').effects[1]
    const paired = pairedChange(pre, post)
    expectClose(change?.estimate, paired.mean_change, 1e-8)
    expectClose(change?.ci95, paired.ci95, 1e-7)
  })

  it('does not exist for nobody, two people, a time that does not vary, or scores that do not', () => {
    const at = (person: number, score: number, later: number) => ({ person, score, time: later, design: [1, later] })
    expect(mixedModel([], 'intercept').reason).toBe('too_few_people')
    expect(mixedModel([at(1, 3, 0), at(1, 4, 1), at(2, 5, 0), at(2, 6, 1)], 'intercept').reason).toBe('too_few_people')
    const entries = [at(1, 3, 0), at(2, 5, 0), at(3, 6, 0), at(4, 2, 0)]
    expect(mixedModel(entries, 'intercept').reason).toBe('design_not_full_rank')
    const same = [1, 2, 3, 4].flatMap((person) => [at(person, 7, 0), at(person, 7, 1)])
    expect(mixedModel(same, 'intercept').reason).toBe('no_spread')
  })
})
