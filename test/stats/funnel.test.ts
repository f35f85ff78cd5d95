import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustedChange } from '../../src/stats/analysis-of-covariance.ts'
import { binomialProbability } from '../../src/stats/distributions.ts'
import { funnel } from '../../src/stats/funnel.ts'
import { exactLimits } from '../../src/stats/funnel-limits.ts'
import type { FunnelLimits, FunnelType, FunnelUnit } from '../../src/stats/funnel-types.ts'
import { fitLinear } from '../../src/stats/linear-regression.ts'
import { randomEffects } from '../../src/stats/random-effects.ts'
import { expectClose } from './oracle.ts'
import { oracleFile } from './oracle-file.ts'

interface FunnelCase {
  name: string
  type: FunnelType
  units: FunnelUnit[]
  target: number
  phi: number
  tau2: number
  z: number[]
  z_adjusted: number[]
  limits_overdispersed: FunnelLimits[]
}
interface EffectsCase {
  name: string
  estimate: number[]
  se_unit: number[]
  tau2: number
  mean: number
  se: number
  ci95: number[]
  prediction95: number[]
  q: number
  i2: number
  shrunken: number[]
  shrunken_se: number[]
}
interface Oracle {
  limits: { type: FunnelType; target: number; denominator: number; limits: FunnelLimits }[]
  funnels: FunnelCase[]
  random_effects: EffectsCase[]
  ancova: {
    unit: string[]
    pre: number[]
    age: number[]
    change: number[]
    residual_sd: number
    adjusted: { unit: string; n: number; raw: number; estimate: number; se: number; ci95: number[] }[]
  }
  regression: { coefficients: number[]; se: number[]; residual_sd: number }
}
const oracle = oracleFile<Oracle>('funnel')
const ENDS = ['lower_95', 'upper_95', 'lower_998', 'upper_998'] as const

describe('limits of chance alone', () => {
  it.each(oracle.limits)('$type of $denominator about $target', ({ type, target, denominator, limits }) => {
    const found = exactLimits(type, target, denominator)
    for (const end of ENDS) expectClose(found[end], limits[end], 1e-9, 1e-12)
  })

  it('of a proportion never leave 0 to 1, and narrow as units grow', () => {
    const small = exactLimits('proportion', 0.5, 4)
    const large = exactLimits('proportion', 0.5, 400)
    expect(small.lower_998).toBe(0)
    expect(small.upper_998).toBeLessThanOrEqual(1)
    expect(large.upper_998 - large.lower_998).toBeLessThan(0.2)
  })

  /*
   * Limits for rates made as 1 / (2 √n) on a log scale raise false alarms in 32 to 83% of units with few events. Here a unit stands out
   * only if its exact chance agrees with the curve.
   */
  it.each([0.3, 0.5, 1, 3, 4, 12, 40])(
    'raise false alarms in at most 5% of units: rates with $0 events expected',
    (events) => {
      let chance = Math.exp(-events)
      const alarms = { at_95: 0, at_998: 0 }
      for (let found = 0; found < 200; found++) {
        const units = [{ unit: 'A', numerator: found, denominator: 1 }]
        const position = funnel(units, { type: 'rate', target: events }).rows[0]?.position
        if (position !== 'within') alarms.at_95 += chance
        if (position?.endsWith('998')) alarms.at_998 += chance
        chance *= events / (found + 1)
      }
      expect(alarms.at_95).toBeLessThanOrEqual(0.05)
      expect(alarms.at_998).toBeLessThanOrEqual(0.002)
    },
  )

  it.each([6, 10, 25, 80])('raise false alarms in at most 5% of units: proportions of %d people', (n) => {
    for (const target of [0.05, 0.3, 0.5, 0.9]) {
      let alarms = 0
      for (let found = 0; found <= n; found++) {
        const units = [{ unit: 'A', numerator: found, denominator: n }]
        const isOutside = funnel(units, { type: 'proportion', target }).rows[0]?.position !== 'within'
        if (isOutside) alarms += binomialProbability(found, n, target)
      }
      expect(alarms).toBeLessThanOrEqual(0.05)
    }
  })
})

