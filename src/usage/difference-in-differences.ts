import { percentileInterval } from '../stats/bootstrap-interval.ts'
import { createRandom } from '../stats/random.ts'
import { DAYS_PER_YEAR, hasTime, type PersonWindows } from './compare-rates.ts'
import type { Interval } from './usage-result.ts'

/** Below so many people in either group nothing is compared: a bootstrap of fewer is too narrow. */
export const FEWEST_TO_COMPARE = 20

/** Pence; null where nothing has a price. */
export interface ComparedPerson extends PersonWindows {
  readonly cost_before: number | null
  readonly cost_after: number | null
}

export type ContrastReason =
  | 'fewer_than_20_people'
  | 'a_rate_is_nought'
  | 'undefined_in_resamples'
  | 'no_variation'
  | 'not_costed'

/** `reason`: why the estimate or its interval is null. */
export interface Contrast {
  readonly estimate: number | null
  readonly ci95: Interval | null
  readonly reason: ContrastReason | null
}

/** One group before and after: events, person-years, people with any event, rates per person-year. */
export interface GroupUse {
  readonly n: number
  readonly events_before: number
  readonly events_after: number
  readonly person_years_before: number
  readonly person_years_after: number
  readonly n_users_before: number
  readonly n_users_after: number
  readonly rate_before: number | null
  readonly rate_after: number | null
  /** After over before; null without events before. */
  readonly ratio: number | null
}

/** Positive: use or cost rose more, or fell less, in the service than in the comparator. */
export interface DifferenceInDifferences {
  readonly service: GroupUse
  readonly comparator: GroupUse
  /** After over before in the service, over the same in the comparator: 1 where both changed alike. */
  readonly ratio_of_ratios: Contrast
  /** Events per person-year. */
  readonly rate_difference: Contrast
  /** Pence per person-year. */
  readonly cost_difference: Contrast
  readonly replicates: number
}

interface DifferenceOptions {
  readonly replicates: number
  readonly seed: string
  /** The nth person of one group belongs to the nth of the other, and they are drawn together (Austin & Small 2014). */
  readonly are_pairs?: boolean
}

/**
 * What changed in a service less what changed in another over the same stretches from joining. All events over all person-time; 95%
 * intervals by bootstrap of whole people, each group on its own, before and after kept together (percentile). People
 * without time on both sides are left out.
 */
export function differenceInDifferences(
  service: readonly ComparedPerson[],
  comparator: readonly ComparedPerson[],
  options: DifferenceOptions,
): DifferenceInDifferences {
  const groups = [service.filter(hasTime), comparator.filter(hasTime)] as const
  const isTooFew = groups.some((people) => people.length < FEWEST_TO_COMPARE)
  const all = contrastsOf(...(groups.map((people) => totals(people, people.keys())) as [Totals, Totals]))
  const drawn = isTooFew ? [] : resampled(groups, options)
  const isCosted = groups.flat().every((it) => it.cost_before !== null && it.cost_after !== null)
  const contrast = (name: keyof Contrasts, absent: ContrastReason): Contrast => {
    if (isTooFew) return { estimate: null, ci95: null, reason: 'fewer_than_20_people' }
    const estimate = all[name]
    if (estimate === null) return { estimate, ci95: null, reason: absent }
    return { estimate, ...intervalOf(drawn.map((it) => it[name])) }
  }
  return {
    service: groupUse(groups[0]),
    comparator: groupUse(groups[1]),
    ratio_of_ratios: contrast('ratio', 'a_rate_is_nought'),
    rate_difference: contrast('rate', 'undefined_in_resamples'),
    cost_difference: isCosted
      ? contrast('cost', 'not_costed')
      : { estimate: null, ci95: null, reason: isTooFew ? 'fewer_than_20_people' : 'not_costed' },
    replicates: options.replicates,
  }
}

interface Totals {
  events_before: number
  events_after: number
  years_before: number
  years_after: number
  cost_before: number
  cost_after: number
}

interface Contrasts {
  readonly ratio: number | null
  readonly rate: number | null
  readonly cost: number | null
}

function totals(people: readonly ComparedPerson[], places: Iterable<number>): Totals {
  const all = { events_before: 0, events_after: 0, years_before: 0, years_after: 0, cost_before: 0, cost_after: 0 }
  for (const place of places) {
    const person = people[place] as ComparedPerson
    all.events_before += person.events_before
    all.events_after += person.events_after
    all.years_before += person.days_before / DAYS_PER_YEAR
    all.years_after += person.days_after / DAYS_PER_YEAR
    all.cost_before += person.cost_before ?? 0
    all.cost_after += person.cost_after ?? 0
  }
  return all
}

/** Null where a rate that has to be above nought is nought, or a group is empty. */
function contrastsOf(service: Totals, comparator: Totals): Contrasts {
  const counts = [service, comparator].flatMap((it) => [it.events_before, it.events_after])
  if ([service, comparator].some((it) => it.years_before === 0)) return { ratio: null, rate: null, cost: null }
  const change = (it: Totals, of: 'events' | 'cost') =>
    it[`${of}_after`] / it.years_after - it[`${of}_before`] / it.years_before
  const ratio = (it: Totals) => it.events_after / it.years_after / (it.events_before / it.years_before)
  return {
    ratio: counts.includes(0) ? null : ratio(service) / ratio(comparator),
    rate: change(service, 'events') - change(comparator, 'events'),
    cost: change(service, 'cost') - change(comparator, 'cost'),
  }
}

function resampled(
  [service, comparator]: readonly [readonly ComparedPerson[], readonly ComparedPerson[]],
  { replicates, seed, are_pairs = false }: DifferenceOptions,
): Contrasts[] {
  const random = createRandom(seed)
  const drawn = (n: number) => Int32Array.from({ length: n }, () => random() * n)
  return Array.from({ length: replicates }, () => {
    const first = drawn(service.length)
    const second = are_pairs ? first : drawn(comparator.length)
    return contrastsOf(totals(service, first), totals(comparator, second))
  })
}

/** Leaving out resamples that have no value would bias the interval: then there is none. */
function intervalOf(drawn: readonly (number | null)[]): Pick<Contrast, 'ci95' | 'reason'> {
  const values = drawn.filter((value) => value !== null)
  if (values.length < drawn.length) return { ci95: null, reason: 'undefined_in_resamples' }
  if (values.every((value) => value === values[0])) return { ci95: null, reason: 'no_variation' }
  return { ci95: percentileInterval(Float64Array.from(values)), reason: null }
}

function groupUse(people: readonly ComparedPerson[]): GroupUse {
  const all = totals(people, people.keys())
  const rate = (events: number, years: number) => (years === 0 ? null : events / years)
  const [before, after] = [rate(all.events_before, all.years_before), rate(all.events_after, all.years_after)]
  return {
    n: people.length,
    events_before: all.events_before,
    events_after: all.events_after,
    person_years_before: all.years_before,
    person_years_after: all.years_after,
    n_users_before: people.filter((it) => it.events_before > 0).length,
    n_users_after: people.filter((it) => it.events_after > 0).length,
    rate_before: before,
    rate_after: after,
    ratio: before === null || after === null || before === 0 ? null : after / before,
  }
}
