import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseChange, type ChangeOptions, type ChangeRow } from '../../src/change/analyse-change.ts'
import { CHANGE_INDEX_NOTES, CHANGE_INDICES } from '../../src/change/change-index.ts'
import { measureById } from '../../src/measures/registry.ts'
import { createRandom } from '../../src/stats/random.ts'
import { table } from '../table.ts'

const NOTHING: ChangeOptions = {
  better: null,
  reliability: null,
  sd: null,
  clinical: null,
  functional: null,
  cutoff: null,
}
const LOWER: ChangeOptions = { ...NOTHING, better: 'lower' }
const HIGHER: ChangeOptions = { ...NOTHING, better: 'higher' }

const rows = (drawing: string) => table(drawing).map((row) => ({ group: null, ...row })) as unknown as ChangeRow[]
const pairs = (...scores: readonly (readonly [number, number])[]) =>
  scores.map(([pre, post]): ChangeRow => ({ pre, post, group: null }))

/** Forty people on a symptom scale, nearly all better by about ten points. */
function mostlyBetter(): ChangeRow[] {
  const random = createRandom('mostly better')
  return Array.from({ length: 40 }, () => {
    const pre = 22 + Math.round(14 * random())
    return { pre, post: pre - 7 - Math.round(7 * random()), group: null }
  })
}

describe('the other indices and what they do', () => {
  it('everybody got better by 7 to 14 points: Jacobson and Truax find nobody worse, HLL calls some of them deteriorated', () => {
    const people = mostlyBetter()
    const by = (index: 'jt' | 'hll') => analyseChange(people, { ...LOWER, reliability: 0.9, index })
    expect(by('jt').counts).toMatchObject({ deteriorated: 0, improved: 40 })
    expect(by('hll').counts?.deteriorated).toBeGreaterThan(0)
    expect(by('hll').counts?.improved).toBeLessThan(20)
    expect(by('hll').warnings.join()).toContain('mean change of this sample')
  })

  it.each(CHANGE_INDICES)('%s prints its name, formula, source and, unless it is the default, its warning', (index) => {
    const { thresholds, warnings } = analyseChange(mostlyBetter(), { ...LOWER, reliability: 0.9, index })
    const { name, formula, source, critical, warning } = CHANGE_INDEX_NOTES[index]
    expect(thresholds.reliable_change).toMatchObject({ rule: index, name, formula, source, critical })
    expect(warnings.includes(warning ?? '')).toBe(index !== 'jt')
  })

  it('a fixed number of points exists for Jacobson and Truax alone: the others depend on a person’s own first score or on the sample', () => {
    const points = CHANGE_INDICES.map(
      (index) => analyseChange(mostlyBetter(), { ...LOWER, reliability: 0.9, sd: 5, index }).reliable_change_points,
    )
    expect(points).toEqual([expect.closeTo(1.96 * Math.SQRT2 * 5 * Math.sqrt(0.1), 10), null, null, null, null, null])
  })

  it('HA has no index where change varies no more than measurement error would make it', () => {
    const people = pairs([10, 12], [14, 15], [18, 20], [22, 23], [26, 28])
    expect(analyseChange(people, { ...LOWER, reliability: 0.5, index: 'ha' })).toMatchObject({
      counts: null,
      counts_reason: 'unreliable_change',
    })
  })

  it('on a scale turned upside down every index counts the same people', () => {
    const scores = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { minLength: 5, maxLength: 30 })
    fc.assert(
      fc.property(scores, fc.constantFrom(...CHANGE_INDICES), (some, index) => {
        const turned = pairs(...some.map(([pre, post]) => [40 - pre, 40 - post] as const))
        const options = { reliability: 0.8, index, cutoff: 20.5 }
        const [up, down] = [
          analyseChange(pairs(...some), { ...LOWER, ...options, range: [0, 40] }),
          analyseChange(turned, { ...HIGHER, ...options, cutoff: 19.5, range: [0, 40] }),
        ]
        expect(down.counts).toEqual(up.counts)
        expect(down.outcomes?.shares).toEqual(up.outcomes?.shares)
        expect(down.outcomes?.room).toEqual(up.outcomes?.room)
      }),
      { seed: 5, numRuns: 150 },
    )
  })
})

