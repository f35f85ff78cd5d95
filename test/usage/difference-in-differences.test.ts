import { describe, expect, it } from 'vitest'
import { compareServices, type DescribedPerson } from '../../src/usage/compare-services.ts'
import { type ComparedPerson, differenceInDifferences } from '../../src/usage/difference-in-differences.ts'

const DAYS = 365.25
const BOOTSTRAP = { replicates: 400, seed: 'test' }

/** `n` people of two to five events before, and so many times as many after, a hundred pounds each. */
function people(n: number, times: number, more: Partial<ComparedPerson> = {}): ComparedPerson[] {
  return Array.from({ length: n }, (_, at) => {
    const [before, after] = [2 + (at % 4), (2 + (at % 4)) * times]
    const use = { events_before: before, events_after: after, cost_before: 10_000 * before, cost_after: 10_000 * after }
    return { days_before: DAYS, days_after: DAYS, ...use, ...more }
  })
}

describe('difference in differences', () => {
  it('the same fall in both groups is a ratio of ratios of 1', () => {
    const { ratio_of_ratios } = differenceInDifferences(people(24, 0.5), people(40, 0.5), BOOTSTRAP)
    expect(ratio_of_ratios.estimate).toBeCloseTo(1, 12)
  })

  it('a planted halving is found: 3.5 a year to 1.75 here, 3.5 to 3.5 there, and £175 a year less', () => {
    const found = differenceInDifferences(people(24, 0.5), people(40, 1), BOOTSTRAP)
    expect(found.ratio_of_ratios.estimate).toBeCloseTo(0.5, 12)
    expect(found.rate_difference.estimate).toBeCloseTo(-1.75, 12)
    expect(found.cost_difference.estimate).toBeCloseTo(-17_500, 8)
    expect(found.rate_difference.ci95?.[0]).toBeLessThan(-1.75)
    expect(found.rate_difference.ci95?.[1]).toBeGreaterThan(-1.75)
    expect(found.rate_difference.ci95?.[1]).toBeLessThan(0)
  })

  it('half the time after counts as half: rates, not numbers, are compared', () => {
    const half = people(24, 0.5, { days_after: DAYS / 2 })
    expect(differenceInDifferences(half, people(24, 1), BOOTSTRAP).ratio_of_ratios.estimate).toBeCloseTo(1, 12)
  })

  it.each([
    ['19 people in the service', people(19, 0.5), people(40, 1), 'fewer_than_20_people'],
    ['19 people in the comparator', people(40, 0.5), people(19, 1), 'fewer_than_20_people'],
    [
      '20 and one without time',
      people(20, 0.5).map((it, at) => (at > 0 ? it : { ...it, days_after: 0 })),
      people(40, 1),
      'fewer_than_20_people',
    ],
    ['nothing after joining', people(40, 0), people(40, 1), 'a_rate_is_nought'],
    ['nothing in the comparator before', people(40, 1), people(40, 1, { events_before: 0 }), 'a_rate_is_nought'],
  ] as const)('%s: no ratio of ratios, and why', (_, service, comparator, reason) => {
    const { ratio_of_ratios } = differenceInDifferences(service, comparator, BOOTSTRAP)
    expect(ratio_of_ratios).toEqual({ estimate: null, ci95: null, reason })
  })

  it('one person with all events gives no interval: some resamples have no ratio', () => {
    const rare = people(20, 1).map((it, at) => (at === 0 ? it : { ...it, events_before: 0, events_after: 0 }))
    const { ratio_of_ratios } = differenceInDifferences(rare, people(40, 1), BOOTSTRAP)
    expect(ratio_of_ratios).toMatchObject({ ci95: null, reason: 'undefined_in_resamples' })
  })

  it('cost that nobody can price is absent, never nought', () => {
    const unpriced = people(30, 0.5, { cost_before: null, cost_after: null })
    const { cost_difference } = differenceInDifferences(unpriced, unpriced, BOOTSTRAP)
    expect(cost_difference).toEqual({ estimate: null, ci95: null, reason: 'not_costed' })
  })
})

describe('a service beside a comparison service', () => {
  const described = (all: ComparedPerson[], from: number, gender: (at: number) => string | null): DescribedPerson[] =>
    all.map((it, at) => ({ ...it, person_key: from + at, facts: { gender: gender(at) } }))
  const mixed = (at: number) => (at % 3 === 0 ? 'male' : 'female')

  it('a comparator of twice as heavy users is not alike before matching, and is after it', () => {
    const heavy = Array.from({ length: 60 }, (_, at) => people(1, 1, { events_before: 2 + (at % 10) })).flat()
    const found = compareServices(
      described(people(30, 0.5), 0, mixed),
      described(heavy, 100, mixed),
      ['gender'],
      BOOTSTRAP,
    )
    const use = found.balance.find((it) => it.covariate === 'use_before')
    expect(use?.before.difference).toBeLessThan(-0.5)
    expect(Math.abs(use?.after?.difference ?? 1)).toBeLessThan(0.1)
    expect(found.adjusted?.service.n).toBe(found.matching.n_pairs)
  })

  it('what is recorded for fewer than 80% of one group is not matched on, and nobody is dropped for it', () => {
    const found = compareServices(
      described(people(30, 0.5), 0, (at) => (at < 23 ? mixed(at) : null)),
      described(people(60, 1), 100, mixed),
      ['gender'],
      BOOTSTRAP,
    )
    expect(found.matching).toMatchObject({
      covariates: [
        { covariate: 'gender', is_used: false },
        { covariate: 'use_before', is_used: true },
      ],
      n_service: 30,
    })
  })

  it('somebody of both services counts in the service alone', () => {
    const found = compareServices(
      described(people(30, 0.5), 0, mixed),
      described(people(30, 1), 25, mixed),
      [],
      BOOTSTRAP,
    )
    expect([found.unadjusted.service.n, found.unadjusted.comparator.n, found.n_in_both]).toEqual([30, 25, 5])
  })
})