describe('funnel, against R', () => {
  it.each(oracle.funnels)('$name: target, phi, tau squared, z and limits', (expected) => {
    const found = funnel(expected.units, { type: expected.type })
    expectClose(found.target, expected.target, 1e-12)
    expectClose(found.overdispersion.phi, expected.phi, 1e-10)
    expectClose(found.overdispersion.tau2, expected.tau2, 1e-9, 1e-15)
    expectClose(
      found.rows.map((row) => row.z),
      expected.z,
      1e-9,
      1e-12,
    )
    expectClose(
      found.rows.map((row) => row.z_adjusted),
      expected.z_adjusted,
      1e-9,
      1e-12,
    )
    found.rows.forEach((row, i) => {
      for (const end of ENDS) {
        if (expected.tau2 > 0)
          expectClose(row.limits_overdispersed?.[end], expected.limits_overdispersed[i]?.[end], 1e-9)
        else expect(row.limits_overdispersed).toBeNull()
      }
    })
  })

  it('limits with overdispersion are on the scale of the values: wider than the exact ones, around the same target', () => {
    const found = funnel(oracle.funnels.find((it) => it.name === 'observed over expected')!.units, { type: 'ratio' })
    for (const { limits, limits_overdispersed } of found.rows) {
      expect(limits_overdispersed!.upper_998).toBeGreaterThan(limits!.upper_998 * 0.95)
      expect(limits_overdispersed!.lower_998).toBeLessThan(1)
    }
  })
})

describe('funnel, at its edges', () => {
  const unit = (name: string, numerator: number, denominator: number): FunnelUnit => ({
    unit: name,
    numerator,
    denominator,
  })

  it.each([
    { title: 'no unit', units: [], reason: 'no_units', excess: 'fewer_than_3_units' },
    { title: 'nobody in any unit', units: [unit('A', 0, 0)], reason: 'no_units', excess: 'fewer_than_3_units' },
    { title: 'one unit', units: [unit('A', 5, 10)], reason: null, excess: 'fewer_than_3_units' },
    {
      title: 'two units, however different',
      units: [unit('A', 1, 100), unit('B', 99, 100)],
      reason: null,
      excess: 'fewer_than_3_units',
    },
    {
      title: 'three units alike',
      units: [unit('A', 50, 100), unit('B', 51, 100), unit('C', 49, 100)],
      reason: null,
      excess: 'none_found',
    },
  ])('$title', ({ units, reason, excess }) => {
    const found = funnel(units, { type: 'proportion' })
    expect(found.reason).toBe(reason)
    expect(found.overdispersion).toMatchObject({ is_applied: false, reason: excess })
    expect(found.rows.every((row) => row.limits_overdispersed === null)).toBe(true)
  })

  it('a unit with nobody in it has no value, and why; the others keep theirs', () => {
    const [empty, full] = funnel([unit('A', 0, 0), unit('B', 3, 10)], { type: 'proportion' }).rows
    expect(empty).toMatchObject({ value: null, position: null, reason: 'no_denominator' })
    expect(full).toMatchObject({ value: 0.3, reason: null })
  })

  it('zero events are a value of 0 with limits, in a rate too', () => {
    const [row] = funnel([unit('A', 0, 12), unit('B', 30, 40)], { type: 'rate' }).rows
    expect(row).toMatchObject({ value: 0, position: 'below_998' })
  })

  it('a ratio is held against 1; another target is used where given', () => {
    const units = [unit('A', 12, 10), unit('B', 33, 30)]
    expect(funnel(units, { type: 'ratio' })).toMatchObject({ target: 1, target_source: 'as_expected' })
    expect(funnel(units, { type: 'rate', target: 2 })).toMatchObject({ target: 2, target_source: 'given' })
  })

  it('keeps the order that it was given: nothing is sorted by value', () => {
    const names = ['C', 'A', 'B']
    const rows = funnel(
      names.map((name, i) => unit(name, i + 1, 10)),
      { type: 'proportion' },
    ).rows
    expect(rows.map((row) => row.unit)).toEqual(names)
  })

  it('refuses more people with than there are', () => {
    expect(() => funnel([unit('A', 11, 10)], { type: 'proportion' })).toThrow('at most')
  })

  it('never holds NaN or infinity', () => {
    const one = fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 })).map(([a, b]) => unit('A', Math.min(a, b), b))
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.constantFrom('proportion', 'rate', 'ratio'), (units, type) => {
        expect(JSON.stringify(funnel(units, { type }))).toBe(JSON.stringify(funnel(units, { type }), refuseNonFinite))
      }),
      { seed: 13, numRuns: 300 },
    )
  })
})

function refuseNonFinite(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('not finite')
  return value
}

