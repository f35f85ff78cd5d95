import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateRatioClustered } from '../../src/stats/rate-ratio-clustered.ts'
import { type BeforeAndAfter, rateExact, rateRatioExact } from '../../src/stats/rates.ts'
import { table } from '../table.ts'
import { expectClose, oracle } from './oracle.ts'

const people = (drawing: string) => table(drawing) as unknown as BeforeAndAfter[]

describe('one rate', () => {
  it("has R's exact Poisson interval", () => {
    for (const { events, time, lower, upper } of oracle.rate) {
      const found = rateExact(events, time)
      expect(found?.rate).toBe(events / time)
      expectClose([found?.lower, found?.upper], [lower, upper], 1e-9)
    }
  })

  it('does not exist without person-time', () => {
    expect(rateExact(0, 0)).toBeNull()
  })

  it('refuses part events and negative time', () => {
    expect(() => rateExact(1.5, 2)).toThrow('whole number')
    expect(() => rateExact(1, -2)).toThrow('person-time')
  })
})

describe('exact rate ratio, after over before', () => {
  it("agrees with R's poisson.test, open bounds included", () => {
    for (const { ratio, lower, upper, p, ...counts } of oracle.rate_ratio) {
      const found = rateRatioExact(counts)
      expectClose(found.ratio, ratio, 1e-12)
      expectClose(found.p, p, 1e-9)
      expectClose(found.ci95?.[0], lower, 1e-9)
      expectClose(found.ci95?.[1], upper, 1e-9)
    }
  })

  it('61 events in 50 person-years before, 34 in 41.5 after: .6715 (.4280 to 1.0379), p .0640', () => {
    const found = rateRatioExact({ events_before: 61, time_before: 50, events_after: 34, time_after: 41.5 })
    expectClose(found.ratio, 0.67153861347, 1e-10)
    expectClose([...found.ci95!], [0.42798014966, 1.0379464019], 1e-9)
    expectClose(found.p, 0.063977319274, 1e-10)
  })

  it.each([
    { title: 'no events after', counts: [5, 1, 0, 1], ratio: 0, reason: 'no_events_after' },
    { title: 'no events before', counts: [0, 1, 5, 1], ratio: null, reason: 'no_events_before' },
    { title: 'no events at all', counts: [0, 1, 0, 1], ratio: null, reason: 'no_events' },
    { title: 'no person-time after', counts: [5, 1, 0, 0], ratio: null, reason: 'no_person_time' },
  ])('says why with $title', ({ counts: [e0, t0, e1, t1], ratio, reason }) => {
    const counts = { events_before: e0!, time_before: t0!, events_after: e1!, time_after: t1! }
    const found = rateRatioExact(counts)
    expect(found).toMatchObject({ ratio, reason })
    expect(found.ci95 === null).toBe(reason === 'no_events' || reason === 'no_person_time')
  })

  it('swapping before and after inverts the ratio and its interval, and keeps p', () => {
    const events = fc.integer({ min: 1, max: 80 })
    const time = fc.integer({ min: 1, max: 500 })
    fc.assert(
      fc.property(events, time, events, time, (e0, t0, e1, t1) => {
        const there = rateRatioExact({ events_before: e0, time_before: t0, events_after: e1, time_after: t1 })
        const back = rateRatioExact({ events_before: e1, time_before: t1, events_after: e0, time_after: t0 })
        expectClose(there.ratio, 1 / back.ratio!, 1e-12)
        expectClose([...there.ci95!], [1 / back.ci95![1]!, 1 / back.ci95![0]], 1e-9)
        expectClose(there.p, back.p, 1e-8)
      }),
      { seed: 7, numRuns: 60 },
    )
  })
})

