import { sum } from './describe.ts'
import { tQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'
import type { BeforeAndAfter } from './rates.ts'

export interface JackknifeRateRatio {
  n: number // people
  ratio: number | null // pooled rate after / pooled rate before; null with a reason
  se_log: number | null // of log(ratio); null with a reason
  ci95: Interval | null // null with a reason
  reason: 'fewer_than_2_people' | 'no_ratio' | 'one_person_has_all_events' | 'no_variation' | null
}

/**
 * Pooled rate ratio after / before with the person as the unit, its variance by leaving out one person at a time (Tukey's
 * jackknife): (n - 1) / n sum((l_i - mean l)^2) over the log ratios l_i without person i, and t with n - 1 degrees of freedom.
 * Where few people have most events the sandwich of `rateRatioClustered` is too small, since it measures each person's
 * pull at an estimate that the person has already pulled; this is not (`bench/use-simulator.ts` has the shares of
 * intervals that hold the truth). Where one person has all events of a side nothing can be said without that person.
 */
export function rateRatioJackknife(people: readonly BeforeAndAfter[]): JackknifeRateRatio {
  const n = people.length
  const none = { n, ratio: null, se_log: null, ci95: null }
  if (n < 2) return { ...none, reason: 'fewer_than_2_people' }
  const all = totals(people)
  const ratio = ratioOf(all)
  if (ratio === null || ratio === 0) return { ...none, reason: 'no_ratio' }
  const logs = people.map((person) => {
    const left = ratioOf(without(all, person))
    return left === null || left === 0 ? null : Math.log(left)
  })
  const known = logs.filter((log) => log !== null)
  if (known.length < n) return { ...none, ratio, reason: 'one_person_has_all_events' }
  const mean = sum(known) / n
  const se = Math.sqrt((sum(known.map((log) => (log - mean) ** 2)) * (n - 1)) / n)
  if (se < 1e-12) return { ...none, ratio, se_log: 0, reason: 'no_variation' }
  const margin = tQuantile(0.975, n - 1) * se
  return { n, ratio, se_log: se, ci95: [ratio * Math.exp(-margin), ratio * Math.exp(margin)], reason: null }
}

/** Everyone's events and time, added up. */
export function totals(people: readonly BeforeAndAfter[]): BeforeAndAfter {
  const all = { events_before: 0, time_before: 0, events_after: 0, time_after: 0 }
  for (const person of people) {
    all.events_before += person.events_before
    all.time_before += person.time_before
    all.events_after += person.events_after
    all.time_after += person.time_after
  }
  return all
}

/** What is left of everyone without one person. */
export function without(all: BeforeAndAfter, person: BeforeAndAfter): BeforeAndAfter {
  return {
    events_before: all.events_before - person.events_before,
    time_before: all.time_before - person.time_before,
    events_after: all.events_after - person.events_after,
    time_after: all.time_after - person.time_after,
  }
}

/** Rate after over rate before; null without events before or without time. */
export function ratioOf({ events_before, time_before, events_after, time_after }: BeforeAndAfter): number | null {
  if (events_before <= 0 || time_before <= 0 || time_after <= 0) return null
  return events_after / time_after / (events_before / time_before)
}