describe('random-effects summary', () => {
  it.each(oracle.random_effects)("$name: agrees with R's REML, Hartung–Knapp and prediction interval", (expected) => {
    const found = randomEffects(
      expected.estimate.map((estimate, i) => ({ estimate, se: expected.se_unit[i] as number })),
    )
    expectClose(found.tau2, expected.tau2, 1e-7, 1e-12)
    expectClose([found.mean, found.se, found.q], [expected.mean, expected.se, expected.q], 1e-7)
    expectClose(found.i2, expected.i2, 1e-7, 1e-12)
    expectClose([...found.ci95!], expected.ci95, 1e-7)
    expectClose([...found.prediction95!], expected.prediction95, 1e-7)
    expectClose(
      found.shrunken.map((it) => it.estimate),
      expected.shrunken,
      1e-7,
    )
    expectClose(
      found.shrunken.map(({ ci95 }) => (ci95[1] - ci95[0]) / (2 * 1.959963984540054)),
      expected.shrunken_se,
      1e-6,
    )
  })

  it('13 trials of BCG vaccine: tau² 0.3132 and mean log relative risk -0.7145, as metafor prints', () => {
    const bcg = oracle.random_effects[0]!
    const found = randomEffects(bcg.estimate.map((estimate, i) => ({ estimate, se: bcg.se_unit[i] as number })))
    expect(found.tau2?.toFixed(4)).toBe('0.3132')
    expect(found.mean?.toFixed(4)).toBe('-0.7145')
  })

  it.each([
    { title: 'no unit', units: [], reason: 'no_units', prediction: 'fewer_than_3_units' },
    { title: 'one unit', units: [{ estimate: 3, se: 1 }], reason: 'one_unit', prediction: 'fewer_than_3_units' },
    {
      title: 'two units',
      units: [
        { estimate: 3, se: 1 },
        { estimate: 5, se: 1 },
      ],
      reason: null,
      prediction: 'fewer_than_3_units',
    },
  ])('$title', ({ units, reason, prediction }) => {
    const found = randomEffects(units)
    expect(found).toMatchObject({ reason, prediction_reason: prediction, prediction95: null })
    expect(found.mean === null).toBe(reason !== null)
  })

  it('draws a small unit further towards the mean than a large one', () => {
    const found = randomEffects([
      { estimate: 2, se: 0.4 },
      { estimate: 10, se: 3 },
      { estimate: 6, se: 0.5 },
      { estimate: 4, se: 0.4 },
    ])
    const [large, small] = found.shrunken
    expect(small!.weight).toBeLessThan(large!.weight)
    expect(small!.estimate).toBeLessThan(10)
    expect(small!.estimate).toBeGreaterThan(found.mean!)
  })
})

describe('case-mix adjusted change', () => {
  const { unit, pre, age, change, adjusted, residual_sd } = oracle.ancova
  const rows = unit.map((name, i) => ({ unit: name, improvement: change[i]!, covariates: [pre[i]!, age[i]!] }))

  it("agrees with R: adjusted means; standard errors by sandwich's HC2, intervals with Bell and McCaffrey's degrees of freedom", () => {
    const found = adjustedChange(rows)
    found.forEach((it, i) => {
      const expected = adjusted[i]!
      expect(it).toMatchObject({ unit: expected.unit, n: expected.n, reason: null })
      expectClose([it.mean_improvement, it.adjusted, it.se], [expected.raw, expected.estimate, expected.se], 1e-9)
      expectClose([...it.ci95!], expected.ci95, 1e-9)
    })
    expect(residual_sd).toBeGreaterThan(0)
  })

  it("least squares agrees with R's lm", () => {
    const fit = fitLinear(
      pre.map((value, i) => [1, value, age[i]!]),
      change,
    )
    expectClose([...fit!.coefficients], oracle.regression.coefficients, 1e-10)
    expectClose(fit!.residual_sd, oracle.regression.residual_sd, 1e-10)
    expectClose(
      fit!.unscaled.map((row, i) => Math.sqrt(row[i]!) * fit!.residual_sd!),
      oracle.regression.se,
      1e-9,
    )
  })

  it.each([
    { title: 'one service', rows: rows.filter((it) => it.unit === 'A'), reason: 'fewer_than_2_units' },
    { title: 'fewer people than columns', rows: [rows[0]!, rows[40]!, rows[41]!], reason: 'too_few_people' },
    { title: '49 people in three services with two covariates', rows: rows.slice(28, 77), reason: 'too_few_people' },
    { title: 'a service of one person', rows: rows.slice(29), reason: 'too_few_people' },
    {
      title: 'every change the same',
      rows: rows.map((it) => ({ ...it, improvement: 3 })),
      reason: 'not_estimable',
    },
  ])('$title: raw means, and why nothing is adjusted', ({ rows: some, reason }) => {
    expect(adjustedChange(some).every((it) => it.adjusted === null && it.reason === reason)).toBe(true)
  })

  it('a covariate that is the same for everyone takes nothing away', () => {
    const same = rows.map((it) => ({ ...it, covariates: [...it.covariates, 1] }))
    expectClose(adjustedChange(same)[0]?.adjusted, adjustedChange(rows)[0]?.adjusted, 1e-12)
  })
})