describe('anchors', () => {
  const five = rows(`
    pre | post
    ----+-----
    20  | 10
    20  | 11
    8   | 4
    4   | 6
    0   | 3
  `)

  it('half of the first score: 20 to 10 counts, 20 to 11 does not, and nobody has half of 0', () => {
    expect(analyseChange(five, { ...LOWER, percent: 50 })).toMatchObject({
      counts: { improved: 2, unchanged: 1, deteriorated: 1 },
      reliable_change_points: null,
      outcomes: { n_not_classified: 1, n_on_threshold: 3, shares: { any_improved: { count: 2, n: 4 } } },
    })
  })

  it('a minimal important difference of 9 points', () => {
    expect(analyseChange(five, { ...LOWER, points: 9 })).toMatchObject({
      counts: { improved: 2, unchanged: 3, deteriorated: 0 },
      reliable_change_points: 9,
      thresholds: { reliable_change: { rule: 'points', origin: 'supplied' } },
      outcomes: { n_on_threshold: 1 },
    })
  })
})

describe('where a threshold came from is said', () => {
  it('from the codebook: ReQoL-10, 5 points and below 25, with their source and status', () => {
    const reqol = measureById('reqol-10')?.scales[0]
    if (reqol === undefined) throw new Error('ReQoL-10 is in the codebook')
    const document = analyseChange(pairs([20, 25], [30, 24], [38, 40]), {
      ...NOTHING,
      scale: { measure_id: 'reqol-10', scale: reqol },
    })
    expect(document.thresholds).toMatchObject({
      better: 'higher',
      reliable_change: { points: 5, origin: 'registry', status: 'CONFIRMED' },
      cutoff: { value: 25, case_when: 'below', origin: 'registry' },
      range: { min: 0, max: 40, origin: 'registry' },
    })
    expect(document.counts).toEqual({ recovered: 1, improved: 0, unchanged: 1, deteriorated: 0, harmed: 1 })
  })

  it('a measure without a published threshold counts nobody and says so', () => {
    const scale = measureById('wsas')?.scales[0]
    if (scale === undefined) throw new Error('WSAS is in the codebook')
    const bare = { ...scale, reliable_change: null, cutoff: null }
    expect(
      analyseChange(pairs([20, 25], [30, 24]), { ...NOTHING, scale: { measure_id: 'wsas', scale: bare } }),
    ).toMatchObject({
      counts: null,
      counts_reason: 'no_published_threshold',
      cutoff: null,
    })
  })

  it('from norms that were given, or from the sample, with a note', () => {
    const people = pairs([20, 25], [30, 24], [26, 20])
    const given = analyseChange(people, {
      ...LOWER,
      reliability: 0.8,
      sd: 6,
      clinical: { mean: 24, sd: 6 },
      functional: { mean: 10, sd: 4 },
      cutoff: 'c',
    })
    expect(given.thresholds).toMatchObject({
      reliable_change: { sd: 6, sd_origin: 'supplied', origin: 'supplied' },
      cutoff: { kind: 'c', clinical_origin: 'supplied', origin: 'supplied' },
    })
    expect(given.warnings).toEqual([])
    const norms = { reliability: 0.8, sd: 6, clinical: { mean: 24, sd: 6 } }
    const origins = CHANGE_INDICES.map((index) => {
      const { origin, mean, mean_origin } = analyseChange(people, { ...LOWER, ...norms, index }).thresholds
        .reliable_change
      return [index, origin, mean, mean_origin]
    })
    expect(origins).toEqual([
      ['jt', 'supplied', null, null],
      ['gln', 'supplied', 24, 'supplied'],
      ['hll', 'sample', 24, 'supplied'],
      ['en', 'supplied', 24, 'supplied'],
      ['nk', 'supplied', 24, 'supplied'],
      ['ha', 'sample', null, null],
    ])
    const own = analyseChange(people, { ...LOWER, reliability: 0.8, cutoff: 'a' })
    expect(own.thresholds).toMatchObject({
      reliable_change: { sd_origin: 'sample', origin: 'sample' },
      cutoff: { kind: 'a', clinical_origin: 'sample', origin: 'sample' },
    })
    expect(own.warnings).toHaveLength(2)
    const pulled = analyseChange(people, { ...LOWER, reliability: 0.8, sd: 6, index: 'gln' })
    expect(pulled.thresholds.reliable_change).toMatchObject({ origin: 'sample', mean_origin: 'sample' })
    expect(pulled.warnings.join()).toContain('these people’s own first scores')
  })
})

