import { describe, expect, it } from 'vitest'
import { marts, type UsePopulation } from '../../bench/use-populations.ts'
import { coverageOf, doubtsOf, hasFallUnadjusted, shareOf } from '../../bench/use-simulator.ts'
import { caveat } from '../../src/usage/caveat.ts'
import { doubtAboutFall, FALL_RULE } from '../../src/usage/doubt-about-fall.ts'
import type { FallDoubt } from '../../src/usage/usage-result.ts'

/** So few runs that only gross faults show; `npx tsx bench/use-simulator.ts` prints the table of docs/methods.md. */
const RUNS = 40

const drawn = new Map<string, FallDoubt[]>()

function doubts(population: UsePopulation): FallDoubt[] {
  const key = JSON.stringify(population)
  const found = drawn.get(key) ?? doubtsOf(population, RUNS)
  drawn.set(key, found)
  return found
}

function persisting(population: UsePopulation): number {
  return shareOf(doubts(population), (doubt) => doubt.verdict === 'fall_persists')
}

describe('a fall is doubted before it is believed', () => {
  it.each([
    { joins: 'after_a_bad_month', people: 50 },
    { joins: 'after_a_bad_half_year', people: 50 },
    { joins: 'the_quarter_with_most_use', people: 25 },
    { joins: 'the_quarter_with_most_use', people: 50 },
    { joins: 'by_use_of_the_year', people: 50 },
  ] as const)(
    '$people people, joining $joins, nothing else changing: the fall is almost never said to persist',
    (it) => {
      expect(persisting({ ...it, effect: 1 })).toBeLessThan(0.08)
    },
  )

  it('the same people would have had a fall claimed without the doubt', () => {
    const found = doubts({ joins: 'after_a_bad_half_year', people: 50, effect: 1 })
    expect(shareOf(found, hasFallUnadjusted)).toBeGreaterThan(0.5)
  })

  it('heavy users leaving sooner, nothing else changing, is not taken for a fall', () => {
    expect(persisting({ people: 50, effect: 1, joins: 'any_time', drop_out: true })).toBeLessThan(0.08)
  })

  it('a true halving is seen through the bad month before joining', () => {
    expect(persisting({ people: 50, effect: 0.5, joins: 'after_a_bad_month' })).toBeGreaterThan(0.85)
  })

  it('a true halving with 25 people who join whenever is mostly seen as a fall, and said to persist in a third of runs or more', () => {
    const population = { people: 25, effect: 0.5, joins: 'any_time' } as const
    expect(shareOf(doubts(population), hasFallUnadjusted)).toBeGreaterThan(0.65)
    expect(persisting(population)).toBeGreaterThan(0.33)
  })

  it('no change and no bad month: no fall', () => {
    const found = doubts({ joins: 'any_time', people: 50, effect: 1 })
    expect(shareOf(found, (doubt) => doubt.verdict === 'no_fall')).toBeGreaterThan(0.9)
  })

  it('the spike before joining is found where there is one, and seldom where there is none', () => {
    const spikes = (joins: UsePopulation['joins']) =>
      shareOf(doubts({ joins, people: 50, effect: 1 }), (doubt) => doubt.spike?.is_spike === true)
    expect(spikes('after_a_bad_month')).toBeGreaterThan(0.5)
    expect(spikes('any_time')).toBeLessThan(0.25)
  })

  it('people taken for their use are mostly found out: everybody used before, or the year before joining was the worse one', () => {
    const found = (joins: UsePopulation['joins']) =>
      shareOf(doubts({ joins, people: 50, effect: 1 }), (doubt) => doubt.signs.length > 0)
    expect(found('the_quarter_with_most_use')).toBeGreaterThan(0.7)
    expect(found('any_time')).toBeLessThan(0.1)
  })
})

describe('intervals of known populations, in small', () => {
  it.each([15, 25, 50])(
    '%i people, few of whom have most events: the interval printed first mostly holds the truth',
    (people) => {
      const shares = coverageOf({ people, effect: 0.5, joins: 'any_time', shape: 0.4, rate: 4 }, 100)
      expect(shares.jackknife).toBeGreaterThan(0.88)
    },
  )
})

