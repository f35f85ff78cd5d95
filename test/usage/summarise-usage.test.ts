import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyUse } from '../../src/usage/any-use.ts'
import { compareRates } from '../../src/usage/compare-rates.ts'
import { monthSeries } from '../../src/usage/month-series.ts'
import { summariseUsage } from '../../src/usage/summarise-usage.ts'
import type { UsageMonthRow, UsagePersonRow } from '../../src/usage/usage-result.ts'
import { table } from '../table.ts'

const rows = (drawing: string) =>
  table(drawing).map((row) => ({ bed_days_before: null, bed_days_after: null, ...row })) as unknown as UsagePersonRow[]

const OATS = rows(`
  person_key | event_type              | days_before | days_after | events_before | events_after | bed_days_before | bed_days_after
  -----------+-------------------------+-------------+------------+---------------+--------------+-----------------+---------------
  1          | ae_mental_health        | 365         | 365        | 4             | 1            | 0               | 0
  1          | s136                    | 365         | 365        | 1             | 0            | 0               | 0
  1          | admission_mental_health | 365         | 365        | 1             | 0            | 30              | 0
  2          | ae_mental_health        | 366         | 365        | 2             | 2            | 0               | 0
  2          | s136                    | 366         | 365        | 0             | 0            | 0               | 0
  2          | admission_mental_health | 366         | 365        | 0             | 1            | 0               | 9
  3          | ae_mental_health        | 365         | 120        | 0             | 1            | 0               | 0
  3          | s136                    | 365         | 120        | 0             | 0            | 0               | 0
  3          | admission_mental_health | 365         | 120        | 0             | 0            | 0               | 0
  4          | ae_mental_health        | 365         | 0          | 7             | 0            | 0               | 0
  4          | s136                    | 365         | 0          | 2             | 0            | 0               | 0
  4          | admission_mental_health | 365         | 0          | 0             | 0            | 0               | 0
`)

const find = (usage_id: string, from = OATS) => summariseUsage(from).find((it) => it.usage_id === usage_id)

describe('service use before and after joining', () => {
  it('counts events over the person-time in which they could be seen, and leaves out who has none on one side', () => {
    expect(find('ae_mental_health')?.events).toMatchObject({
      n: 3,
      events_before: 6,
      events_after: 4,
      person_years_before: expect.closeTo((365 + 366 + 365) / 365.25, 10),
      person_years_after: expect.closeTo((365 + 365 + 120) / 365.25, 10),
      rate_ratio: expect.closeTo(4 / 850 / (6 / 1096), 10),
    })
  })

  it('says how many were seen for the whole window, for part of it, and not at all on one side', () => {
    expect(find('ae_mental_health')?.follow_up).toEqual({ full: 2, partial: 1, zero: 1 })
    expect(find('ae_mental_health')?.events_full_follow_up).toMatchObject({ n: 2, events_before: 6, events_after: 3 })
  })

  it('sums a group by person; a type that was not supplied is named, not counted as nothing', () => {
    expect(find('emergency')).toMatchObject({
      is_group: true,
      event_types: ['ae_mental_health', 's136'],
      event_types_not_supplied: ['ae_physical_health', 'ae_unspecified', 'crisis_line', 'ambulance'],
      events: { n: 3, events_before: 7, events_after: 4, person_years_before: expect.closeTo(1096 / 365.25, 10) },
    })
    expect(find('ambulance')).toBeUndefined()
  })

  it('counts people by any use and by how often', () => {
    expect(find('ae_mental_health')).toMatchObject({
      any_use: { n: 3, n_before: 2, n_after: 3, n_both: 2, n_before_only: 0, n_after_only: 1, n_neither: 0 },
      distribution_before: { none: 1, one: 0, two: 1, three_or_more: 1 },
      distribution_after: { none: 0, one: 2, two: 1, three_or_more: 0 },
    })
  })

  it('compares bed days for stays only, without the exact interval that does not apply to them', () => {
    expect(find('admission_mental_health')?.bed_days).toMatchObject({
      events_before: 30,
      events_after: 9,
      ci95_exact: null,
    })
    expect(find('s136')?.bed_days).toBeNull()
  })

  it.each([
    ['nobody', [], 'no_people', null],
    ['nothing on either side', [0, 0], 'no_events', null],
    ['nothing before', [0, 2], 'no_events_before', null],
    ['nothing after', [2, 0], 'no_events_after', 0],
    ['the same for everyone', [2, 1], 'no_spread_between_people', 0.5],
  ])('%s: the ratio says why it or its interval does not exist', (_, [before, after], reason, rate_ratio) => {
    const people = before === undefined ? [] : Array.from({ length: 8 }, () => person(before, after as number))
    expect(compareRates(people)).toMatchObject({ reason, rate_ratio, ci95_clustered: null })
  })

  it('with five people the clustered interval is withheld, with six it is given', () => {
    const people = [1, 2, 3, 4, 5, 6].map((i) => person(i, 7 - i))
    expect(compareRates(people.slice(1))).toMatchObject({ ci95_clustered: null, reason: 'fewer_than_6_people' })
    expect(compareRates(people)).toMatchObject({
      ci95_clustered: [expect.any(Number), expect.any(Number)],
      reason: null,
    })
  })

  it('tests any use on those whose answer changed: nine stopped and one started of 24', () => {
    const cell = (n: number, before: number, after: number) => Array.from({ length: n }, () => person(before, after))
    const use = anyUse([...cell(10, 3, 1), ...cell(9, 2, 0), ...cell(1, 0, 1), ...cell(4, 0, 0)])
    expect(use).toMatchObject({ n_before: 19, n_after: 11, difference: expect.closeTo(-8 / 24, 10) })
    // McNemar mid-p: 2 (1 + 10) / 1024 - 10 / 1024
    expect(use.p).toBeCloseTo(12 / 1024, 10)
    expect(use.ci95?.[0]).toBeLessThan(-8 / 24)
    expect(use.ci95?.[1]).toBeLessThan(0)
  })

  it('below 5 people no share has an interval, below 10 there is no test', () => {
    const use = (n: number) => {
      const many = Array.from({ length: n }, (_, i) => ({ ...OATS[0], person_key: i }) as UsagePersonRow)
      return find('ae_mental_health', many)?.any_use
    }
    expect(use(4)).toMatchObject({ difference: null, ci95: null, p: null, reason: 'fewer_than_5_people' })
    expect(use(9)).toMatchObject({ difference: 0, p: null, reason: 'fewer_than_10_people' })
  })

  it('agrees with the published small example: 34 events in 41.5 person-years against 61 in 50', () => {
    const spread = (events: number, years: number, i: number) => [
      Math.floor(events / 10) + (i < events % 10 ? 1 : 0),
      years / 10,
    ]
    const people = Array.from({ length: 10 }, (_, i) => {
      const [events_before, years_before] = spread(61, 50, i) as [number, number]
      const [events_after, years_after] = spread(34, 41.5, i) as [number, number]
      return { events_before, events_after, days_before: years_before * 365.25, days_after: years_after * 365.25 }
    })
    const result = compareRates(people)
    expect(result.rate_after).toBeCloseTo(0.819277, 6)
    expect(result.rate_before).toBeCloseTo(1.22, 10)
    expect(result.rate_ratio).toBeCloseTo(0.67153861347, 10)
    expect(result.ci95_exact?.[0]).toBeCloseTo(0.42798014966, 9)
    expect(result.ci95_exact?.[1]).toBeCloseTo(1.0379464019, 9)
    expect(result.p_exact).toBeCloseTo(0.063977319274, 9)
  })
})

