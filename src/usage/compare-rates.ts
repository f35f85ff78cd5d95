import { FEWEST_PEOPLE_FOR_A_CLAIM, rateRatioClustered } from '../stats/rate-ratio-clustered.ts'
import { rateRatioJackknife } from '../stats/rate-ratio-jackknife.ts'
import { type BeforeAndAfter, rateRatioExact } from '../stats/rates.ts'
import type { RateComparison, UsageReason } from './usage-result.ts'

export const DAYS_PER_YEAR = 365.25

/** What one person's two windows hold. */
export interface PersonWindows {
  readonly days_before: number
  readonly days_after: number
  readonly events_before: number
  readonly events_after: number
}

/** True for a person with time on both sides; the others are counted and compared with nobody. */
export function hasTime(person: PersonWindows): boolean {
  return person.days_before > 0 && person.days_after > 0
}

/** The people with time on both sides, their time in years. */
export function inYears(people: readonly PersonWindows[]): BeforeAndAfter[] {
  return people.filter(hasTime).map((person) => ({
    events_before: person.events_before,
    time_before: person.days_before / DAYS_PER_YEAR,
    events_after: person.events_after,
    time_after: person.days_after / DAYS_PER_YEAR,
  }))
}

/**
 * Rates per person-year before and after, and their ratio with the person as the unit. The estimand is the pooled
 * ratio: all events over all person-time. People without time on both sides are left out.
 */
export function compareRates(all: readonly PersonWindows[]): RateComparison {
  const people = inYears(all)
  const clustered = rateRatioClustered(people)
  const exact = rateRatioExact(clustered)
  const mayClaim = people.length >= FEWEST_PEOPLE_FOR_A_CLAIM
  const exactUpper = exact.ci95?.[1] ?? null
  return {
    n: people.length,
    person_years_before: clustered.time_before,
    person_years_after: clustered.time_after,
    events_before: clustered.events_before,
    events_after: clustered.events_after,
    rate_before: people.length === 0 ? null : clustered.events_before / clustered.time_before,
    rate_after: people.length === 0 ? null : clustered.events_after / clustered.time_after,
    rate_ratio: exact.ratio,
    n_users_before: people.filter((person) => person.events_before > 0).length,
    n_users_after: people.filter((person) => person.events_after > 0).length,
    ci95_jackknife: mayClaim ? rateRatioJackknife(people).ci95 : null,
    ci95_clustered: mayClaim ? clustered.ci95 : null,
    ci95_exact: exact.ci95 === null ? null : [exact.ci95[0] ?? 0, exactUpper],
    p_exact: exact.p,
    dispersion: clustered.dispersion,
    reason: mayClaim ? reasonOf(clustered.reason) : (reasonOf(clustered.reason) ?? 'fewer_than_6_people'),
  }
}

/**
 * Bed days before and after. The exact interval does not apply to them, since the days of one stay come together: only
 * the interval with people as clusters is given.
 */
export function compareBedDays(people: readonly PersonWindows[]): RateComparison {
  return { ...compareRates(people), ci95_exact: null, p_exact: null }
}

function reasonOf(reason: ReturnType<typeof rateRatioClustered>['reason']): UsageReason | null {
  switch (reason) {
    case 'no_people':
    case 'no_events':
    case 'no_events_before':
    case 'no_events_after':
      return reason
    case 'no_person_time':
    case 'events_without_person_time':
      return 'no_person_time'
    case 'one_person':
      return 'fewer_than_6_people'
    case 'no_variation':
      return 'no_spread_between_people'
    case null:
      return null
  }
}