describe('the verdict keeps to its rule', () => {
  const steady = (events: number, after: number) =>
    marts(
      Array.from({ length: 12 }, (_, i) =>
        Array.from({ length: 36 }, (_, m) => (m < 24 ? events : after) + ((i + m) % 2)),
      ),
    )
  const only = ({ excluded, months, earlier }: ReturnType<typeof marts>) => doubtAboutFall(excluded, months, earlier)[0]

  it('a fall that is there in every window persists, and no spike is found', () => {
    expect(only(steady(3, 1))).toMatchObject({ verdict: 'fall_persists', spike: { is_spike: false } })
  })

  it('the same fall without an earlier year is not said to persist', () => {
    const { excluded, months } = steady(3, 1)
    expect(doubtAboutFall(excluded, months, [])[0]).toMatchObject({
      verdict: 'fall_without_an_earlier_year',
      earlier_year: null,
      expected: null,
    })
  })

  it('a fall to the level of the earlier year cannot be told from regression to the mean', () => {
    const bad = marts(
      Array.from({ length: 12 }, (_, i) =>
        Array.from({ length: 36 }, (_, m) => (m >= 12 && m < 24 ? 3 : 1) + ((i + m) % 2)),
      ),
    )
    expect(only(bad)).toMatchObject({ verdict: 'fall_not_distinguishable_from_regression_to_the_mean' })
  })

  it('a rise is not a fall', () => {
    expect(only(steady(1, 3))).toMatchObject({ verdict: 'no_fall' })
  })

  it('a lull before joining is not a spike', () => {
    const lull = marts(
      Array.from({ length: 12 }, () => Array.from({ length: 24 }, (_, m) => (m >= 9 && m < 12 ? 0 : 2))),
    )
    expect(only(lull)?.spike).toMatchObject({ events_last_3: 0, events_earlier: 216, is_spike: false })
  })

  it('everything stopping counts as a fall although its clustered interval does not exist', () => {
    const stopped = marts(Array.from({ length: 12 }, () => Array.from({ length: 36 }, (_, m) => (m < 24 ? 1 : 0))))
    expect(only(stopped)).toMatchObject({ verdict: 'fall_persists' })
  })

  it('one person’s twenty events, and then none, are no fall of the group', () => {
    const one = Array.from({ length: 36 }, (_, m) => (m < 24 ? 2 : 0))
    const calm = Array.from({ length: 11 }, () => Array.from({ length: 36 }, () => 0))
    expect(only(marts([one, ...calm]))).toMatchObject({ verdict: 'no_fall' })
  })

  it.each([
    ['5 people', steady(3, 1), 5],
    ['no events', marts(Array.from({ length: 12 }, () => Array.from({ length: 24 }, () => 0))), 12],
  ])('%s: too few to say', (_, { excluded, months }, people) => {
    const few = excluded.filter((row) => row.person_key < people)
    expect(doubtAboutFall(few, months, [])[0]).toMatchObject({
      verdict: 'too_few_to_say',
      words: 'Too few people or events to say.',
    })
  })

  it('a group adds a person’s events over its types, and the person’s time once', () => {
    const histories = Array.from({ length: 12 }, () => Array.from({ length: 24 }, (_, m) => (m < 12 ? 2 : 1)))
    const [ae, calls] = [marts(histories), marts(histories, 'crisis_line')]
    const all = doubtAboutFall([...ae.excluded, ...calls.excluded], [...ae.months, ...calls.months], [])
    const group = all.find((doubt) => doubt.usage_id === 'emergency')
    expect(group?.excluded[0]).toMatchObject({
      n: 12,
      events_before: 12 * 12 * 4,
      person_years_before: expect.closeTo(12, 6),
    })
    expect(group?.spike).toMatchObject({ events_last_3: 12 * 3 * 4, person_years_last_3: expect.closeTo(3, 6) })
  })

  it('leaves the last k months out of the before window, in events and in time', () => {
    const rates = only(steady(3, 1))?.excluded.map((it) => [
      it.excluded_months,
      Math.round(it.person_years_before * 12),
    ])
    expect(rates).toEqual([
      [0, 144],
      [1, 132],
      [3, 108],
      [6, 72],
    ])
  })
})

it('never claims what no comparison group can show', () => {
  const words = [caveat(false), caveat(true), FALL_RULE].join(' ')
  expect(words).not.toMatch(/saved|caused|due to|saving/i)
  expect(caveat(false)).toContain('regression to the mean')
})
