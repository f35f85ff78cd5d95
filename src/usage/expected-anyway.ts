import { sum } from '../stats/describe.ts'
import { rateRatioJackknife } from '../stats/rate-ratio-jackknife.ts'
import { expectedRate, type RateSpread, rateSpread } from '../stats/regression-to-mean.ts'
import { compareRates, DAYS_PER_YEAR, hasTime, type PersonWindows } from './compare-rates.ts'
import type { ExpectedComparison } from './usage-result.ts'

/** How many people are the most used: a tenth of all, ten at least, and then of no fewer than twenty. */
const FEWEST_MOST_USED = 10

/** Events in a stretch of days. */
export interface Stretch {
  readonly events: number
  readonly days: number
}

/** A person, and what is known of them from a stretch to expect from: null where that could not be seen. */
export interface WithHistory extends PersonWindows {
  readonly history: Stretch | null
}

/**
 * What the rate after joining would have been with nothing at work but chance and each person's own tendency (empirical Bayes): people who
 * had many events are expected to have fewer, and who had few, more. Mean and spread come from `reference`, which must not have been
 * picked by its own use. `ratio` is the fall as it is, `remaining_ratio` what is left of it: after over expected. Its interval takes
 * the expectation as given.
 */
export function expectedAnyway(all: readonly WithHistory[], reference: readonly Stretch[]): ExpectedComparison {
  const people = all.filter(hasTime)
  const unadjusted = compareRates(people)
  const spread = rateSpread(reference.map((it) => ({ events: it.events, time: it.days / DAYS_PER_YEAR })))
  const base = {
    n: people.length,
    n_users_before: unadjusted.n_users_before,
    n_users_after: unadjusted.n_users_after,
    n_reference: reference.length,
    rate_before: unadjusted.rate_before,
    rate_after: unadjusted.rate_after,
    ratio: unadjusted.rate_ratio,
    ci95: unadjusted.ci95_jackknife,
    mean_rate: spread.mean_rate,
    theta: spread.theta,
  }
  const none = { ...base, expected_rate: null, expected_ratio: null, remaining_ratio: null, remaining_ci95: null }
  if (unadjusted.rate_before === null || unadjusted.rate_before === 0) return { ...none, reason: 'no_events_before' }
  if (spread.reason !== null && spread.reason !== 'not_overdispersed') return { ...none, reason: 'no_reference' }
  const expected = people.map((person) => expectedEvents(person, spread))
  const expected_rate = sum(expected) / unadjusted.person_years_after
  // Expected events take the place of those before, in the same time as those after.
  const left = rateRatioJackknife(
    people.map((person, at) => ({
      events_before: expected[at] as number,
      time_before: person.days_after,
      events_after: person.events_after,
      time_after: person.days_after,
    })),
  )
  return {
    ...base,
    expected_rate,
    expected_ratio: expected_rate / unadjusted.rate_before,
    remaining_ratio: expected_rate === 0 ? null : (unadjusted.rate_after ?? 0) / expected_rate,
    remaining_ci95: unadjusted.ci95_jackknife === null ? null : left.ci95,
    reason: null,
  }
}

/** Events to expect after joining; the mean rate where nothing is known of the person, or people differ by no more than chance. */
function expectedEvents({ history, days_after }: WithHistory, { mean_rate, theta }: RateSpread): number {
  const known = history === null ? null : { events: history.events, time: history.days / DAYS_PER_YEAR }
  const mean = mean_rate ?? 0
  const rate = theta === null || known === null ? mean : (expectedRate(known, { mean_rate: mean, theta }) ?? 0)
  return (rate * days_after) / DAYS_PER_YEAR
}

/**
 * The people with the highest rate before joining: whoever picks them out picks a bad year. Mean and spread are those of everybody's year
 * before joining, since everybody was not picked by it. `n`: how many to pick; a tenth of all unless told. Null below twenty people.
 */
export function mostUsed(all: readonly PersonWindows[], n?: number): ExpectedComparison | null {
  const people = all
    .filter(hasTime)
    .map((it) => ({ ...it, history: { events: it.events_before, days: it.days_before } }))
  const fewest = n === undefined ? 2 * FEWEST_MOST_USED : n + 1
  if (people.length < fewest) return null
  const rate = (person: PersonWindows) => person.events_before / person.days_before
  const picked = people
    .toSorted((a, b) => rate(b) - rate(a))
    .slice(0, n ?? Math.max(FEWEST_MOST_USED, Math.round(people.length / 10)))
  return expectedAnyway(
    picked,
    people.map((it) => it.history),
  )
}
