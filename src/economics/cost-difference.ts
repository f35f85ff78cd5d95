import type { Pence } from '../domain/money.ts'
import { bootstrapStatistic } from '../stats/bootstrap.ts'
import { normalQuantile } from '../stats/distributions.ts'
import { createRandom } from '../stats/random.ts'
import type { CostConcentration, CostDifference, PenceRange } from './cost-result.ts'
import { wholePence } from './pence-range.ts'
import type { PersonCost } from './person-costs.ts'

export interface BootstrapChoice {
  readonly replicates: number
  readonly seed: string
}

const FEWEST_FOR_AN_INTERVAL = 6
const FEWEST_FOR_BCA = 20
/** From so many on, resampling says the same as the normal interval, in thousands of times the time. */
const MOST_RESAMPLED = 5000

/**
 * Change in cost per person-year, after minus before, all cost over all person-time. Costs are skewed, so the interval is
 * a bootstrap of whole people, before and after kept together: BCa from 20 people, percentile from six, none below. Above 5,000
 * people it is the normal interval from each person's influence, which agrees with the bootstrap there.
 */
export function costDifference(people: readonly PersonCost[], choice: BootstrapChoice): CostDifference {
  const central = people.map((person) => amounts(person, 'central_pence'))
  const isLarge = people.length > MOST_RESAMPLED
  const interval = isLarge ? normalIntervalOf(central) : intervalOf(central, choice)
  const [before, after] = [rate(central, 'before'), rate(central, 'after')]
  return {
    cost_per_person_year_before_pence: before === null ? null : wholePence(before),
    cost_per_person_year_after_pence: after === null ? null : wholePence(after),
    difference_per_person_year_pence: roundedDifference(central),
    difference_at_low_prices_pence: roundedDifference(people.map((person) => amounts(person, 'low_pence'))),
    difference_at_high_prices_pence: roundedDifference(people.map((person) => amounts(person, 'high_pence'))),
    ...interval,
    replicates: isLarge ? 0 : choice.replicates,
    without_largest_person_pence: people.length < 2 ? null : roundedDifference(withoutLargest(central)),
  }
}

/** The change at the middle of every price, after minus before; null without person-time. */
export function changePerPersonYear(people: readonly PersonCost[]): Pence | null {
  return roundedDifference(people.map((person) => amounts(person, 'central_pence')))
}

/** The change in cost when no item has a price: unknown, not nought. */
export function nothingCosted(choice: BootstrapChoice): CostDifference {
  return {
    cost_per_person_year_before_pence: null,
    cost_per_person_year_after_pence: null,
    difference_per_person_year_pence: null,
    difference_at_low_prices_pence: null,
    difference_at_high_prices_pence: null,
    ci95_low_pence: null,
    ci95_high_pence: null,
    interval_method: 'none',
    replicates: choice.replicates,
    reason: 'nothing here has a unit cost',
    without_largest_person_pence: null,
  }
}

/** Who makes the cost: the dearest twentieth of people, at least one, before and after each on its own. */
export function concentration(people: readonly PersonCost[]): CostConcentration {
  const n = Math.ceil(people.length / 20)
  const share = (period: 'before' | 'after') => {
    const costs = people.map((person) => person[period].central_pence as number).sort((a, b) => b - a)
    const all = total(costs)
    return all === 0 ? null : total(costs.slice(0, n)) / all
  }
  return {
    n_people_in_top_5_percent: n,
    top_5_percent_share_before: share('before'),
    top_5_percent_share_after: share('after'),
  }
}

interface Amounts {
  readonly before: number
  readonly after: number
  readonly years_before: number
  readonly years_after: number
}

function amounts(person: PersonCost, price: keyof PenceRange): Amounts {
  const { years_before, years_after } = person
  return { before: person.before[price], after: person.after[price], years_before, years_after }
}

function intervalOf(people: readonly Amounts[], { replicates, seed }: BootstrapChoice) {
  const none = { ci95_low_pence: null, ci95_high_pence: null, interval_method: 'none' as const }
  if (people.length === 0) return { ...none, reason: 'there are no people with time on both sides' }
  if (people.length < FEWEST_FOR_AN_INTERVAL) return { ...none, reason: 'there are fewer than 6 people' }
  const result = bootstrapStatistic(people, difference, { replicates, random: createRandom(seed) })
  const bca = people.length < FEWEST_FOR_BCA ? null : result.bca_ci95
  const interval = bca ?? result.percentile_ci95
  if (interval === null) return { ...none, reason: NOTHING_VARIES }
  return {
    ci95_low_pence: wholePence(interval[0]),
    ci95_high_pence: wholePence(interval[1]),
    interval_method: bca === null ? ('percentile' as const) : ('bca' as const),
    reason: null,
  }
}

const NOTHING_VARIES = 'the costs do not vary between people'

/** The estimate less and plus 1.96 standard errors: the root of the sum of squared influences, times n / (n − 1). */
function normalIntervalOf(people: readonly Amounts[]) {
  const ends = normalInterval(people)
  if (ends === null)
    return { ci95_low_pence: null, ci95_high_pence: null, interval_method: 'none' as const, reason: NOTHING_VARIES }
  const [ci95_low_pence, ci95_high_pence] = [wholePence(ends[0]), wholePence(ends[1])]
  return { ci95_low_pence, ci95_high_pence, interval_method: 'normal' as const, reason: null }
}

function normalInterval(people: readonly Amounts[]): readonly [number, number] | null {
  const estimate = difference(people)
  if (estimate === null) return null
  const years = { before: total(people.map((it) => it.years_before)), after: total(people.map((it) => it.years_after)) }
  const rates = { before: rate(people, 'before') ?? 0, after: rate(people, 'after') ?? 0 }
  let squares = 0
  for (const it of people) {
    const after = (it.after - rates.after * it.years_after) / years.after
    const before = (it.before - rates.before * it.years_before) / years.before
    squares += (after - before) ** 2
  }
  const margin = normalQuantile(0.975) * Math.sqrt((squares * people.length) / (people.length - 1))
  return margin === 0 ? null : [estimate - margin, estimate + margin]
}

function withoutLargest(people: readonly Amounts[]): Amounts[] {
  const costs = people.map((person) => person.before + person.after)
  const largest = costs.indexOf(costs.reduce((most, cost) => Math.max(most, cost), Number.NEGATIVE_INFINITY))
  return people.filter((_, i) => i !== largest)
}

/** One pass, since the bootstrap asks it thousands of times. */
function difference(people: readonly Amounts[]): number | null {
  let [before, after, yearsBefore, yearsAfter] = [0, 0, 0, 0]
  for (const person of people) {
    before += person.before
    after += person.after
    yearsBefore += person.years_before
    yearsAfter += person.years_after
  }
  return yearsBefore === 0 || yearsAfter === 0 ? null : after / yearsAfter - before / yearsBefore
}

/** The difference of the two rounded rates, so that it is what a reader gets who takes one from the other. */
function roundedDifference(people: readonly Amounts[]) {
  const [before, after] = [rate(people, 'before'), rate(people, 'after')]
  return before === null || after === null ? null : wholePence(wholePence(after) - wholePence(before))
}

function rate(people: readonly Amounts[], period: 'before' | 'after'): number | null {
  const years = total(people.map((person) => person[`years_${period}`]))
  return years === 0 ? null : total(people.map((person) => person[period])) / years
}

function total(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