describe('boundaries', () => {
  const exact = pairs([20, 15], [20, 14], [15, 20])

  it.each([
    ['inclusive', { improved: 2, unchanged: 0, deteriorated: 1 }],
    ['strict', { improved: 1, unchanged: 2, deteriorated: 0 }],
  ] as const)('%s: a change of exactly 5 points', (boundary, counts) => {
    const document = analyseChange(exact, { ...LOWER, points: 5, boundary })
    expect(document).toMatchObject({ counts, outcomes: { n_on_threshold: 2 } })
    expect(document.boundaries.toLowerCase()).toContain(boundary)
  })

  it('an index of exactly 1.96 is on the boundary in spite of decimals', () => {
    // 1.96 × √2 × 5 × √0.5 = 9.8
    const document = analyseChange(pairs([19.8, 10], [10.1, 19.9]), { ...LOWER, reliability: 0.5, sd: 5 })
    expect(document).toMatchObject({ counts: { improved: 1, deteriorated: 1 }, outcomes: { n_on_threshold: 2 } })
  })

  it('who has a score exactly on the cut-off is counted apart, as conventions differ', () => {
    expect(analyseChange(exact, { ...LOWER, points: 5, cutoff: 15 })).toMatchObject({
      n_case_at_start: 3,
      counts: { recovered: 1 },
      outcomes: { n_on_cutoff: 2 },
    })
  })
})

describe('both denominators, and who could not change', () => {
  const twelve = rows(`
    pre | post
    ----+-----
    10  | 30
    12  | 26
    14  | 15
    16  | 10
    18  | 26
    20  | 24
    26  | 20
    30  | 38
    37  | 40
    38  | 39
    40  | 30
    3   | 2
  `)
  const options = { ...HIGHER, points: 5, cutoff: 25, range: [0, 40] as const }
  const { outcomes, counts, case_change } = analyseChange(twelve, options)

  it('recovered of everyone and of the cases; harmed of everyone and of the others', () => {
    expect(counts).toEqual({ recovered: 3, improved: 1, unchanged: 5, deteriorated: 2, harmed: 1 })
    expect(outcomes?.shares).toMatchObject({
      any_improved: { count: 4, n: 12 },
      any_deteriorated: { count: 3, n: 12 },
      recovered_of_all: { count: 3, n: 12, proportion: 0.25 },
      recovered_of_cases_at_start: { count: 3, n: 7, proportion: 3 / 7 },
      harmed_of_all: { count: 1, n: 12 },
      harmed_of_others_at_start: { count: 1, n: 5, proportion: 0.2 },
    })
  })

  it('three people began within five points of the top and one within five of the bottom', () => {
    expect(outcomes?.room).toMatchObject({
      n_could_not_improve: 3,
      n_could_not_deteriorate: 1,
      improved_of_those_who_could: { count: 4, n: 9 },
    })
    expect(analyseChange(twelve, { ...options, range: null }).outcomes?.room).toBeNull()
  })

  it('cases before and after, with McNemar’s mid-p and both intervals', () => {
    expect(case_change).toMatchObject({
      n: 12,
      n_case_pre: 7,
      n_case_post: 5,
      n_case_pre_only: 3,
      n_case_post_only: 1,
      difference: -2 / 12,
      p: expect.closeTo(2 * (1 / 16 + 4 / 16) - 4 / 16, 10),
      reason: null,
    })
  })
})

