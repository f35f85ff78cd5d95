import { describe, expect, it } from 'vitest'
import { analyseChange, type ChangeOptions, type ChangeRow } from '../../src/change/analyse-change.ts'
import { clinicalCutoff, reliableChangeIndex } from '../../src/change/jacobson-truax.ts'
import { table } from '../table.ts'

const NOTHING: ChangeOptions = {
  better: null,
  reliability: null,
  sd: null,
  clinical: null,
  functional: null,
  cutoff: null,
}

const rows = (drawing: string) => table(drawing).map((row) => ({ group: null, ...row })) as unknown as ChangeRow[]

describe('the worked example of Jacobson and Truax (1991)', () => {
  const norms = { clinical: { mean: 40, sd: 7.5 }, functional: { mean: 60, sd: 7.5 } }

  it('a change from 32.5 to 47.5 with SD 7.5 and reliability 0.80 has an index of 3.16', () => {
    const index = reliableChangeIndex(7.5, 0.8)
    expect(index.standard_error).toBeCloseTo(3.3541, 4)
    expect(index.standard_error_of_difference).toBeCloseTo(4.7434, 4)
    expect((47.5 - 32.5) / index.standard_error_of_difference).toBeCloseTo(3.1623, 4)
    expect(index.points).toBeCloseTo(1.96 * 4.7434165, 6)
  })

  it.each([
    ['a', 55],
    ['b', 45],
    ['c', 50],
  ] as const)('cut-off %s is %d', (kind, score) => {
    expect(clinicalCutoff(kind, { better: 'higher', ...norms })).toBeCloseTo(score, 10)
  })

  it.each([
    ['a', 20],
    ['b', 18],
    ['c', (10 * 10 + 4 * 40) / 14],
  ] as const)(
    'where lower is better, cut-off %s looks the other way, and b counts in the SD of people who are well',
    (kind, score) => {
      const symptoms = { clinical: { mean: 40, sd: 10 }, functional: { mean: 10, sd: 4 } }
      expect(clinicalCutoff(kind, { better: 'lower', ...symptoms })).toBeCloseTo(score, 10)
    },
  )

  it('without the norm that a cut-off needs there is none', () => {
    expect(clinicalCutoff('c', { better: 'higher', clinical: norms.clinical, functional: null })).toBeNull()
  })
})

describe('who recovered, improved, stayed, worsened and was harmed', () => {
  // Reliable change: 1.96 × √2 × 5 × √(1 − 0.75) = 6.93; case below 25.
  const options = { ...NOTHING, better: 'higher', reliability: 0.75, sd: 5, cutoff: 25 } as const
  const eight = rows(`
    pre | post
    ----+-----
    20  | 27
    20  | 26
    10  | 20
    26  | 34
    30  | 24
    32  | 25
    30  | 23
    20  | 12
  `)

  it('counts each person once', () => {
    expect(analyseChange(eight, options)).toMatchObject({
      reliable_change_points: expect.closeTo(6.9296, 4),
      cutoff: 25,
      n_case_at_start: 4,
      counts: { recovered: 1, improved: 2, unchanged: 2, deteriorated: 2, harmed: 1 },
    })
  })

  it('the same people on a scale turned upside down count the same', () => {
    const turned = eight.map(({ pre, post }) => ({
      pre: 40 - (pre as number),
      post: 40 - (post as number),
      group: null,
    }))
    const { counts } = analyseChange(turned, { ...options, better: 'lower', cutoff: 15.5 })
    expect(counts).toEqual({ recovered: 1, improved: 2, unchanged: 2, deteriorated: 2, harmed: 1 })
  })

  it('without a cut-off nobody can be called recovered or harmed: unknown, not nought', () => {
    expect(analyseChange(eight, { ...options, cutoff: null }).counts).toEqual({
      recovered: null,
      improved: 3,
      unchanged: 2,
      deteriorated: 3,
      harmed: null,
    })
  })

  it('a change of exactly the reliable change counts', () => {
    // 1.96 × √2 × SD × √0.5 = 1.96 × SD = 9.8
    const exactly = rows('pre | post\n-+-\n10 | 19.8\n10 | 19.7\n19.8 | 10')
    expect(analyseChange(exactly, { ...NOTHING, better: 'higher', reliability: 0.5, sd: 5 }).counts).toMatchObject({
      improved: 1,
      unchanged: 1,
      deteriorated: 1,
    })
  })

  it.each([
    [{ ...options, better: null }, 'no_direction'],
    [{ ...options, reliability: null }, 'no_reliability'],
  ])('without what counting needs it says which', (given, counts_reason) => {
    expect(analyseChange(eight, given)).toMatchObject({ counts: null, counts_reason })
  })
})

describe('the statistics are of people with both scores, signed as measured', () => {
  const some = rows(`
    pre | post | group
    ----+------+------
    30  | 22   | SCM
    28  | 25   | SCM
    26  |      | SCM
    24  | 16   | peer
    22  | 21   | peer
        | 12   | peer
  `)

  it('counts who is in the file and who has both', () => {
    expect(analyseChange(some, NOTHING)).toMatchObject({
      n: 6,
      n_complete: 4,
      mean_pre: 26,
      mean_post: 21,
      mean_change: -5,
      t: expect.closeTo(-5 / (Math.sqrt((9 + 4 + 9 + 16) / 3) / 2), 10),
      df: 3,
      wilcoxon: { v: 0, p: 0.125, reason: null },
    })
  })

  it('gives each group by name, against the one threshold of all', () => {
    const both = analyseChange(some, { ...NOTHING, better: 'lower', reliability: 0.9 })
    expect(both.groups.map((it) => [it.group, it.n, it.n_complete, it.mean_change])).toEqual([
      ['SCM', 3, 2, -5.5],
      ['peer', 3, 2, -4.5],
    ])
    expect(both.groups.map((it) => it.reliable_change_points)).toEqual(Array(2).fill(both.reliable_change_points))
  })

  it.each([
    ['nobody with both', 'pre | post\n-+-\n1 | ', 'no_pairs'],
    ['one person', 'pre | post\n-+-\n1 | 2', 'one_pair'],
    ['the same change for all', 'pre | post\n-+-\n0.1 | 0.3\n0.2 | 0.4\n0.3 | 0.5', 'constant_differences'],
  ])('%s: no test, with a reason', (_, drawing, reason) => {
    expect(analyseChange(rows(drawing), NOTHING)).toMatchObject({ t: null, p: null, ci95: null, dz: null, reason })
  })

  it('baselines that are all alike have no SD to count with', () => {
    const alike = rows('pre | post\n-+-\n10 | 12\n10 | 15\n10 | 9')
    expect(analyseChange(alike, { ...NOTHING, better: 'higher', reliability: 0.8 })).toMatchObject({
      reliable_change_points: null,
      counts: null,
      counts_reason: 'no_baseline_spread',
    })
  })
})
