import { describe, expect, it } from 'vitest'
import { interruptedSeries } from '../../src/stats/interrupted-series.ts'
import type { Coefficient } from '../../src/stats/linear-regression.ts'
import { gChart, tChart } from '../../src/stats/rare-event-charts.ts'
import { expectClose } from './oracle.ts'
import { oracleFile } from './oracle-file.ts'

interface Rare {
  values: number[]
  centre: number
  lower_limit?: number
  upper_limit: number
}
interface Its {
  name: string
  time: number[]
  value: number[]
  at: number
  lag: number
  slope_before: Coefficient
  level_change: Coefficient
  slope_change: Coefficient
  slope_after: number
  lag1_autocorrelation: number
}
const { g, t, its } = oracleFile<{ g: Rare; t: Rare; its: Its[] }>('spc')

describe('charts of rare events', () => {
  it('g chart: centre ln 2 × mean, upper limit mean + 3 √(mean (mean + 1)), no lower limit below 0', () => {
    const found = gChart(g.values)
    expectClose(found.centre, g.centre, 1e-12)
    expectClose(found.upper_limit, g.upper_limit, 1e-12)
    expect(found).toMatchObject({ lower_limit: null, above: [10], below: [], limits: 'full' })
  })

  it('t chart: XmR limits of the times to the power 1/3.6, turned back', () => {
    const found = tChart(t.values)
    expectClose(found.centre, t.centre, 1e-12)
    expectClose(found.upper_limit, t.upper_limit, 1e-12)
    if (t.lower_limit === 0) expect(found.lower_limit).toBeNull()
    else expectClose(found.lower_limit, t.lower_limit, 1e-12)
  })

  it.each([
    { title: 'no values', values: [], limits: 'none', reason: 'no_values' },
    { title: 'all events at one moment', values: [0, 0, 0], limits: 'trial', reason: 'no_variation' },
    { title: 'under 13', values: [3, 9, 4], limits: 'trial', reason: 'fewer_than_13_points' },
  ])('$title: $reason', ({ values, limits, reason }) => {
    expect(gChart(values)).toMatchObject({ limits, reason })
    expect(tChart(values)).toMatchObject({ limits, reason })
  })

  it('a t chart of one time has a centre and no limits', () => {
    const found = tChart([4])
    expectClose(found.centre, 4, 1e-12)
    expect(found).toMatchObject({ limits: 'none', upper_limit: null, reason: 'one_value' })
  })

  it('refuses negative times, and part people in a g chart', () => {
    expect(() => tChart([-1, 3])).toThrow('0 or more')
    expect(() => gChart([1.5])).toThrow('whole numbers')
  })
})

describe('interrupted time series', () => {
  it.each(its)("$name: agrees with R's lm and sandwich", (expected) => {
    const points = expected.time.map((time, i) => ({ time, value: expected.value[i] as number }))
    const found = interruptedSeries(points, expected.at, expected.lag)
    for (const key of ['slope_before', 'level_change', 'slope_change'] as const) {
      const it = found[key] as Coefficient
      expectClose(it.estimate, expected[key].estimate, 1e-9, 1e-10)
      expectClose([it.se, it.t, it.p], [expected[key].se, expected[key].t, expected[key].p], 1e-8)
      expectClose([...it.ci95], [...expected[key].ci95], 1e-8)
    }
    expectClose(found.slope_after, expected.slope_after, 1e-8, 1e-10)
    expectClose(found.lag1_autocorrelation, expected.lag1_autocorrelation, 1e-8)
    expect(found.standard_errors).toBe(points.length < 12 ? 'ols' : 'newey_west')
  })

  const line = (n: number) => Array.from({ length: n }, (_, time) => ({ time, value: 10 + ((time * 7) % 5) }))
  it.each([
    { title: 'two points before', points: line(9), at: 2, reason: 'fewer_than_3_before' },
    { title: 'two points after', points: line(9), at: 7, reason: 'fewer_than_3_after' },
    {
      title: 'a constant series',
      points: line(9).map((it) => ({ ...it, value: 4 })),
      at: 4,
      reason: 'no_variation',
    },
    { title: 'no points', points: [], at: 4, reason: 'fewer_than_3_before' },
  ])('$title: no estimate, and why', ({ points, at, reason }) => {
    expect(interruptedSeries(points, at)).toMatchObject({ level_change: null, slope_change: null, reason })
  })

  it('the line before starts where it starts: 4, 6, 8 begins at 4', () => {
    const points = [4, 6, 8, 13, 14, 15].map((value, time) => ({ time, value }))
    expectClose(interruptedSeries(points, 3).intercept, 4, 1e-9)
  })

  it('the jump is at the interruption itself: 0, 1, 2, then 13, 14, 15 is a jump of 10 and no bend', () => {
    const points = [0, 1, 2, 13, 14, 15].map((value, time) => ({ time, value }))
    const found = interruptedSeries(points, 3)
    expectClose(found.level_change?.estimate, 10, 1e-9)
    expectClose(found.slope_change?.estimate, 0, 0, 1e-9)
  })
})
