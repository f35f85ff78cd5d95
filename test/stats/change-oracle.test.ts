import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHANGE_INDICES, type ChangeIndexId, changeIndex } from '../../src/change/change-index.ts'
import { benjaminiHochberg, holm } from '../../src/stats/adjust-p.ts'
import { mean, sampleSd } from '../../src/stats/describe.ts'
import { hodgesLehmann } from '../../src/stats/hodges-lehmann.ts'
import { mcnemarMidP, type PairedCounts } from '../../src/stats/proportion.ts'
import { tangoPaired } from '../../src/stats/tango.ts'
import { expectClose } from './oracle.ts'

type Pair = readonly [number, number]
interface ChangeOracle {
  shifts: { pre: number[]; post: number[]; estimate: number; ci95: Pair; coverage: number | null }[]
  tango: (PairedCounts & { lower: number; upper: number })[]
  people: {
    pre: number[]
    post: number[]
    reliability: number
    reliability_post: number
    norm: { mean: number; sd: number }
    of_sample: Record<ChangeIndexId, number[]>
    of_norm: Record<ChangeIndexId, number[]>
  }
  families: { p: number[]; holm: number[]; bh: number[] }[]
}

/** Numbers made by R: `fixtures/oracle/change.R`. */
const oracle = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/oracle/change.json'), 'utf8'),
) as ChangeOracle

describe('the Hodges-Lehmann shift', () => {
  it.each(oracle.shifts.map((it) => [it.pre.length, it] as const))('of %d people agrees with R', (_, it) => {
    const found = hodgesLehmann(it.pre, it.post)
    expectClose(found.estimate, it.estimate, 1e-9)
    expectClose(found.ci95, it.ci95, 1e-9)
    if (it.coverage !== null) expectClose(found.coverage, it.coverage, 1e-9)
  })

  it('keeps unchanged people in: three of six fell by 4 and three stayed, so the shift is 2 down and not 4', () => {
    const pre = [10, 12, 14, 16, 18, 20]
    const post = [6, 8, 10, 16, 18, 20]
    expect(hodgesLehmann(pre, post).estimate).toBe(-2)
  })

  it('has no interval below six people: none reaches 95%', () => {
    expect(hodgesLehmann([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])).toMatchObject({
      estimate: 3,
      ci95: null,
      coverage: null,
      reason: 'fewer_than_6',
    })
    expect(hodgesLehmann([], [])).toMatchObject({ n: 0, estimate: null, ci95: null, reason: 'no_pairs' })
  })

  it('above 200 people counts in by the normal approximation', () => {
    const pre = Array.from({ length: 300 }, (_, i) => i % 40)
    const post = pre.map((score, i) => score + (i % 7) - 1)
    const averages = pre
      .flatMap((_, i) => pre.slice(i).map((__, j) => (post[i]! - pre[i]! + post[i + j]! - pre[i + j]!) / 2))
      .sort((a, b) => a - b)
    const { estimate, ci95 } = hodgesLehmann(pre, post)
    expect(estimate).toBe((averages[45150 / 2 - 1]! + averages[45150 / 2]!) / 2)
    // 300 × 301 / 4 − 1.959964 × √(300 × 301 × 601 / 24) = 19627.7
    expect(ci95).toEqual([averages[19627 - 1], averages[45150 - 19627]])
  })
})

describe('Tango’s interval', () => {
  it.each(oracle.tango)(
    'agrees with R for $both both, $pre_only only first, $post_only only last, $neither neither',
    (it) => {
      expectClose(tangoPaired(it), [it.lower, it.upper], 1e-6, 1e-7)
    },
  )

  it('complete response before and after consolidation (Cavo 2012, in Fagerland and others 2017): 0.0054 to 0.1240, mid-p 0.034690', () => {
    const cavo = { both: 59, pre_only: 6, post_only: 16, neither: 80 }
    const [lower, upper] = tangoPaired(cavo) as Pair
    expect([lower.toFixed(4), upper.toFixed(4)]).toEqual(['0.0054', '0.1240'])
    expect(mcnemarMidP(6, 16).p?.toFixed(6)).toBe('0.034690')
  })

  it('exists where nobody changed, and where everybody did', () => {
    const z2 = 1.959963984540054 ** 2
    expectClose(
      tangoPaired({ both: 5, pre_only: 0, post_only: 0, neither: 5 }),
      [-z2 / (10 + z2), z2 / (10 + z2)],
      1e-9,
    )
    const [lower, upper] = tangoPaired({ both: 0, pre_only: 0, post_only: 8, neither: 0 }) as Pair
    expect([lower > 0.3 && lower < 1, upper]).toEqual([true, 1])
    expect(tangoPaired({ both: 0, pre_only: 0, post_only: 0, neither: 0 })).toBeNull()
  })
})

describe('every person’s index of reliable change agrees with R', () => {
  const { pre, post, reliability, reliability_post, norm, of_sample, of_norm } = oracle.people
  const pairs = pre.map((pre_score, i) => ({ pre_score, post_score: post[i] as number }))
  const sample = { mean: mean(pre) as number, sd: sampleSd(pre) as number }

  it.each(CHANGE_INDICES)('%s, with M and SD of the sample and of a norm', (id) => {
    for (const [own, expected] of [
      [sample, of_sample],
      [norm, of_norm],
    ] as const) {
      const { of } = changeIndex(id, { reliability, reliability_post, ...own, pairs })
      expectClose(
        pairs.map((pair) => of?.(pair.pre_score, pair.post_score)),
        expected[id],
        1e-10,
        1e-12,
      )
    }
  })
})

describe('p values of several tests', () => {
  it.each(oracle.families)('of $p agree with R', ({ p, holm: byHolm, bh }) => {
    expectClose(holm(p), byHolm, 1e-12)
    expectClose(benjaminiHochberg(p), bh, 1e-12)
  })

  it('a test that could not be made is not counted in the family', () => {
    expect(holm([0.04, null, 0.02])).toEqual([0.04, null, 0.04])
    expect(benjaminiHochberg([null, 0.04, 0.02])).toEqual([null, 0.04, 0.04])
    expect(holm([])).toEqual([])
  })

  it('refuses what is no p value', () => {
    expect(() => holm([1.2])).toThrow('between 0 and 1')
  })
})
