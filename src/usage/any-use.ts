import { mcnemarMidP, newcombePaired } from '../stats/proportion.ts'
import { hasTime, type PersonWindows } from './compare-rates.ts'
import type { AnyUse, EventCountDistribution } from './usage-result.ts'

const FEWEST_FOR_A_SHARE = 5
const FEWEST_FOR_A_TEST = 10

/** People with any event before and after: the same people, so the difference is a paired one (Newcombe, method 10). */
export function anyUse(all: readonly PersonWindows[]): AnyUse {
  const people = all.filter(hasTime)
  const count = (before: boolean, after: boolean) =>
    people.filter((person) => person.events_before > 0 === before && person.events_after > 0 === after).length
  const both = count(true, true)
  const pre_only = count(true, false)
  const post_only = count(false, true)
  const neither = count(false, false)
  const n = people.length
  const difference = n < FEWEST_FOR_A_SHARE ? null : newcombePaired({ both, pre_only, post_only, neither })
  return {
    n,
    n_before: both + pre_only,
    n_after: both + post_only,
    n_both: both,
    n_before_only: pre_only,
    n_after_only: post_only,
    n_neither: neither,
    difference: difference?.difference ?? null,
    ci95: difference === null ? null : [difference.lower, difference.upper],
    p: n < FEWEST_FOR_A_TEST ? null : mcnemarMidP(pre_only, post_only).p,
    reason: n < FEWEST_FOR_A_SHARE ? 'fewer_than_5_people' : n < FEWEST_FOR_A_TEST ? 'fewer_than_10_people' : null,
  }
}

/** People by how many events they had. */
export function distribution(events: readonly number[]): EventCountDistribution {
  return {
    none: events.filter((count) => count === 0).length,
    one: events.filter((count) => count === 1).length,
    two: events.filter((count) => count === 2).length,
    three_or_more: events.filter((count) => count >= 3).length,
  }
}
