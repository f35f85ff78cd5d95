import { describe, expect, it } from 'vitest'
import type { Pence } from '../../src/domain/money.ts'
import { modelCosts } from '../../src/economics/cost-model.ts'
import type { PersonCost } from '../../src/economics/person-costs.ts'

const range = (pence: number) => ({
  low_pence: pence as Pence,
  central_pence: pence as Pence,
  high_pence: pence as Pence,
})

/** Costs before and after in pence; everybody seen for a year on both sides, unless said. */
const people = (costs: readonly (readonly [before: number, after: number])[], years_after = 1): PersonCost[] =>
  costs.map(([before, after], person_key) => ({
    person_key,
    years_before: 1,
    years_after,
    before: range(before),
    after: range(after),
  }))

const SKEWED = Array.from({ length: 40 }, (_, i) => [1000 + 97 * i ** 2, 500 + 61 * (39 - i) ** 2] as const)
const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const change = (costs: readonly (readonly [number, number])[]) =>
  Math.round(meanOf(costs.map(([, after]) => after)) - meanOf(costs.map(([before]) => before)))

describe('cost by a gamma model', () => {
  it('with nothing but the period, and everybody seen as long, is the difference of the means', () => {
    const model = modelCosts(people(SKEWED), 'a')
    expect(model).toMatchObject({ kind: 'gamma', n_without_cost: 0, reason: null })
    expect(model.difference_per_person_year_pence).toBe(change(SKEWED))
    expect(model.ci95_low_pence).toBeLessThan(change(SKEWED))
    expect(model.ci95_high_pence).toBeGreaterThan(change(SKEWED))
  })

  it('people without any cost are in two parts: the share with any, times what it was; the mean is kept', () => {
    const some = SKEWED.map(([before, after], i) => [i % 4 === 0 ? 0 : before, i % 3 === 0 ? 0 : after] as const)
    const model = modelCosts(people(some), 'a')
    expect(model).toMatchObject({ kind: 'two_part', n_without_cost: 10 + 14 })
    expect(model.difference_per_person_year_pence).toBe(change(some))
  })

  it('half a year after counts for half a year', () => {
    const halved = SKEWED.map(([before, after]) => [before, after / 2] as const)
    expect(modelCosts(people(halved, 0.5), 'a').difference_per_person_year_pence).toBe(change(SKEWED))
  })

  it.each([
    ['fewer than 20 people', SKEWED.slice(0, 19), 'there are fewer than 20 people'],
    ['nobody had any cost after', SKEWED.map(([before]) => [before, 0] as const), 'nobody had any cost on one side'],
    ['nobody had any cost', SKEWED.map(() => [0, 0] as const), 'too few people had any cost'],
  ])('%s: refused, with the reason', (_, costs, reason) => {
    expect(modelCosts(people(costs), 'a')).toMatchObject({ difference_per_person_year_pence: null, reason })
  })
})