describe('whatever the counts', () => {
  const people = fc.array(
    fc.record({
      days_before: fc.integer({ min: 0, max: 366 }),
      days_after: fc.integer({ min: 0, max: 366 }),
      events_before: fc.integer({ min: 0, max: 9 }),
      events_after: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 20 },
  )

  it('before and after swapped turn the ratio and its interval upside down', () => {
    fc.assert(
      fc.property(people, (those) => {
        const [one, other] = [compareRates(those), compareRates(those.map(swapped))]
        if (!one.rate_ratio || !other.rate_ratio) return
        expect(other.rate_ratio).toBeCloseTo(1 / one.rate_ratio, 8)
        if (one.ci95_clustered === null || other.ci95_clustered === null) return
        expect(Math.log(other.ci95_clustered[0])).toBeCloseTo(-Math.log(one.ci95_clustered[1]), 6)
      }),
      { numRuns: 100, seed: 7 },
    )
  })

  it('every person falls in one cell of any use, one step of the distribution and one kind of follow-up', () => {
    fc.assert(
      fc.property(people, (those) => {
        const own = those.map((it, person_key) => ({
          ...it,
          person_key,
          event_type: 's136',
          bed_days_before: 0,
          bed_days_after: 0,
        }))
        const summary = find('s136', own)
        if (summary === undefined) return
        const { any_use: use, distribution_before: d, follow_up: seen } = summary
        expect(use.n_both + use.n_before_only + use.n_after_only + use.n_neither).toBe(use.n)
        expect(d.none + d.one + d.two + d.three_or_more).toBe(use.n)
        expect(seen.full + seen.partial).toBe(use.n)
        expect(seen.full + seen.partial + seen.zero).toBe(those.length)
      }),
      { numRuns: 100, seed: 7 },
    )
  })
})

describe('events by month from joining', () => {
  const months = table(`
    event_type       | month_offset | events | person_days | n_people
    -----------------+--------------+--------+-------------+---------
    s136             | 0            | 1      | 310         | 10
    s136             | -1           | 6      | 300         | 10
    ae_mental_health | -1           | 3      | 300         | 10
    ae_mental_health | 0            | 0      | 310         | 10
    ae_mental_health | 11           | 0      | 0           | 0
  `) as unknown as UsageMonthRow[]

  it('a group adds events, and never the same person-time twice', () => {
    expect(monthSeries(months).filter((it) => it.usage_id === 'emergency')).toEqual([
      {
        usage_id: 'emergency',
        month_offset: -1,
        events: 9,
        person_months: 300 / 30.4375,
        n_people: 10,
        rate: expect.closeTo((9 / 300) * 365.25, 10),
      },
      {
        usage_id: 'emergency',
        month_offset: 0,
        events: 1,
        person_months: 310 / 30.4375,
        n_people: 10,
        rate: expect.closeTo((1 / 310) * 365.25, 10),
      },
      { usage_id: 'emergency', month_offset: 11, events: 0, person_months: 0, n_people: 0, rate: null },
    ])
  })
})

function person(events_before: number, events_after: number) {
  return { days_before: 365, days_after: 365, events_before, events_after }
}

function swapped(it: { days_before: number; days_after: number; events_before: number; events_after: number }) {
  return {
    days_before: it.days_after,
    days_after: it.days_before,
    events_before: it.events_after,
    events_after: it.events_before,
  }
}
