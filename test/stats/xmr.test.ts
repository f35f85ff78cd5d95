import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { xmrChart } from '../../src/stats/xmr.ts'
import type { XmrOptions, XmrRule } from '../../src/stats/xmr-types.ts'
import { expectClose } from './oracle.ts'
import { oracleFile } from './oracle-file.ts'

type Limits = { mean: number; mean_moving_range: number; lower_limit: number; upper_limit: number }
interface Case {
  name: string
  values: (number | null)[]
  limits: Limits
  screened: Limits
  flags: Record<XmrRule, number[]>
}
const { xmr } = oracleFile<{ xmr: Case[] }>('spc')

const HIGHER: XmrOptions = { better: 'higher' }
const chart = (values: readonly (number | null)[], options: XmrOptions = HIGHER) =>
  xmrChart(
    values.map((value, at) => ({ period: `p${at + 1}`, value })),
    options,
  )
const flagged = (values: readonly (number | null)[], rule: XmrRule, options: XmrOptions = HIGHER) =>
  chart(values, options).points.flatMap((point, at) => (point.flags.some((it) => it.rule === rule) ? [at + 1] : []))

const calm = [50, 52, 49, 51, 50, 48, 51, 49, 52, 50, 49, 51, 50]

describe('XmR chart, against R', () => {
  it.each(xmr)('$name: mean, limits, screened limits and every flag', ({ values, limits, screened, flags }) => {
    const found = chart(values)
    for (const key of ['mean', 'mean_moving_range', 'lower_limit', 'upper_limit'] as const) {
      expectClose(found.segments[0]?.[key], limits[key], 1e-12, 1e-12)
      expectClose(chart(values, { ...HIGHER, screen: true }).segments[0]?.[key], screened[key], 1e-12, 1e-12)
    }
    for (const [rule, places] of Object.entries(flags)) {
      expect([rule, flagged(values, rule as XmrRule)]).toEqual([rule, places])
    }
  })
})

describe('the rules of Making Data Count', () => {
  it('limits are mean ± 2.66 × mean moving range, with no range screened out unless asked for', () => {
    const values = [...calm, 90]
    const [unscreened] = chart(values).segments
    const [screened] = chart(values, { ...HIGHER, screen: true }).segments
    expect(unscreened?.n_ranges_screened).toBe(0)
    expect(screened?.n_ranges_screened).toBe(1)
    expectClose(unscreened!.upper_limit! - unscreened!.mean!, 2.66 * unscreened!.mean_moving_range!, 1e-12)
    expect(screened?.mean).toBe(unscreened?.mean)
    expect(screened!.upper_limit!).toBeLessThan(unscreened!.upper_limit!)
  })

  it('6 points above the mean are no shift; the 7th makes it one, and all 7 are flagged', () => {
    const low = [9, 11, 10, 8, 11, 10, 9, 11]
    expect(flagged([...low, ...Array(6).fill(14)], 'shift').filter((at) => at > 8)).toEqual([])
    expect(flagged([...low, ...Array(7).fill(14)], 'shift').filter((at) => at > 8)).toEqual([9, 10, 11, 12, 13, 14, 15])
  })

  it('a point on the mean ends a shift: of 13 around a mean of 10, 6 above, one on it, 6 below', () => {
    expect(flagged([11, 12, 11, 12, 11, 12, 10, 9, 8, 9, 8, 9, 8], 'shift')).toEqual([])
  })

  it('two equal points end a trend', () => {
    expect(flagged([5, 1, 2, 3, 4, 4, 5, 6, 7, 1, 5, 3, 4, 5], 'trend')).toEqual([])
    expect(flagged([5, 1, 2, 3, 4, 5, 6, 7, 1, 5, 3, 4, 5], 'trend')).toEqual([2, 3, 4, 5, 6, 7, 8])
  })

  it('two of three: a point outside the limit counts as one of the two (rule of November 2023)', () => {
    const values = [...Array.from({ length: 16 }, (_, at) => 10 + (at % 2)), 13, 14]
    expect(flagged(values, 'outside_limits')).toEqual([18])
    expect(flagged(values, 'two_of_three')).toEqual([17, 18])
  })

  it('two of three: not when the third is on the other side of the mean', () => {
    const base = Array.from({ length: 15 }, (_, at) => 10 + (at % 2))
    expect(flagged([...base, 13.5, 10, 13.5], 'two_of_three')).toEqual([])
    expect(flagged([...base, 13.5, 11.5, 13.5], 'two_of_three')).toEqual([16, 18])
  })

  it('each flagged point says in words why, with what it means for the way that is better', () => {
    const values = [...calm, 70]
    expect(chart(values).points.at(-1)?.flags[0]).toEqual({
      rule: 'outside_limits',
      side: 'high',
      meaning: 'improvement',
      words: 'above the upper limit',
    })
    const meaning = (options: XmrOptions) => chart(values, options).points.at(-1)?.flags[0]?.meaning
    expect(meaning({ better: 'lower' })).toBe('concern')
    expect(meaning({ better: null })).toBe('neutral')
  })

  it('a point is named by the first of: outside, trend, two of three, shift', () => {
    const values = [...calm, 51, 53, 55, 57, 59, 61, 75]
    expect(
      chart(values)
        .points.at(-1)
        ?.flags.map((it) => it.rule),
    ).toEqual(['outside_limits', 'trend', 'two_of_three'])
  })

  it('where the newest point holds both, improvement is shown', () => {
    const falling = [40, 41, 40, 39, 41, 40, 41, 40, 41, 60, 58, 56, 54, 52, 50, 48]
    const found = chart(falling)
    expect(new Set(found.points.at(-1)?.flags.map((it) => it.meaning))).toEqual(new Set(['improvement', 'concern']))
    expect(found.variation).toBe('improvement')
  })
})

