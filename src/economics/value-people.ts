import { DAYS_PER_YEAR } from '../usage/compare-rates.ts'
import type { PersonCost } from './person-costs.ts'
import { personQaly, type QalyRule, type UtilityPoint } from './qaly.ts'

/** Everyone who joined; none of whom a utility is known has no points. */
export interface PersonUtilities {
  readonly person_key: number
  readonly points: readonly UtilityPoint[]
  /** Days from joining; null for the living. */
  readonly death_day: number | null
}

/** One person of whom costs and QALYs are both known, in pounds and years. */
export interface ValuedPerson {
  readonly person_key: number
  /** Pounds in the window after less pounds in the one before, the programme's own cost apart. */
  readonly change: number
  readonly before: number
  readonly after: number
  readonly qaly: number
  readonly flat_qaly: number
  readonly baseline: number
}

export interface PeopleToValue {
  /** NHS and personal social services. */
  readonly costs: readonly PersonCost[]
  readonly utilities: readonly PersonUtilities[]
  readonly whole_window_days: number
}

/** People of whom both windows are known whole: seen to their ends, or to a death in the later one. */
export function peopleSeenWhole({ costs, utilities, whole_window_days }: PeopleToValue): PersonCost[] {
  const dead = new Set(utilities.flatMap((it) => (it.death_day === null ? [] : [it.person_key])))
  const isWhole = (years: number) => Math.round(years * DAYS_PER_YEAR) >= whole_window_days
  return costs.filter((it) => isWhole(it.years_before) && (isWhole(it.years_after) || dead.has(it.person_key)))
}

/** Of these, people with a utility at joining and a later one, or a death. */
export function valuedPeople(people: PeopleToValue, rule: QalyRule): ValuedPerson[] {
  const byPerson = new Map(people.utilities.map((it) => [it.person_key, it]))
  return peopleSeenWhole(people).flatMap((cost) => {
    const own = byPerson.get(cost.person_key)
    const found = own === undefined ? null : personQaly(own.points, own.death_day, rule)
    if (found?.status !== 'known') return []
    const [before, after] = [cost.before.central_pence / 100, cost.after.central_pence / 100]
    return [{ ...found, person_key: cost.person_key, before, after, change: after - before }]
  })
}

/** Mean change in cost, with the programme's own, and in QALYs. */
export interface MeanChange {
  readonly cost: number
  readonly qaly: number
}

export function meanChange(people: readonly ValuedPerson[], programme_pence: number): MeanChange {
  return {
    cost: (meanOf(people.map((it) => it.change)) ?? 0) + programme_pence / 100,
    qaly: meanOf(people.map((it) => it.qaly - it.flat_qaly)) ?? 0,
  }
}

export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length
}
