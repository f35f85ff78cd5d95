import { bootstrapReplicates } from './bootstrap.ts'
import { bcaInterval } from './bootstrap-interval.ts'
import type { Interval } from './interval.ts'
import type { Random } from './random.ts'
import { ratioOf, totals, without } from './rate-ratio-jackknife.ts'
import type { BeforeAndAfter } from './rates.ts'

/** Below so many people a BCa interval is too narrow to be claimed from (0.84 of them hold the truth at 6 people). */
export const FEWEST_PEOPLE_FOR_BCA = 20
/** From so many on, the other intervals say the same in a fraction of the time. */
const MOST_PEOPLE = 5000

export interface BootstrapRateRatio {
  n: number // people, each resampled whole
  replicates: number
  ratio: number | null // pooled; null without events before
  ci95: Interval | null // BCa; null with a reason
  reason: 'no_ratio' | 'fewer_than_20_people' | 'more_than_5000_people' | 'undefined_in_resamples' | 'degenerate' | null
}

/**
 * Pooled rate ratio after / before with a bias-corrected and accelerated bootstrap interval: people are drawn with both their
 * windows. No interval where a resample has no events before: leaving such resamples out would bias it.
 */
export function rateRatioBootstrap(
  people: readonly BeforeAndAfter[],
  { replicates, random }: { replicates: number; random: Random },
): BootstrapRateRatio {
  const n = people.length
  const all = totals(people)
  const ratio = ratioOf(all)
  const none = { n, replicates, ratio, ci95: null }
  if (ratio === null) return { ...none, reason: 'no_ratio' }
  if (n < FEWEST_PEOPLE_FOR_BCA) return { ...none, reason: 'fewer_than_20_people' }
  if (n > MOST_PEOPLE) return { ...none, reason: 'more_than_5000_people' }
  const drawn = bootstrapReplicates(n, (rows) => ratioOf(totalsAt(people, rows)), { replicates, random })
  if (drawn === null) return { ...none, reason: 'undefined_in_resamples' }
  const leaveOneOut = people.map((person) => ratioOf(without(all, person)))
  const left = leaveOneOut.filter((value) => value !== null)
  const ci95 = left.length < n ? null : bcaInterval(ratio, drawn, left)
  return { ...none, ci95, reason: ci95 === null ? 'degenerate' : null }
}

function totalsAt(people: readonly BeforeAndAfter[], rows: Int32Array): BeforeAndAfter {
  const all = { events_before: 0, time_before: 0, events_after: 0, time_after: 0 }
  for (let i = 0; i < rows.length; i++) {
    const person = people[rows[i]!]!
    all.events_before += person.events_before
    all.time_before += person.time_before
    all.events_after += person.events_after
    all.time_after += person.time_after
  }
  return all
}
