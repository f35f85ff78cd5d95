import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutcomeAnalysis } from '../../reports/analysis.ts'
import { indicesTable } from '../../reports/parts/change-indices.ts'
import { changeWaterfall, scoreSlope } from '../../reports/parts/person-figures.ts'
import { releaseCaseChange, releaseEffects, releaseLimits } from '../../reports/parts/release-change-detail.ts'
import { releaseOutcome } from '../../reports/parts/release-outcome.ts'
import { scatterPoints } from '../../src/change/change-categories.ts'
import type { ScorePair } from '../../src/change/change-result.ts'
import { compareIndices } from '../../src/change/compare-indices.ts'
import { summariseChange } from '../../src/change/summarise-change.ts'
import { createGate, type Gate } from '../../src/disclosure/gate.ts'
import type { Scale } from '../../src/measures/measure.ts'
import { scaleOf } from '../../src/measures/registry.ts'
import { mcnemarMidP, newcombePaired } from '../../src/stats/proportion.ts'
import { tangoPaired } from '../../src/stats/tango.ts'

const internal = createGate('internal')
const released = createGate('hes-7/5')

/** ReQoL-10: below 25 is a case, 5 points are reliable, 40 is the top. */
function outcomeOf(pairs: readonly ScorePair[]): OutcomeAnalysis {
  const scale = scaleOf('reqol-10', 'total')
  if (scale === null) throw new Error('ReQoL-10 is in the codebook')
  const n = pairs.length
  return {
    measure_id: 'reqol-10',
    measure_name: 'ReQoL-10',
    scale_id: 'total',
    scale_label: 'Total',
    min_score: 0,
    max_score: 40,
    summary: summariseChange({
      measure_id: 'reqol-10',
      scale,
      funnel: { n_eligible: n, n_baseline: n, n_paired: n },
      pairs,
    }),
    national: null,
    rules: null,
    scatter: scatterPoints(pairs, scale),
    indices: null,
    case_mix: [],
  }
}

/** So many people who are cases both times, only at first, only at last, never. */
function crossing(both: number, preOnly: number, postOnly: number, neither: number): OutcomeAnalysis {
  const people = (n: number, pre_score: number, post_score: number) =>
    Array.from({ length: n }, (_, i) => ({ pre_score: pre_score - (i % 3), post_score: post_score - (i % 2) }))
  return outcomeOf([
    ...people(both, 12, 15),
    ...people(preOnly, 20, 31),
    ...people(postOnly, 31, 20),
    ...people(neither, 33, 34),
  ])
}

