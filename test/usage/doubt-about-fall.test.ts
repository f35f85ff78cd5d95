import { describe, expect, it } from 'vitest'
import { caveat } from '../../src/usage/caveat.ts'
import { doubtAboutFall, FALL_RULE } from '../../src/usage/doubt-about-fall.ts'
import type { FallVerdict } from '../../src/usage/usage-result.ts'
import { marts, type Scenario, simulate } from './simulate.ts'

const RUNS = 60

describe('a fall is doubted before it is believed', () => {
  it('people who join after a bad month, nothing else changing: the fall is almost never said to persist', () => {
    const verdicts = verdictsOf({ people: 150, effect: 1, joins: 'after_a_bad_month' })
    expect(share(verdicts, 'fall_persists')).toBeLessThan(0.05)
    expect(share(verdicts, 'fall_not_distinguishable_from_regression_to_the_mean')).toBeGreaterThan(0.7)
  })

  it('a true halving is seen through the bad month before joining', () => {
    const verdicts = verdictsOf({ people: 60, effect: 0.5, joins: 'after_a_bad_month' })
    expect(share(verdicts, 'fall_persists')).toBeGreaterThan(0.9)
  })

  it('a true halving with 25 people who join whenever is mostly seen', () => {
    const verdicts = verdictsOf({ people: 25, effect: 0.5, joins: 'any_time' })
    expect(share(verdicts, 'fall_persists')).toBeGreaterThan(0.65)
  })

  it('no change and no bad month: no fall', () => {
    const verdicts = verdictsOf({ people: 60, effect: 1, joins: 'any_time' })
    expect(share(verdicts, 'no_fall')).toBeGreaterThan(0.9)
  })

  it('the spike before joining is found where there is one, and seldom where there is none', () => {
    expect(spikes({ people: 60, effect: 1, joins: 'after_a_bad_month' })).toBeGreaterThan(0.95)
    expect(spikes({ people: 60, effect: 1, joins: 'any_time' })).toBeLessThan(0.15)
  })
})

describe('the verdict keeps to its rule', () => {
  const steady = (events: number, after: number) =>
    marts(
      Array.from({ length: 12 }, (_, i) =>
        Array.from({ length: 24 }, (_, m) => (m < 12 ? events : after) + ((i + m) % 2)),
      ),
    )
  const only = ({ excluded, months }: ReturnType<typeof marts>) => doubtAboutFall(excluded, months)[0]

  it('a fall that is there in every window persists, and no spike is found', () => {
    expect(only(steady(3, 1))).toMatchObject({ verdict: 'fall_persists', spike: { is_spike: false } })
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
    const stopped = marts(Array.from({ length: 12 }, () => Array.from({ length: 24 }, (_, m) => (m < 12 ? 1 : 0))))
    expect(only(stopped)).toMatchObject({ verdict: 'fall_persists' })
  })

  it.each([
    ['5 people', steady(3, 1), 5],
    ['no events', marts(Array.from({ length: 12 }, () => Array.from({ length: 24 }, () => 0))), 12],
  ])('%s: too few to say', (_, { excluded, months }, people) => {
    const few = excluded.filter((row) => row.person_key < people)
    expect(doubtAboutFall(few, months)[0]).toMatchObject({
      verdict: 'too_few_to_say',
      words: 'Too few people or events to say.',
    })
  })

  it('a group adds a person’s events over its types, and the person’s time once', () => {
    const histories = Array.from({ length: 12 }, () => Array.from({ length: 24 }, (_, m) => (m < 12 ? 2 : 1)))
    const [ae, calls] = [marts(histories), marts(histories, 'crisis_line')]
    const all = doubtAboutFall([...ae.excluded, ...calls.excluded], [...ae.months, ...calls.months])
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

function verdictsOf(scenario: Scenario): FallVerdict[] {
  return runs(scenario).map((doubt) => doubt.verdict)
}

function spikes(scenario: Scenario): number {
  return runs(scenario).filter((doubt) => doubt.spike?.is_spike).length / RUNS
}

function runs(scenario: Scenario) {
  return Array.from({ length: RUNS }, (_, i) => {
    const { excluded, months } = marts(simulate(scenario, `run ${i}`))
    return doubtAboutFall(excluded, months)[0] as ReturnType<typeof doubtAboutFall>[number]
  })
}

function share(verdicts: readonly FallVerdict[], verdict: FallVerdict): number {
  return verdicts.filter((it) => it === verdict).length / verdicts.length
}
