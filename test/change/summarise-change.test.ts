import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scatterPoints } from '../../src/change/change-categories.ts'
import type { ScorePair } from '../../src/change/change-result.ts'
import { type ChangeInput, summariseChange } from '../../src/change/summarise-change.ts'
import { scale } from '../../src/measures/define.ts'
import type { Scale } from '../../src/measures/measure.ts'
import { onlyDrawn, table } from '../table.ts'

const evidence = { source: 'drawn for this test', status: 'CONFIRMED' } as const

/** Quality of life, 0 to 40, higher is better; 5 points are reliable; below 25 is a case. */
const quality: Scale = scale({
  scale_id: 'total',
  label: 'Quality of life',
  min: 0,
  max: 40,
  better: 'higher',
  rule: 'sum',
  items: [],
  reliable_change: { points: 5, ...evidence },
  cutoff: { case_when: 'below', value: 25, ...evidence },
})

/** Symptoms, 0 to 27, lower is better; 6 points are reliable; 10 and above is a case. */
const symptoms: Scale = scale({
  ...quality,
  max: 27,
  better: 'lower',
  reliable_change: { points: 6, ...evidence },
  cutoff: { case_when: 'at_or_above', value: 10, ...evidence },
})

const pairs = (drawing: string) => table(drawing) as unknown as ScorePair[]

function summary(own: readonly ScorePair[], over: Partial<ChangeInput> = {}) {
  const funnel = { n_eligible: own.length, n_baseline: own.length, n_paired: own.length }
  return summariseChange({ measure_id: 'drawn', scale: quality, funnel, pairs: own, ...over })
}

describe('what became of each person', () => {
  it('on a scale where higher is better, reaching the threshold or the cut-off is enough', () => {
    const drawing = `
      pre_score | post_score | improvement | category     | is_recovered
      ----------+------------+-------------+--------------+-------------
      20        | 25         | 5           | improved     | true
      20        | 24         | 4           | no_change    | false
      10        | 24         | 14          | improved     | false
      24        | 26         | 2           | no_change    | false
      25        | 31         | 6           | improved     | false
      30        | 25         | -5          | deteriorated | false
      30        | 26         | -4          | no_change    | false
    `
    expect(onlyDrawn(points(drawing, quality), drawing)).toEqual(table(drawing))
  })

  it('on a scale where lower is better, a score on the cut-off is still a case', () => {
    const drawing = `
      pre_score | post_score | improvement | category     | is_recovered
      ----------+------------+-------------+--------------+-------------
      15        | 9          | 6           | improved     | true
      16        | 10         | 6           | improved     | false
      10        | 4          | 6           | improved     | true
      9         | 3          | 6           | improved     | false
      9         | 15         | -6          | deteriorated | false
      14        | 9          | 5           | no_change    | false
    `
    expect(onlyDrawn(points(drawing, symptoms), drawing)).toEqual(table(drawing))
  })

  function points(drawing: string, own: Scale) {
    const asWords = (value: boolean | null) => (value === null ? null : String(value))
    return scatterPoints(pairs(drawing), own).map((it) => ({ ...it, is_recovered: asWords(it.is_recovered) }))
  }
})