describe('edge cases', () => {
  it.each([
    ['nobody', [], { n_complete: 0, counts: null, counts_reason: 'no_baseline_spread', reason: 'no_pairs' }],
    ['one person', [[12, 7]], { counts: null, counts_reason: 'no_baseline_spread', reason: 'one_pair' }],
    [
      'two people',
      [
        [12, 7],
        [20, 18],
      ],
      { n_complete: 2, reason: null, hedges_g: null },
    ],
    [
      'nobody changed',
      [
        [12, 12],
        [15, 15],
        [9, 9],
      ],
      { reason: 'constant_differences', counts: { unchanged: 3 } },
    ],
    [
      'all changed alike',
      [
        [12, 10],
        [15, 13],
        [9, 7],
      ],
      { mean_change: -2, t: null, reason: 'constant_differences' },
    ],
  ] as const)('%s', (_, scores, expected) => {
    expect(analyseChange(pairs(...scores), { ...LOWER, reliability: 0.8 })).toMatchObject(expected)
  })

  it('reliability 0 makes nearly every change one that error could explain', () => {
    const { reliable_change_points } = analyseChange(pairs([10, 2], [20, 25]), { ...LOWER, reliability: 0, sd: 5 })
    expect(reliable_change_points).toBeCloseTo(1.96 * Math.SQRT2 * 5, 10)
  })

  it('reliability 1 would make every change reliable, and has no index', () => {
    expect(analyseChange(pairs([10, 2], [20, 25]), { ...LOWER, reliability: 1, sd: 5 })).toMatchObject({
      counts: null,
      counts_reason: 'perfect_reliability',
    })
  })

  it('a cut-off outside the scale is said', () => {
    const document = analyseChange(pairs([10, 2], [20, 25]), { ...LOWER, points: 5, cutoff: 50, range: [0, 40] })
    expect(document.warnings).toContain('The cut-off lies outside the scale: nobody can cross it.')
    expect(document).toMatchObject({
      n_case_at_start: 0,
      case_change: { n_case_pre: 0, p: null, reason: 'fewer_than_5' },
    })
  })

  it('nine people have intervals of the change in cases and no test', () => {
    const nine = pairs(...Array.from({ length: 9 }, (_, i) => [12, i < 5 ? 6 : 13] as const))
    expect(analyseChange(nine, { ...LOWER, points: 5, cutoff: 10 }).case_change).toMatchObject({
      difference: -5 / 9,
      newcombe_ci95: [expect.any(Number), expect.any(Number)],
      p: null,
      reason: 'fewer_than_10',
    })
  })

  it('ten people of whom nobody crossed have no McNemar test, with the reason', () => {
    const ten = pairs(...Array.from({ length: 10 }, (_, i) => [20 + i, 21 + i] as const))
    expect(analyseChange(ten, { ...LOWER, points: 5, cutoff: 10 }).case_change).toMatchObject({
      difference: 0,
      p: null,
      reason: 'no_discordant_pairs',
      tango_ci95: [expect.closeTo(-0.27753, 5), expect.closeTo(0.27753, 5)],
    })
  })

  it('no bootstrap below twenty, and one that is the same every time from twenty', () => {
    const people = (n: number) => pairs(...Array.from({ length: n }, (_, i) => [20, 12 + (i % 7)] as const))
    expect(analyseChange(people(19), LOWER).bootstrap).toMatchObject({ percentile_ci95: null, reason: 'fewer_than_20' })
    const twice = [analyseChange(people(30), LOWER), analyseChange(people(30), LOWER)].map((it) => it.bootstrap)
    expect(twice[0]).toEqual(twice[1])
    expect(twice[0]?.bca_ci95?.[0]).toBeLessThan(twice[0]?.bca_ci95?.[1] as number)
    expect(analyseChange(people(30), { ...LOWER, seed: 'other' }).bootstrap.percentile_ci95).not.toBeNull()
  })

  it('groups are one family: Holm’s p is never below a group’s own', () => {
    const random = createRandom('groups')
    const people = Array.from({ length: 60 }, (_, i): ChangeRow => {
      const pre = 20 + 10 * random()
      return { pre, post: pre - 4 * random() + (i % 3), group: `g${i % 3}` }
    })
    for (const { p, p_holm } of analyseChange(people, LOWER).groups) expect(p_holm).toBeGreaterThanOrEqual(p as number)
  })
})
