import { sum } from './describe.ts'
import { tQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'
import { FEWEST_PEOPLE_FOR_A_CLAIM } from './rate-ratio-clustered.ts'
import type { BeforeAndAfter } from './rates.ts'

export interface ConditionalRateRatio {
  n: number // people with time on both sides and any event: the others say nothing of change within a person
  ratio: number | null // null with a reason
  se_log: number | null // robust: people whose events come in runs are allowed for
  se_log_model: number | null // R's glm(binomial): right only if a person's events are independent
  ci95: Interval | null // from se_log, t(n - 1); null with a reason
  reason: 'no_events' | 'no_events_before' | 'no_events_after' | 'fewer_than_6_people' | 'no_variation' | null
}

/**
 * Conditional (fixed-effect) Poisson rate ratio after / before: every person is compared with themselves, and weighs by their
 * number of events. Given a person's total, the events after are binomial with odds ratio x time_after / time_before
 * (Cameron & Trivedi 2013, §9.3). It asks how a person's own rate changed; the pooled ratio asks how all events over all
 * time changed. The two part where people who were followed for less time use more or less than others.
 */
export function rateRatioConditional(all: readonly BeforeAndAfter[]): ConditionalRateRatio {
  const people = all.filter((it) => it.time_before > 0 && it.time_after > 0 && it.events_before + it.events_after > 0)
  const n = people.length
  const none = { n, ratio: null, se_log: null, se_log_model: null, ci95: null }
  if (n === 0) return { ...none, reason: 'no_events' }
  if (people.every((it) => it.events_before === 0)) return { ...none, reason: 'no_events_before' }
  if (people.every((it) => it.events_after === 0)) return { ...none, reason: 'no_events_after' }
  const log = logRatio(people)
  const { information, squares } = at(people, log)
  const ratio = Math.exp(log)
  const se_log = n < 2 ? null : Math.sqrt((squares * n) / (n - 1)) / information
  const found = { ...none, ratio, se_log, se_log_model: 1 / Math.sqrt(information) }
  if (n < FEWEST_PEOPLE_FOR_A_CLAIM || se_log === null) return { ...found, reason: 'fewer_than_6_people' }
  if (se_log < 1e-12) return { ...found, reason: 'no_variation' }
  const margin = tQuantile(0.975, n - 1) * se_log
  return { ...found, ci95: [Math.exp(log - margin), Math.exp(log + margin)], reason: null }
}

/** Newton's steps on the conditional likelihood, which is concave: the first guess is the pooled ratio. */
function logRatio(people: readonly BeforeAndAfter[]): number {
  const add = (pick: (it: BeforeAndAfter) => number) => sum(people.map(pick))
  const before = add((it) => it.events_before) / add((it) => it.time_before)
  let log = Math.log(add((it) => it.events_after) / add((it) => it.time_after) / before)
  for (let step = 0; step < 100; step++) {
    const { score, information } = at(people, log)
    const move = Math.max(-2, Math.min(2, score / information))
    log += move
    if (Math.abs(move) < 1e-13) break
  }
  return log
}

function at(people: readonly BeforeAndAfter[], log: number) {
  let [score, information, squares] = [0, 0, 0]
  for (const { events_before, time_before, events_after, time_after } of people) {
    const chance = 1 / (1 + time_before / (time_after * Math.exp(log)))
    const events = events_before + events_after
    const residual = events_after - events * chance
    score += residual
    information += events * chance * (1 - chance)
    squares += residual * residual
  }
  return { score, information, squares }
}