describe('rate ratio with the person as the unit', () => {
  it.each(oracle.clustered)("$name: agrees with R's Poisson model and a sandwich over people", (expected) => {
    const found = rateRatioClustered(expected.people)
    expect(found).toMatchObject({ n: expected.people.length, df: expected.df, claim: 'ok', reason: null })
    expectClose(found.ratio, expected.ratio, 1e-9)
    expectClose(found.se_log, expected.se_log, 1e-8)
    expectClose([...found.ci95!], [...expected.ci95], 1e-8)
    expectClose(found.p, expected.p, 1e-8)
    expectClose(found.dispersion, expected.dispersion, 1e-8)
  })

  it('rates are of pooled person-time, so a person followed for half the time weighs half', () => {
    const found = rateRatioClustered(
      people(`
        events_before | time_before | events_after | time_after
        --------------+-------------+--------------+-----------
        4             | 1           | 1            | 0.5
        2             | 1           | 2            | 1
        6             | 1           | 0            | 0.5
      `),
    )
    expectClose(found.ratio, 3 / 2 / (12 / 3), 1e-14)
    // U: (1 - 1.5 / 2)/3 - 0 ; (2 - 1.5)/3 + 2/12 ; (0 - .75)/3 - 2/12
    const u = [0.25 / 3, 0.5 / 3 + 2 / 12, -0.75 / 3 - 2 / 12]
    expectClose(found.se_log, Math.sqrt((u[0]! ** 2 + u[1]! ** 2 + u[2]! ** 2) * (3 / 2)), 1e-13)
    expect(found).toMatchObject({ n: 3, df: 2, claim: 'too_few_people' })
  })

  it('five people are too few for a claim; six are enough', () => {
    const six = oracle.clustered.find((cluster) => cluster.name === 'six_people')!.people
    expect(rateRatioClustered(six).claim).toBe('ok')
    expect(rateRatioClustered(six.slice(0, 5)).claim).toBe('too_few_people')
  })

  const one = (e0: number, t0: number, e1: number, t1: number): BeforeAndAfter => ({
    events_before: e0,
    time_before: t0,
    events_after: e1,
    time_after: t1,
  })

  it.each([
    { title: 'nobody', rows: [], reason: 'no_people' },
    { title: 'one person', rows: [one(3, 1, 2, 1)], reason: 'one_person' },
    { title: 'no time after', rows: [one(3, 1, 0, 0), one(1, 1, 0, 0)], reason: 'no_person_time' },
    { title: 'no events before', rows: [one(0, 1, 2, 1), one(0, 1, 1, 1)], reason: 'no_events_before' },
    { title: 'no events after', rows: [one(2, 1, 0, 1), one(1, 1, 0, 1)], reason: 'no_events_after' },
    { title: 'no events in either window', rows: [one(0, 1, 0, 1), one(0, 1, 0, 1)], reason: 'no_events' },
    {
      title: 'events where no time was',
      rows: [one(2, 1, 1, 0), one(1, 1, 1, 1)],
      reason: 'events_without_person_time',
    },
  ])('has no ratio with $title', ({ rows, reason }) => {
    const none = { ratio: null, se_log: null, df: null, ci95: null, p: null, claim: 'too_few_people', reason }
    expect(rateRatioClustered(rows)).toMatchObject({ n: rows.length, ...none })
  })

  it('refuses negative events and values that are not numbers', () => {
    expect(() => rateRatioClustered([one(-1, 1, 2, 1), one(3, 1, 2, 1)])).toThrow('0 or more')
    expect(() => rateRatioClustered([one(Number.NaN, 1, 2, 1), one(3, 1, 2, 1)])).toThrow('not a finite number')
  })

  it('people who are all alike have a ratio and no interval', () => {
    const alike = Array.from({ length: 8 }, () => one(3, 0.7, 1, 0.9))
    expect(rateRatioClustered(alike)).toMatchObject({ se_log: 0, ci95: null, p: null, reason: 'no_variation' })
  })

  it('swapping before and after inverts the ratio and its interval, and keeps p', () => {
    const person = fc.record({
      events_before: fc.nat({ max: 9 }),
      time_before: fc.integer({ min: 1, max: 365 }),
      events_after: fc.nat({ max: 9 }),
      time_after: fc.integer({ min: 1, max: 365 }),
    })
    fc.assert(
      fc.property(fc.array(person, { minLength: 6, maxLength: 30 }), (rows) => {
        const swapped = rows.map((row) => one(row.events_after, row.time_after, row.events_before, row.time_before))
        const [there, back] = [rateRatioClustered(rows), rateRatioClustered(swapped)]
        fc.pre(there.ci95 !== null && back.ci95 !== null)
        expectClose(there.ratio, 1 / back.ratio!, 1e-12)
        expectClose([...there.ci95!], [1 / back.ci95![1], 1 / back.ci95![0]], 1e-9)
        expectClose(there.p, back.p, 1e-8)
        expectClose(there.dispersion, back.dispersion, 1e-10)
      }),
      { seed: 8, numRuns: 60 },
    )
  })
})
