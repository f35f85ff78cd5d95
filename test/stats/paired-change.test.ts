import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standardisedChange } from '../../src/stats/effect-size.ts'
import { pairedChange } from '../../src/stats/paired-change.ts'
import { signedRankTest } from '../../src/stats/wilcoxon.ts'
import { expectClose, type OraclePairs, oracle } from './oracle.ts'

const dataset = (name: string) => oracle.pairs.find((pairs) => pairs.name === name) as OraclePairs

describe.each(oracle.pairs)('change in $name', ({ pre, post, change, effect, signed_rank }) => {
  it("agrees with R's paired t test", () => {
    const { reason, ...found } = pairedChange(pre, post)
    expect(reason).toBeNull()
    expect(Object.keys(found)).toEqual(Object.keys(change))
    for (const [name, value] of Object.entries(found)) expectClose(value, change[name], 1e-9)
  })

  it('agrees with effect sizes worked out in R from its own noncentral t', () => {
    const { reason, ...found } = standardisedChange(pre, post)
    expect(reason).toBeNull()
    expect(Object.keys(found)).toEqual(Object.keys(effect))
    for (const [name, value] of Object.entries(found)) expectClose(value, effect[name], 1e-8, 1e-9)
  })

  it('agrees with the signed-rank test in R', () => {
    const found = signedRankTest(pre, post)
    expect(found).toMatchObject({ v: signed_rank.v, n_used: signed_rank.n_used })
    expect(found.method).toBe(signed_rank.n_used <= 200 ? 'exact' : 'normal')
    expectClose(found.p, signed_rank.p, 1e-9)
  })
})

describe('signed ranks', () => {
  it('ties in decimal weights are ties: V of the anorexia trial is 1726, not 1724.5', () => {
    const { pre, post } = dataset('anorexia')
    expect(signedRankTest(pre, post)).toMatchObject({ n: 72, n_used: 71, v: 1726, method: 'exact' })
  })

  it('uses the normal approximation above 200 changed pairs', () => {
    const { pre, post } = dataset('questionnaire_260')
    expect(signedRankTest(pre, post).method).toBe('normal')
  })

  it.each([
    { title: 'nobody', pre: [], post: [], expected: { n: 0, n_used: 0, reason: 'no_pairs' } },
    {
      title: 'nobody changed',
      pre: [3, 4],
      post: [3, 4],
      expected: { n: 2, n_used: 0, reason: 'all_zero_differences' },
    },
  ])('has no p for $title', ({ pre, post, expected }) => {
    expect(signedRankTest(pre, post)).toEqual({ ...expected, v: null, p: null, method: null })
  })

  it('one changed person says nothing: p is 1', () => {
    expect(signedRankTest([5, 3], [2, 3])).toMatchObject({ n_used: 1, v: 0, p: 1 })
  })
})

describe('where a number does not exist', () => {
  it.each([
    { title: 'nobody', pre: [], post: [], reason: 'no_pairs' },
    { title: 'one person', pre: [12], post: [7], reason: 'one_pair' },
    { title: 'nobody changed', pre: [12, 9, 4], post: [12, 9, 4], reason: 'constant_differences' },
    { title: 'everyone fell by 0.1', pre: [0.3, 0.2, 1.1], post: [0.2, 0.1, 1], reason: 'constant_differences' },
  ])('$title: no t, no interval, no effect size, and why', ({ pre, post, reason }) => {
    expect(pairedChange(pre, post)).toMatchObject({ n: pre.length, t: null, p: null, ci95: null, reason })
    expect(standardisedChange(pre, post)).toMatchObject({
      dz: null,
      dz_ci95: null,
      hedges_g: null,
      d_pre_ci95: null,
      reason,
    })
  })

  it('still gives what does exist', () => {
    expect(pairedChange([12], [7])).toMatchObject({ mean_pre: 12, mean_change: -5, sd_change: null, df: null })
    expect(pairedChange([1, 2, 3], [3, 4, 5])).toMatchObject({ mean_change: 2, sd_change: 0, df: 2 })
    expect(standardisedChange([1, 2, 3], [3, 4, 5])).toMatchObject({ d_pre: 2, d_av: 2 })
    expect(standardisedChange([4, 4, 4], [1, 3, 2])).toMatchObject({ d_pre: null, d_pre_ci95: null, reason: null })
  })

  it('has no Hedges g for two people: the correction is zero on one degree of freedom', () => {
    const { dz, hedges_g, hedges_g_ci95 } = standardisedChange([10, 14], [7, 13])
    expect(dz).toBeCloseTo(-Math.SQRT2, 12)
    expect([hedges_g, hedges_g_ci95]).toEqual([null, null])
  })

  it('refuses lists of different length and values that are not numbers', () => {
    expect(() => pairedChange([1, 2], [1])).toThrow('same length')
    expect(() => pairedChange([1, Number.NaN], [1, 2])).toThrow('not a finite number')
  })
})

describe('for any people', () => {
  const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
    minLength: 3,
    maxLength: 25,
  })

  it('swapping first and last turns every sign and no p', () => {
    fc.assert(
      fc.property(scores, (rows) => {
        const [pre, post] = [rows.map((row) => row[0]), rows.map((row) => row[1])]
        const [there, back] = [pairedChange(pre, post), pairedChange(post, pre)]
        expectClose(there.mean_change, -(back.mean_change as number), 1e-12)
        expectClose(there.p, back.p, 1e-9)
        if (there.ci95 && back.ci95) expectClose([...there.ci95], [-back.ci95[1], -back.ci95[0]], 1e-10, 1e-10)
        const [d, e] = [standardisedChange(pre, post), standardisedChange(post, pre)]
        if (d.dz_ci95 && e.dz_ci95) expectClose([...d.dz_ci95], [-e.dz_ci95[1], -e.dz_ci95[0]], 1e-8, 1e-9)
        const [up, down] = [signedRankTest(pre, post), signedRankTest(post, pre)]
        expectClose(up.p, down.p, 1e-12)
        if (up.v !== null && down.v !== null) expect(up.v + down.v).toBe((up.n_used * (up.n_used + 1)) / 2)
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  it('adding the same number to every score changes no change', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: -1000, max: 1000 }), (rows, shift) => {
        const [pre, post] = [rows.map((row) => row[0]), rows.map((row) => row[1])]
        const moved = pairedChange(
          pre.map((score) => score + shift),
          post.map((score) => score + shift),
        )
        const { mean_change, sd_change, t, p, ci95 } = pairedChange(pre, post)
        expect(moved).toMatchObject({ mean_change, sd_change, t, p, ci95 })
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('the effect size lies inside its interval', () => {
    fc.assert(
      fc.property(scores, (rows) => {
        const { dz, dz_ci95, d_pre, d_pre_ci95 } = standardisedChange(
          rows.map((row) => row[0]),
          rows.map((row) => row[1]),
        )
        const within = (value: number | null, interval: readonly [number, number] | null) =>
          value === null || interval === null || (interval[0] < value && value < interval[1])
        return within(dz, dz_ci95) && within(d_pre, d_pre_ci95)
      }),
      { seed: 4, numRuns: 60 },
    )
  })
})
