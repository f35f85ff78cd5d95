import { DAYS_PER_YEAR } from '../usage/compare-rates.ts'
import type { PersonCost } from './person-costs.ts'
import { personQaly, type QalyRule, type UtilityPoint } from './qaly.ts'

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

/** People seen for the whole window on both sides, with a utility at joining and a later one. */
export function valuedPeople({ costs, utilities, whole_window_days }: PeopleToValue, rule: QalyRule): ValuedPerson[] {
  const byPerson = new Map(utilities.map((it) => [it.person_key, it]))
  return costs
    .filter((it) => isWhole(it, whole_window_days))
    .flatMap((cost) => {
      const own = byPerson.get(cost.person_key)
      const found = own === undefined ? null : personQaly(own.points, own.death_day, rule)
      if (found?.status !== 'known') return []
      const [before, after] = [cost.before.central_pence / 100, cost.after.central_pence / 100]
      return [{ ...found, person_key: cost.person_key, before, after, change: after - before }]
    })
}

export function isWhole({ years_before, years_after }: PersonCost, days: number): boolean {
  return Math.round(years_before * DAYS_PER_YEAR) >= days && Math.round(years_after * DAYS_PER_YEAR) >= days
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
