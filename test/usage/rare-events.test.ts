import { describe, expect, it } from 'vitest'
import { rareEvents } from '../../src/usage/rare-events.ts'

const YEAR = Array.from({ length: 12 }, (_, month) => month)
const on = (...days: number[]) => days.map((event_day, at) => ({ event_day, person_key: at % 2 }))
/** Twelve months, events in the first so many of them, and so many people followed in each. */
const months = (n_with: number, people: (month: number) => number = () => 10) =>
  YEAR.map((month) => ({ events: month < n_with ? 1 : 0, n_people: people(month) }))
const followed = (n: number, from_day = 0, to_day = 365) => Array.from({ length: n }, () => ({ from_day, to_day }))

describe('charts of rare events', () => {
  it.each([
    {
      title: 'half the months have one: a chart of months can say it',
      found: rareEvents(on(1, 40), months(6), followed(10)),
    },
    { title: 'one event: there is nothing between', found: rareEvents(on(1), months(1), followed(10)) },
    { title: 'none at all', found: rareEvents([], months(0), followed(10)) },
  ])('there is none where $title', ({ found }) => expect(found).toBeNull())

  it('people by the hundred thousand are no obstacle', () => {
    expect(rareEvents(on(10, 40), months(2), followed(200_000))?.since_last).toBe(365 - 40)
  })

  it('as many people throughout: a t chart of the days between, and of the days since the last', () => {
    const found = rareEvents(on(10, 40, 100), months(5), followed(10))
    expect(found).toMatchObject({
      chart: { kind: 't', values: [40 - 10, 100 - 40], limits: 'trial', reason: 'fewer_than_13_points' },
      event_days: [40, 100],
      since_last: 365 - 100,
      n_events: 3,
      n_users: 2,
      n_months: 12,
      n_months_without: 7,
    })
  })

  it('twice as many people later: a g chart of the months that people were followed, so that more people are not more events', () => {
    // Ten people from the first day, ten more from day 180: a month of ten people has as many months of people as half a month of twenty.
    const people = [...followed(10), ...followed(10, 180)]
    const month = 365.25 / 12
    const found = rareEvents(
      on(0, 61, 200, 231),
      months(4, (at) => (at < 6 ? 10 : 20)),
      people,
    )
    expect(found?.chart).toMatchObject({
      kind: 'g',
      values: [(10 * 61) / month, (10 * 139 + 10 * 20) / month, (20 * 31) / month].map(Math.round),
    })
    expect(found?.since_last).toBe(Math.round((20 * (365 - 231)) / month))
  })

  it('two on one day have nothing between them, which is allowed', () => {
    expect(rareEvents(on(10, 10, 90), months(3), followed(4))?.chart.values).toEqual([0, 80])
  })
})
