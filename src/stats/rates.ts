import {
  betaQuantileOdds,
  binomialCdf,
  binomialProbability,
  binomialUpperTail,
  chiSquaredQuantile,
} from './distributions.ts'
import type { OpenInterval } from './interval.ts'

/** Events and person-time (any one unit: days, years) before and after. */
export interface BeforeAndAfter {
  events_before: number
  time_before: number
  events_after: number
  time_after: number
}

export interface Rate {
  events: number
  time: number
  rate: number // events per unit of time
  lower: number
  upper: number
}

/** One rate with Garwood's exact Poisson interval (1936), valid if events are independent; null when time is 0. */
export function rateExact(events: number, time: number, level = 0.95): Rate | null {
  assertCounts(events, time)
  if (time === 0) return null
  const tail = (1 - level) / 2
  const lower = events === 0 ? 0 : chiSquaredQuantile(tail, 2 * events) / 2
  const upper = chiSquaredQuantile(1 - tail, 2 * (events + 1)) / 2
  return { events, time, rate: events / time, lower: lower / time, upper: upper / time }
}

/** Why a rate ratio or one of its bounds does not exist. */
export type RateRatioReason = 'no_person_time' | 'no_events' | 'no_events_before' | 'no_events_after'

export interface ExactRateRatio extends BeforeAndAfter {
  ratio: number | null // rate after / rate before; null without person-time or without events before
  ci95: OpenInterval | null // [0, upper] with no events after, [lower, null] with none before; null with none at all
  p: number | null // two-sided, of a ratio of 1
  reason: RateRatioReason | null // 'no_events_after' explains a ratio of 0
}

/**
 * Rate ratio after / before, exact given the total number of events (R's `poisson.test`). It holds only if events are
 * independent of one another; people who come again and again make it too narrow: see `rateRatioClustered`.
 */
export function rateRatioExact(counts: BeforeAndAfter): ExactRateRatio {
  const { events_before: before, time_before, events_after: after, time_after } = counts
  assertCounts(before, time_before)
  assertCounts(after, time_after)
  if (time_before === 0 || time_after === 0) return absent(counts, 'no_person_time')
  if (before + after === 0) return absent(counts, 'no_events')
  const timeOdds = time_before / time_after
  return {
    ...counts,
    ratio: before === 0 ? null : (after / before) * timeOdds,
    ci95: [
      after === 0 ? 0 : betaQuantileOdds(0.025, after, before + 1) * timeOdds,
      before === 0 ? null : betaQuantileOdds(0.975, after + 1, before) * timeOdds,
    ],
    p: binomialTwoSidedP(after, before + after, time_after / (time_before + time_after)),
    reason: before === 0 ? 'no_events_before' : after === 0 ? 'no_events_after' : null,
  }
}

function absent(counts: BeforeAndAfter, reason: RateRatioReason): ExactRateRatio {
  return { ...counts, ratio: null, ci95: null, p: null, reason }
}

/** Sum of the chances of all outcomes no likelier than x, as R's `binom.test`; its 1e-7 slack keeps equal ones in. */
function binomialTwoSidedP(x: number, n: number, chance: number): number {
  if (x === n * chance) return 1
  const limit = binomialProbability(x, n, chance) * (1 + 1e-7)
  const isAsUnlikely = (k: number) => binomialProbability(k, n, chance) <= limit
  if (x < n * chance) {
    const first = firstWhere(Math.ceil(n * chance), n + 1, isAsUnlikely)
    return Math.min(1, binomialCdf(x, n, chance) + binomialUpperTail(first - 1, n, chance))
  }
  const first = firstWhere(0, Math.floor(n * chance) + 1, (k) => !isAsUnlikely(k))
  return Math.min(1, binomialCdf(first - 1, n, chance) + binomialUpperTail(x - 1, n, chance))
}

/** Bisection for the first whole number in [from, to) at which a once-switching test is true; `to` if none. */
function firstWhere(from: number, to: number, test: (k: number) => boolean): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function assertCounts(events: number, time: number): void {
  if (!(Number.isInteger(events) && events >= 0)) throw new Error('events must be a whole number of 0 or more')
  if (!(Number.isFinite(time) && time >= 0)) throw new Error('person-time must be a finite number of 0 or more')
}
