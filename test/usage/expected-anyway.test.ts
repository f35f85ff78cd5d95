import { describe, expect, it } from 'vitest'
import { meeChua } from '../../src/stats/mee-chua.ts'
import { negativeBinomialAtLeast } from '../../src/stats/negative-binomial.ts'
import { expectedAnyway, mostUsed } from '../../src/usage/expected-anyway.ts'
import { placeboDates } from '../../src/usage/placebo-dates.ts'

const YEAR = 365.25
const person = (events_before: number, events_after: number) => ({
  ...{ events_before, events_after, days_before: YEAR, days_after: YEAR },
})

describe('what would be expected anyway', () => {
  it('people are drawn to the mean by their own history: (theta + events) / (theta / mean + time)', () => {
    const reference = [0, 0, 1, 2, 7].map((events) => ({ events, days: YEAR }))
    // Mean 2; squares 4+4+1+0+25 = 34, × 5/4 = 42.5, less the 10 events = 32.5; theta = 2² × 5 / 32.5.
    const theta = (4 * 5) / 32.5
    const people = [6, 8, 7, 9, 10, 8].map((events) => ({ ...person(events, 4), history: { events, days: YEAR } }))
    const found = expectedAnyway(people, reference)
    const expected = (6 * theta + 48) / (theta / 2 + 1) / 6
    expect(found.theta).toBeCloseTo(theta, 12)
    expect(found.expected_rate).toBeCloseTo(expected, 10)
    expect(found.ratio).toBeCloseTo(24 / 48, 12)
    expect(found.expected_ratio).toBeCloseTo(expected / 8, 10)
    expect(found.remaining_ratio).toBeCloseTo(4 / expected, 10)
  })

  it('where people differ by no more than chance, everybody is expected at the mean', () => {
    const reference = [2, 2, 2, 2].map((events) => ({ events, days: YEAR }))
    const people = [4, 5, 6, 4, 5, 6].map((events) => ({ ...person(events, 2), history: { events, days: YEAR } }))
    expect(expectedAnyway(people, reference)).toMatchObject({ theta: null, expected_rate: 2, remaining_ratio: 1 })
  })

  it('the most used are a tenth, ten people at least, and nobody of fewer than twenty', () => {
    expect(mostUsed(Array.from({ length: 19 }, () => person(3, 2)))).toBeNull()
    expect(mostUsed(Array.from({ length: 20 }, (_, nth) => person(nth, 2)))).toMatchObject({ n: 10, rate_before: 14.5 })
    expect(mostUsed(Array.from({ length: 300 }, (_, nth) => person(nth % 9, 2)))).toMatchObject({ n: 30 })
  })

  it('agrees with R’s lm for Mee and Chua: before 2 4 6 8 10, after 3 3 5 4 7, usual 5', () => {
    // summary(lm(after ~ I(before - 5))): intercept 3.95, its standard error 0.4821825; slope 0.45.
    const pairs = [2, 4, 6, 8, 10].map((before, at) => ({ before, after: [3, 3, 5, 4, 7][at] as number }))
    const found = meeChua(pairs, 5)
    expect(found.slope).toBeCloseTo(0.45, 10)
    expect(found.effect?.estimate).toBeCloseTo(3.95 - 5, 10)
    expect(found.effect?.se).toBeCloseTo(0.482182538, 8)
    expect(found.mu_of_no_effect).toBeCloseTo((3.95 - 0.45 * 5) / 0.55, 10)
    expect(meeChua(pairs.slice(0, 2), 5).reason).toBe('fewer_than_3_pairs')
    expect(meeChua([pairs[0], pairs[0], pairs[0]] as typeof pairs, 5).reason).toBe('no_variation_before')
  })

  it('dates on which nobody joined lie three months or more inside the year before joining: seven of them', () => {
    const months = (events: (month: number) => number) =>
      Array.from({ length: 24 }, (_, at) => ({
        ...{ event_type: 'gp', month_offset: at - 12, events: events(at - 12), person_days: 300, n_people: 10 },
      }))
    expect(placeboDates(months((month) => (month < 0 ? 10 : 5)))).toEqual({
      ...{ months: 3, ratio: 0.5, n_dates: 7, n_as_low: 0 },
    })
    // Falls by half every third month throughout: every date is as low as the real one.
    expect(placeboDates(months((month) => 4096 / 2 ** (Math.floor((month + 12) / 3) + 1)))).toMatchObject({
      n_as_low: 7,
    })
    expect(placeboDates(months((month) => (month < 0 ? 0 : 5)))).toBeNull()
  })

  it('chance of three events or more: Poisson as R’s ppois(2, 2, lower = FALSE), NB2 as pnbinom(2, 1.5, mu = 2, lower = FALSE)', () => {
    expect(negativeBinomialAtLeast(3, 2, null)).toBeCloseTo(0.3233236, 6)
    expect(negativeBinomialAtLeast(3, 2, 1.5)).toBeCloseTo(0.3071741, 6)
    expect(negativeBinomialAtLeast(0, 2, 1.5)).toBe(1)
  })
})