describe('counts and their denominators', () => {
  const twelve = pairs(`
    pre_score | post_score
    ----------+-----------
    10        | 30
    12        | 20
    14        | 15
    16        | 10
    18        | 26
    20        | 24
    22        | 27
    24        | 24
    28        | 38
    37        | 40
    38        | 39
    40        | 40
  `)
  const people = summary(twelve, {
    funnel: { n_eligible: 30, n_baseline: 20, n_paired: 12 },
    unpaired_pre_scores: [10, 12, 14],
  })

  it('recovered is counted of everyone and of those who started as a case', () => {
    expect(people.recovery).toMatchObject({
      n_case_at_start: 8,
      recovered_of_all: { count: 3, n: 12 },
      recovered_of_cases_at_start: { count: 3, n: 8, proportion: 3 / 8 },
    })
  })

  it('harmed is counted of everyone and of those who were no case: a case who got worse is deteriorated, not harmed', () => {
    const five = pairs(`
      pre_score | post_score
      ----------+-----------
      30        | 20
      30        | 25
      30        | 26
      20        | 12
      26        | 32
    `)
    expect(summary(five)).toMatchObject({
      categories: { deteriorated: { count: 3, n: 5 } },
      recovery: {
        harmed_of_all: { count: 1, n: 5, proportion: 0.2 },
        harmed_of_others_at_start: { count: 1, n: 4 },
      },
    })
  })

  it('three people near the top could not improve by five points: they are counted, and improvement is also given without them', () => {
    expect(people.categories).toMatchObject({
      improved: { count: 5, n: 12 },
      no_change: { count: 6 },
      deteriorated: { count: 1 },
      n_could_not_improve: 3,
      improved_of_those_who_could: { count: 5, n: 9 },
    })
    expect(people).toMatchObject({ n_at_best_pre: 1, n_at_best_post: 2, n_at_worst_pre: 0 })
  })

  it('whoever has no last score is counted as not improved, then as improved', () => {
    expect(people.categories).toMatchObject({
      improved_if_missing_did_not: { count: 5, n: 20, proportion: 0.25 },
      improved_if_missing_did: { count: 13, n: 20, proportion: 0.65 },
    })
    expect(people).toMatchObject({
      completeness: { baseline: { count: 20, n: 30 }, paired: { count: 12, n: 20, proportion: 0.6 } },
      mean_pre_of_missing: 12,
    })
  })

  it('a Wilson interval stands beside each share', () => {
    // 5 of 12: R, prop.test(5, 12, correct = FALSE)
    expect(people.categories?.improved.ci95?.[0]).toBeCloseTo(0.1933, 4)
    expect(people.categories?.improved.ci95?.[1]).toBeCloseTo(0.6805, 4)
  })

  it('the threshold carries its source and how sure it is', () => {
    expect(people.categories?.reliable_change).toEqual({ points: 5, ...evidence })
    expect(people.recovery?.cutoff).toMatchObject({ value: 25, status: 'CONFIRMED' })
  })

  it('without thresholds the counts are absent with a reason', () => {
    const bare = summary(twelve, { scale: { ...quality, reliable_change: null, cutoff: null } })
    expect(bare).toMatchObject({
      categories: null,
      categories_reason: 'no_reliable_change_threshold',
      recovery: null,
      recovery_reason: 'no_case_threshold',
      statistics: { mean_improvement: expect.closeTo(4.5, 10) },
    })
  })
})

describe('the mean change', () => {
  // sleep data of R: t = -4.0621, df = 9, p = 0.002833, interval -2.4598858 to -0.7001142
  const sleep: ScorePair[] = [
    [0.7, 1.9],
    [-1.6, 0.8],
    [-0.2, 1.1],
    [-1.2, 0.1],
    [-0.1, -0.1],
    [3.4, 4.4],
    [3.7, 5.5],
    [0.8, 1.6],
    [0, 4.6],
    [2, 3.4],
  ].map(([pre_score, post_score]) => ({ pre_score: pre_score as number, post_score: post_score as number }))

  it('agrees with R on its sleep data, signed so that positive is better', () => {
    const { statistics } = summary(sleep)
    expect(statistics).toMatchObject({
      mean_change: expect.closeTo(1.58, 10),
      mean_improvement: expect.closeTo(1.58, 10),
      t: expect.closeTo(4.0621, 4),
      df: 9,
      p: expect.closeTo(0.002833, 6),
      dz: expect.closeTo(4.062128 / Math.sqrt(10), 5),
    })
    expect(statistics.improvement_ci95?.[0]).toBeCloseTo(0.7001142, 6)
    expect(statistics.improvement_ci95?.[1]).toBeCloseTo(2.4598858, 6)
    expect(statistics.wilcoxon?.v).toBe(45)
  })

  it('where lower is better the same change is a worsening, and the measured change keeps its sign', () => {
    const { statistics } = summary(sleep, { scale: symptoms })
    expect(statistics).toMatchObject({
      mean_change: expect.closeTo(1.58, 10),
      mean_improvement: expect.closeTo(-1.58, 10),
      t: expect.closeTo(-4.0621, 4),
      wilcoxon: { v: 0 },
    })
    expect(statistics.d_pre).toBeLessThan(0)
  })
})

