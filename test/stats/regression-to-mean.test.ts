import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import {
  expectedRate,
  expectedRegression,
  rateSpread,
  regressionFromThreshold,
} from '../../src/stats/regression-to-mean.ts'
import { expectClose, oracle } from './oracle.ts'

describe('regression to the mean of a score', () => {
  it('a group at 24 from a population at 18, untreated scores correlating .7, is expected to fall by 1.8', () => {
    expectClose(expectedRegression({ mean_pre: 24, mu: 18, rho: 0.7 }), 1.8, 1e-13)
    expect(expectedRegression({ mean_pre: 18, mu: 18, rho: 0.7 })).toBe(0)
    expect(expectedRegression({ mean_pre: 24, mu: 18, rho: 1 })).toBe(0)
  })

  it('beyond a threshold agrees with quadrature in R', () => {
    for (const { value, ...selection } of oracle.threshold) expectClose(regressionFromThreshold(selection), value, 1e-9)
  })

  it('Barnett: mean 4, SD within 2 and between 1.5, taken above 6: 2.1878436307', () => {
    const selection = { mu: 4, sd_within: 2, sd_between: 1.5, threshold: 6 }
    expectClose(regressionFromThreshold(selection), 2.1878436307, 1e-10)
  })

  it('is the same for people taken below a threshold as far on the other side', () => {
    const both = { mu: 4, sd_within: 2, sd_between: 1.5 }
    expectClose(
      regressionFromThreshold({ ...both, threshold: 2, selected: 'below' }),
      regressionFromThreshold({ ...both, threshold: 6 }),
      1e-13,
    )
  })

  it('does not exist where nothing varies, or where nobody could be beyond the threshold', () => {
    expect(regressionFromThreshold({ mu: 4, sd_within: 0, sd_between: 0, threshold: 6 })).toBeNull()
    expect(regressionFromThreshold({ mu: 4, sd_within: 0.01, sd_between: 0.01, threshold: 60 })).toBeNull()
  })
})

describe('regression to the mean of a count', () => {
  const year = (events: number) => ({ events, time: 1 })

  it('with equal times theta is mean squared over the variance in excess of the mean', () => {
    const found = rateSpread([0, 0, 1, 1, 2, 8].map(year))
    expect(found).toMatchObject({ n: 6, mean_rate: 2, reason: null })
    expectClose(found.theta, 4 / (46 / 5 - 2), 1e-13)
  })

  it.each([
    { title: 'nobody', people: [], reason: 'no_person_time' },
    { title: 'no events', people: [year(0), year(0)], reason: 'no_events' },
    { title: 'one person', people: [year(3)], reason: 'one_person' },
    { title: 'counts as even as chance', people: [2, 3, 2, 3].map(year), reason: 'not_overdispersed' },
  ])('has no theta with $title', ({ people, reason }) => {
    expect(rateSpread(people)).toMatchObject({ n: people.length, theta: null, reason })
  })

  it('a person with 10 events in a year is expected to have 6 in the next if theta is 2 and the mean rate 2', () => {
    // (2 + 10) / (2 / 2 + 1) is 6; half a year of 10 events is (2 + 10) / (1 + .5) = 8
    expect(expectedRate(year(10), { mean_rate: 2, theta: 2 })).toBe(6)
    expect(expectedRate({ events: 10, time: 0.5 }, { mean_rate: 2, theta: 2 })).toBe(8)
    expect(expectedRate({ events: 0, time: 0 }, { mean_rate: 2, theta: 2 })).toBe(2)
    expect(expectedRate(year(0), { mean_rate: 0, theta: 2 })).toBeNull()
  })

  it('recovers theta, and the next year of people picked for a bad one, in 20,000 simulated people', () => {
    const next = createRandom('counts')
    // A gamma tendency of shape 2 and mean 3 is the mean of two exponentials.
    const people = Array.from({ length: 20_000 }, () => {
      const rate = -1.5 * (Math.log(1 - next()) + Math.log(1 - next()))
      return { events: poisson(rate, next), later: poisson(rate, next) }
    })
    const spread = rateSpread(people.map((person) => year(person.events)))
    expect(Math.abs(spread.theta! - 2)).toBeLessThan(0.15)
    const picked = people.filter((person) => person.events >= 8)
    const known = { mean_rate: spread.mean_rate!, theta: spread.theta! }
    const expected = picked.reduce((total, person) => total + expectedRate(year(person.events), known)!, 0)
    const seen = picked.reduce((total, person) => total + person.later, 0)
    const before = picked.reduce((total, person) => total + person.events, 0)
    expect(Math.abs(seen / expected - 1)).toBeLessThan(0.03)
    expect(seen).toBeLessThan(0.8 * before)
  })
})

function poisson(rate: number, next: () => number): number {
  let count = -1
  for (let left = 1; left > Math.exp(-rate); count++) left *= 1 - next()
  return count
}