describe('cases before and after, as released', () => {
  it('with exact numbers it is Newcombe’s and Tango’s interval and McNemar’s mid-p of the people themselves', () => {
    const found = releaseCaseChange(internal, crossing(30, 15, 4, 11))
    const four = { both: 30, pre_only: 15, post_only: 4, neither: 11 }
    const points = (value: number | undefined) => Math.round(100 * (value as number))
    expect(found).toMatchObject({
      n: { value: 60 },
      pre: { percent: { value: 75 } },
      post: { percent: { value: 57 } },
      difference: { value: points(newcombePaired(four)?.difference) },
      newcombe_low: { value: points(newcombePaired(four)?.lower) },
      tango_high: { value: points(tangoPaired(four)?.[1]) },
      p: { value: Math.round(1000 * (mcnemarMidP(15, 4).p as number)) / 1000 },
    })
  })

  it('few who crossed one way are withheld, with the difference and the test; the stars are never nought', () => {
    const found = releaseCaseChange(released, crossing(30, 15, 4, 11))
    for (const name of ['difference', 'newcombe_low', 'tango_high', 'p'] as const) {
      expect(found?.[name].is_suppressed, name).toBe(true)
      expect(found?.[name].value, name).toBeNull()
    }
  })

  it('few who are never a case withhold nothing but themselves', () => {
    const found = releaseCaseChange(released, crossing(30, 15, 0, 3))
    expect(found?.difference.value).toBe(-30)
    expect(found?.p.is_shown).toBe(true)
  })

  it('swapping a withheld number of people for any other from 1 to 7 leaves everything printed as it was', () => {
    const counts = fc.tuple(...([0, 1, 2, 3] as const).map(() => fc.oneof(fc.nat({ max: 7 }), fc.nat({ max: 30 }))))
    fc.assert(
      fc.property(counts, ([a, b, c, d]) => {
        const raw = [a as number, b as number, c as number, d as number]
        const shown = printed(raw)
        for (const [at, n] of raw.entries()) {
          if (n < 1 || n > 7) continue
          for (let other = 1; other <= 7; other++) expect(printed(raw.with(at, other))).toBe(shown)
        }
      }),
      { seed: 8, numRuns: 40 },
    )
  })

  it('nor does it show in whether there is a test: nine people and fifteen print alike where both may be ten', () => {
    expect(printed([0, 8, 0, 1])).toBe(printed([0, 8, 0, 7]))
    expect(printed([0, 8, 0, 1])).not.toContain('too few to test')
  })

  function printed(raw: readonly number[]): string {
    const [both = 0, preOnly = 0, postOnly = 0, neither = 0] = raw
    const found = releaseCaseChange(released, crossing(both, preOnly, postOnly, neither))
    if (found === null) throw new Error('ReQoL-10 has a cut-off')
    const { pre, post, ...others } = found
    return [pre.percent, pre.low, pre.high, post.percent, ...Object.values(others)].map((it) => it.text).join(' | ')
  }
})

describe('who could not improve, recovered, was harmed', () => {
  const outcome = outcomeOf([
    ...Array.from({ length: 20 }, () => ({ pre_score: 20, post_score: 30 })),
    ...Array.from({ length: 12 }, () => ({ pre_score: 37, post_score: 38 })),
    ...Array.from({ length: 9 }, () => ({ pre_score: 30, post_score: 20 })),
  ])
  const limits = (gate: Gate) => releaseLimits(gate, outcome, releaseOutcome(gate, outcome).improved.count)

  it('twelve began within five points of the top; 20 of the other 29 improved; 9 of the 21 who were no case were harmed', () => {
    expect(limits(internal)).toMatchObject({
      could_not_improve: { count: { value: 12 }, percent: { value: 29 } },
      improved_of_those_who_could: { count: { value: 20 }, percent: { value: 69 } },
      harmed: {
        of_all: { count: { value: 9 }, percent: { value: 22 } },
        of_others: { percent: { value: 43 } },
      },
    })
  })

  it('released, each is worked out from rounded counts', () => {
    expect(limits(released)).toMatchObject({
      could_not_improve: { count: { value: 10 } },
      improved_of_those_who_could: { count: { value: 20 }, percent: { value: 67 } },
    })
  })
})

describe('effect sizes', () => {
  it('nine people: each is absent with the reason, beside a mean that is shown', () => {
    const nine = outcomeOf(Array.from({ length: 9 }, (_, i) => ({ pre_score: 10 + i, post_score: 14 + 2 * i })))
    const [effects] = releaseEffects(internal, [nine])
    expect(effects?.d_pre.value).toMatchObject({ value: null, text: 'too few to test' })
    expect(effects?.median.value.text).toBe('too few to test')
  })

  it('Holm’s p allows for as many measures as the table has', () => {
    const twelve = outcomeOf(
      Array.from({ length: 12 }, (_, i) => ({ pre_score: 10 + i, post_score: 11 + ((i * 7) % 12) })),
    )
    const alone = releaseEffects(internal, [twelve])[0]
    const three = releaseEffects(internal, [twelve, twelve, twelve])[0]
    expect(alone?.holm_p.value).toBe(alone?.t_p.value)
    expect(three?.holm_p.value).toBeGreaterThan(alone?.t_p.value as number)
  })
})