describe('missing periods', () => {
  it('are counted, keep their place, and give no moving range on either side', () => {
    const found = chart([10, null, 12, 13])
    expect(found).toMatchObject({ n_points: 3, n_gaps: 1 })
    expect(found.points.map((it) => it.moving_range)).toEqual([null, null, null, 1])
  })

  it('do not create a run: 6 points and a missing one are not 7', () => {
    const low = [9, 11, 10, 8, 11, 10, 9, 11]
    expect(flagged([...low, 14, 14, 14, null, 14, 14, 14], 'shift').filter((at) => at > 8)).toEqual([])
  })

  it('do not hide a run: 7 recorded points are 7, and the reason says that a period is missing among them', () => {
    const values = [9, 11, 10, 8, 11, 10, 9, 11, 14, 14, 14, null, 14, 14, 14, 14]
    expect(flagged(values, 'shift').filter((at) => at > 8)).toEqual([9, 10, 11, 13, 14, 15, 16])
    expect(chart(values).points.at(-1)?.flags.at(-1)?.words).toContain('counted over a missing period')
  })

  it('are never flagged, wherever they are put', () => {
    const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 60 }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const found = chart(values)
        for (const point of found.points) if (point.value === null) expect(point.flags).toEqual([])
        expect(found.n_points + found.n_gaps).toBe(values.length)
      }),
      { seed: 11, numRuns: 200 },
    )
  })
})