describe('few people allow few claims', () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ pre_score: 10 + (i % 3), post_score: 16 + (i % 4) }))

  it.each([
    [0, 'no_pairs', false, false],
    [1, 'fewer_than_5', false, false],
    [4, 'fewer_than_5', false, false],
    [5, 'fewer_than_10', true, false],
    [9, 'fewer_than_10', true, false],
    [10, 'fewer_than_20', true, true],
    [19, 'fewer_than_20', true, true],
    [20, null, true, true],
  ])('%d pairs: %s', (n, reason, percentages, test) => {
    const { claims, statistics, categories } = summary(many(n))
    expect(claims).toMatchObject({ reason, may_give_percentages: percentages, may_test: test })
    expect(categories?.improved.proportion !== null).toBe(percentages)
    expect(statistics.p !== null).toBe(test)
    expect(statistics.dz_ci95 !== null).toBe(test)
  })

  it('nobody at all is absence, not nought', () => {
    expect(summary([]).statistics).toMatchObject({ mean_pre: null, mean_improvement: null, reason: 'no_pairs' })
    expect(summary([]).categories?.improved).toMatchObject({ count: 0, n: 0, proportion: null, reason: 'nobody' })
  })

  it('the same change for everyone has no test, and says why', () => {
    const alike = Array.from({ length: 12 }, (_, i) => ({ pre_score: 10 + i, post_score: 13 + i }))
    expect(summary(alike).statistics).toMatchObject({ mean_improvement: 3, t: null, p: null, reason: 'no_spread' })
  })
})

describe('whatever the scores', () => {
  const scores = fc.array(
    fc.record({ pre_score: fc.integer({ min: 0, max: 40 }), post_score: fc.integer({ min: 0, max: 40 }) }),
    {
      maxLength: 30,
    },
  )

  it('improved, no change and deteriorated add up to the pairs, and recovered are among the improved', () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(quality, { ...symptoms, max: 40 }), (own, which) => {
        const { categories, recovery } = summary(own, { scale: which })
        const counts = [categories?.improved, categories?.no_change, categories?.deteriorated].map(
          (it) => it?.count ?? NaN,
        )
        expect(counts.reduce((a, b) => a + b)).toBe(own.length)
        expect(recovery?.recovered_of_all.count).toBeLessThanOrEqual(counts[0] as number)
        expect(recovery?.n_case_at_start).toBeLessThanOrEqual(own.length)
      }),
      { numRuns: 100, seed: 3 },
    )
  })

  it('a scale turned upside down gives the same improvement, effect sizes and counts', () => {
    const half: Scale = { ...quality, cutoff: { case_when: 'below', value: 24.5, ...evidence } }
    const mirrored: Scale = {
      ...quality,
      better: 'lower',
      cutoff: { case_when: 'at_or_above', value: 15.5, ...evidence },
    }
    fc.assert(
      fc.property(scores, (own) => {
        const turned = own.map((it) => ({ pre_score: 40 - it.pre_score, post_score: 40 - it.post_score }))
        const [one, other] = [summary(own, { scale: half }), summary(turned, { scale: mirrored })]
        expect(other.categories).toEqual(one.categories)
        expect(other.recovery?.recovered_of_all).toEqual(one.recovery?.recovered_of_all)
        for (const key of ['mean_improvement', 't', 'dz', 'd_pre', 'd_av', 'hedges_g'] as const) {
          const [a, b] = [one.statistics[key], other.statistics[key]]
          if (a === null) expect(b).toBeNull()
          else expect(b).toBeCloseTo(a, 8)
        }
      }),
      { numRuns: 100, seed: 4 },
    )
  })
})
