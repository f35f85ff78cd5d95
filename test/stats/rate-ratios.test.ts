import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { rateRatioBootstrap } from '../../src/stats/rate-ratio-bootstrap.ts'
import { rateRatioClustered } from '../../src/stats/rate-ratio-clustered.ts'
import { rateRatioConditional } from '../../src/stats/rate-ratio-conditional.ts'
import { rateRatioJackknife } from '../../src/stats/rate-ratio-jackknife.ts'
import { rateRatioNegativeBinomial } from '../../src/stats/rate-ratio-negative-binomial.ts'
import type { BeforeAndAfter } from '../../src/stats/rates.ts'
import { expectClose } from './oracle.ts'
import { oracleFile } from './oracle-file.ts'

interface Case {
  name: string
  people: BeforeAndAfter[]
  negative_binomial: { model: string; ratio: number; se_log: number; theta: number | null }
  conditional: { n: number; ratio: number; se_log: number; se_log_model: number }
  jackknife: { ratio: number; se_log: number; ci95: [number, number] }
  bca?: [number, number]
}

const cases = oracleFile<Case[]>('rates')

describe('rate ratios of people before and after, against R', () => {
  it.each(cases)('$name: negative binomial as MASS::glm.nb', ({ people, negative_binomial: expected }) => {
    const found = rateRatioNegativeBinomial(people)
    expect(found).toMatchObject({ n: people.length, model: expected.model, reason: null })
    expectClose(found.ratio, expected.ratio, 1e-6)
    expectClose(found.se_log, expected.se_log, 1e-5)
    expectClose(found.theta, expected.theta, 1e-4)
  })

  it.each(cases)('$name: conditional Poisson as glm(binomial) with a sandwich', ({ people, conditional: expected }) => {
    const found = rateRatioConditional(people)
    expect(found).toMatchObject({ n: expected.n, reason: null })
    expectClose(found.ratio, expected.ratio, 1e-9)
    expectClose(found.se_log, expected.se_log, 1e-7)
    expectClose(found.se_log_model, expected.se_log_model, 1e-7)
  })

  it.each(cases)('$name: jackknife of the pooled ratio', ({ people, jackknife: expected }) => {
    const found = rateRatioJackknife(people)
    expectClose(found.ratio, expected.ratio, 1e-12)
    expectClose(found.se_log, expected.se_log, 1e-10)
    expectClose([...(found.ci95 ?? [])], expected.ci95, 1e-9)
  })

  it.each(cases.filter((it) => it.bca !== undefined))(
    '$name: BCa as boot.ci, but for the chance of drawing',
    ({ people, bca }) => {
      const found = rateRatioBootstrap(people, { replicates: 20_000, random: createRandom('rates') })
      expectClose([...(found.ci95 ?? [])], bca, 0.03)
    },
  )

  it('counts that vary less than Poisson: no theta, the Poisson model in its place, and the reason', () => {
    const steady = cases.find((it) => it.name === 'not_overdispersed')?.people ?? []
    expect(rateRatioNegativeBinomial(steady)).toMatchObject({
      model: 'poisson',
      theta: null,
      model_reason: 'not_overdispersed',
    })
  })
})

describe('no ratio where it cannot exist, and no interval from too few', () => {
  const one = (e0: number, e1: number, t0 = 1, t1 = 1): BeforeAndAfter => ({
    ...{ events_before: e0, time_before: t0, events_after: e1, time_after: t1 },
  })
  const eight = (person: BeforeAndAfter) => Array.from({ length: 8 }, () => person)

  it.each([
    ['nobody', [], 'no_people', 'no_events', 'fewer_than_2_people', 'no_ratio'],
    ['no events', eight(one(0, 0)), 'no_events', 'no_events', 'no_ratio', 'no_ratio'],
    ['none before', eight(one(0, 2)), 'no_events_before', 'no_events_before', 'no_ratio', 'no_ratio'],
    ['none after', eight(one(2, 0)), 'no_events_after', 'no_events_after', 'no_ratio', 'fewer_than_20_people'],
    ['no time after', eight(one(2, 0, 1, 0)), 'no_person_time', 'no_events', 'no_ratio', 'no_ratio'],
    [
      'five people',
      [one(3, 1), one(1, 0), one(4, 2), one(2, 2), one(0, 1)],
      'fewer_than_6_people',
      'fewer_than_6_people',
      null,
      'fewer_than_20_people',
    ],
    ['all changed alike', eight(one(4, 2)), null, 'no_variation', 'no_variation', 'fewer_than_20_people'],
  ] as const)('%s', (_, people, negative_binomial, conditional, jackknife, bootstrap) => {
    const drawn = rateRatioBootstrap(people, { replicates: 199, random: createRandom('few') })
    const found = [rateRatioNegativeBinomial(people), rateRatioConditional(people), rateRatioJackknife(people), drawn]
    expect(found.map((it) => it.reason)).toEqual([negative_binomial, conditional, jackknife, bootstrap])
    for (const it of found) if (it.reason !== null) expect(it.ci95).toBeNull()
  })

  it('one person who had every event after: the jackknife has no interval, where the sandwich gives one', () => {
    const people = [one(2, 9), ...Array.from({ length: 11 }, () => one(3, 0))]
    expect(rateRatioJackknife(people)).toMatchObject({ ci95: null, reason: 'one_person_has_all_events' })
    expect(rateRatioClustered(people).ci95).not.toBeNull()
  })

  it('draws without events before: no bootstrap interval', () => {
    const people = [one(5, 1), ...Array.from({ length: 24 }, () => one(0, 1))]
    expect(rateRatioBootstrap(people, { replicates: 199, random: createRandom('none') })).toMatchObject({
      ci95: null,
      reason: 'undefined_in_resamples',
    })
  })

  it('people with no events move the pooled ratio’s person-time, and never the conditional ratio', () => {
    const users = [one(4, 2, 1, 0.5), one(3, 1), one(2, 2), one(5, 1), one(1, 1), one(2, 0), one(6, 3)]
    const calm = Array.from({ length: 10 }, () => one(0, 0, 1, 0.25))
    expect(rateRatioConditional([...users, ...calm]).ratio).toBe(rateRatioConditional(users).ratio)
    expect(rateRatioJackknife([...users, ...calm]).ratio).not.toBeCloseTo(rateRatioJackknife(users).ratio ?? 0, 2)
  })
})