describe('short and constant series', () => {
  it.each([
    { title: 'no point', values: [], limits: undefined, reason: undefined, variation: 'no_points' },
    { title: 'nothing but gaps', values: [null, null], limits: 'none', reason: 'no_points', variation: 'no_points' },
    { title: 'one point', values: [5], limits: 'none', reason: 'one_point', variation: 'fewer_than_13_points' },
    {
      title: 'no two points in a row',
      values: [5, null, 6],
      limits: 'none',
      reason: 'no_two_points_in_a_row',
      variation: 'fewer_than_13_points',
    },
    {
      title: 'two points',
      values: [5, 6],
      limits: 'trial',
      reason: 'fewer_than_13_points',
      variation: 'fewer_than_13_points',
    },
    {
      title: '12 points',
      values: calm.slice(1),
      limits: 'trial',
      reason: 'fewer_than_13_points',
      variation: 'fewer_than_13_points',
    },
    { title: '13 points', values: calm, limits: 'full', reason: null, variation: null },
    { title: 'a constant series', values: Array(13).fill(7), limits: 'full', reason: 'no_variation', variation: null },
  ])('$title', ({ values, limits, reason, variation }) => {
    const found = chart(values)
    expect(found.segments[0]?.limits).toBe(limits)
    expect(found.segments[0]?.reason).toBe(reason)
    expect(found.variation_reason).toBe(variation)
  })

  it('below 13 points a flag says that its limits are on trial', () => {
    const values = [50, 51, 50, 49, 50, 51, 50, 49, 50, 70]
    expect(chart(values).points.at(-1)?.flags[0]?.words).toBe('above the upper limit (trial limits)')
  })

  it('a constant series has its limits on its mean and nothing flagged, in decimals too', () => {
    const values = Array.from({ length: 15 }, (_, at) => (at % 2 === 0 ? 0.3 : 0.1 + 0.2))
    const found = chart(values)
    expect(found.segments[0]).toMatchObject({ mean_moving_range: 0, reason: 'no_variation' })
    expect(found.points.flatMap((it) => it.flags)).toEqual([])
    expect(found.variation).toBe('common_cause')
  })

  it('neighbours that never differ give no limits to be outside of: nothing is flagged though the values differ over a gap', () => {
    const found = chart([...Array(7).fill(5), null, ...Array(7).fill(9)])
    expect(found.segments[0]?.reason).toBe('no_variation')
    expect(found.points.flatMap((it) => it.flags)).toEqual([])
  })

  it('never holds NaN or infinity', () => {
    const value = fc.oneof(fc.constant(null), fc.constant(3), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), fc.boolean(), (values, screen) => {
        const found = chart(values, { better: 'lower', screen, target: 4, rebase_at: ['p5'] })
        const numbers = found.segments.flatMap((it) => Object.values(it).filter((each) => typeof each === 'number'))
        expect(numbers.every(Number.isFinite)).toBe(true)
      }),
      { seed: 12, numRuns: 300 },
    )
  })
})

describe('rebase', () => {
  const values = [...calm, ...calm.map((it) => it + 20)]

  it('is never done by itself: a step of 20 points leaves one segment, and is flagged', () => {
    const found = chart(values)
    expect(found.segments).toHaveLength(1)
    expect(found.points.at(-1)?.flags.length).toBeGreaterThan(0)
  })

  it('where declared, each segment has its own mean and limits, and no run goes over the line', () => {
    const found = chart(values, { ...HIGHER, rebase_at: ['p14'] })
    expect(found.segments.map((it) => [it.from, it.to, it.n_points])).toEqual([
      ['p1', 'p13', 13],
      ['p14', 'p26', 13],
    ])
    expect(found.points.flatMap((it) => it.flags)).toEqual([])
  })

  it('a new segment of under 13 points has trial limits, and no verdict', () => {
    const found = chart(values, { ...HIGHER, rebase_at: ['p16'] })
    expect(found.segments.at(-1)).toMatchObject({ n_points: 11, limits: 'trial' })
    expect(found).toMatchObject({ variation: null, variation_reason: 'fewer_than_13_points' })
  })
})

describe('target', () => {
  it.each([
    { better: 'higher', target: 40, said: 'pass' },
    { better: 'higher', target: 50, said: 'inconsistent' },
    { better: 'higher', target: 60, said: 'fail' },
    { better: 'lower', target: 40, said: 'fail' },
    { better: 'lower', target: 50, said: 'inconsistent' },
    { better: 'lower', target: 60, said: 'pass' },
  ] as const)('values of about 50, $better is better, target $target: $said', ({ better, target, said }) => {
    expect(chart(calm, { better, target }).assurance).toBe(said)
  })

  it.each([
    { options: { better: 'higher' }, reason: 'no_target' },
    { options: { better: null, target: 5 }, reason: 'no_direction' },
  ] as const)('without a verdict: $reason', ({ options, reason }) => {
    expect(chart(calm, options)).toMatchObject({ assurance: null, assurance_reason: reason })
  })

  it('has no verdict below 13 points', () => {
    expect(chart(calm.slice(1), { better: 'higher', target: 50 }).assurance_reason).toBe('fewer_than_13_points')
  })
})