describe('charts of single people', () => {
  const outcome = crossing(12, 10, 2, 4)

  it('are made for internal reports only', () => {
    for (const figure of [changeWaterfall, scoreSlope]) {
      expect(figure(released, releaseOutcome(released, outcome))).toBeNull()
      expect(figure(internal, releaseOutcome(internal, outcome))).toMatchObject({ internal_only: true })
    }
  })

  it('the waterfall runs from the worst change to the best, and its table adds up to everyone', () => {
    const figure = changeWaterfall(internal, releaseOutcome(internal, outcome))
    const improvements = figure?.rows.map((row) => (row.improvement as { value: number }).value) ?? []
    expect(improvements).toEqual(improvements.toSorted((a, b) => a - b))
    const people = figure?.table.rows.slice(0, 3).map((row) => (row.people as { value: number }).value) ?? []
    expect(people.reduce((sum, n) => sum + n, 0)).toBe(28)
  })
})

describe('the same people by other indices', () => {
  const NORMS = { reliability: 0.8, reliability_post: null, mean: 18, sd: 6, source: 'Stated' }
  const withIndices = (pairs: readonly ScorePair[]): OutcomeAnalysis => ({
    ...outcomeOf(pairs),
    indices: compareIndices(pairs, scaleOf('reqol-10', 'total') as Scale, NORMS),
  })
  const rowsOf = (gate: Gate, pairs: readonly ScorePair[]) =>
    (indicesTable(gate, [releaseOutcome(gate, withIndices(pairs))])?.rows ?? []).map((row) =>
      Object.values(row).map((cell) => cell?.text),
    )
  const people = (n: number, pre_score: number, post_score: number) =>
    Array.from({ length: n }, () => ({ pre_score, post_score }))
  /** So many who end better, the same and worse by any rule that takes M1 from outside. */
  const three = (better: number, same: number, worse: number) => [
    ...people(better, 18, 36),
    ...people(same, 18, 18),
    ...people(worse, 18, 2),
  ]
  const jacobsonTruax = (gate: Gate, pairs: readonly ScorePair[]) =>
    rowsOf(gate, pairs).find(([, rule]) => rule === 'Jacobson and Truax')

  it('with exact numbers: 12 better, 9 the same, 4 worse, as the published 5 points have it', () => {
    expect(jacobsonTruax(internal, three(12, 9, 4))?.slice(2)).toEqual(['12 (48%)', '9 (36%)', '4 (16%)', '0 (0%)'])
  })

  it('six points on ReQoL-10 are an improvement by the published 5 and none by 1.96 √2 × 6 √(1 − 0.8) = 7.4', () => {
    expect(jacobsonTruax(internal, people(14, 18, 24))?.slice(2)).toEqual([
      '0 (0%)',
      '14 (100%)',
      '0 (0%)',
      '14 (100%)',
    ])
  })

  it('released, the four who are worse are withheld, and swapping them for any other 1 to 7 shows nowhere', () => {
    const shown = jacobsonTruax(released, three(20, 15, 4))
    expect(shown?.slice(2)).toEqual([expect.any(String), expect.any(String), '*'])
    for (let worse = 1; worse <= 7; worse++) expect(jacobsonTruax(released, three(20, 15, worse))).toEqual(shown)
  })

  it('nine people are too few for an index; all of one first score, and the spread stated, are not', () => {
    expect(jacobsonTruax(internal, people(9, 18, 30))?.slice(2)).toEqual(Array(4).fill('too few to test'))
    expect(jacobsonTruax(internal, people(10, 18, 30))?.[2]).toBe('10 (100%)')
  })

  it('an index that these people’s scores do not allow says why, and is not nought', () => {
    const ha = rowsOf(internal, people(12, 18, 30)).find(([, rule]) => rule === 'Hageman and Arrindell')
    expect(ha?.slice(2)).toEqual(Array(4).fill('first or last scores are all the same'))
  })
})
