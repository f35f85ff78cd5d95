import { normalQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'
import { FEWEST_PEOPLE_FOR_A_CLAIM } from './rate-ratio-clustered.ts'
import type { BeforeAndAfter } from './rates.ts'

export interface NegativeBinomialRateRatio {
  n: number // people, two windows each
  model: 'negative_binomial' | 'poisson' // poisson with model_reason
  ratio: number | null // null with a reason
  se_log: number | null
  theta: number | null // Var = mean + mean^2 / theta; null where the model is poisson or does not exist
  ci95: Interval | null // Wald, on the log scale; null with a reason
  model_reason: 'not_overdispersed' | null // counts vary no more than Poisson: theta has no finite value
  reason:
    | 'no_people'
    | 'no_person_time'
    | 'no_events'
    | 'no_events_before'
    | 'no_events_after'
    | 'fewer_than_6_people'
    | null
}

/** Windows with the same count and time, counted once. */
interface Window {
  readonly events: number
  readonly time: number
  readonly times: number
}

/**
 * Negative binomial (NB2) rate ratio after / before: a log-linear model of each person's two counts with log time as offset and
 * Var = mean + mean^2 / theta, by maximum likelihood (R's MASS::glm.nb). Compared with the pooled ratio a window of much
 * time or many events weighs less. It takes the two windows of a person for independent, so its interval is wide where
 * people keep their own level. Where counts vary no more than Poisson, theta has no finite value and the Poisson model
 * stands in its place, with the reason.
 */
export function rateRatioNegativeBinomial(people: readonly BeforeAndAfter[]): NegativeBinomialRateRatio {
  const n = people.length
  const before = windows(people.map((it) => [it.events_before, it.time_before]))
  const after = windows(people.map((it) => [it.events_after, it.time_after]))
  const none = { n, model: 'poisson' as const, ratio: null, se_log: null, theta: null, ci95: null, model_reason: null }
  const reason = whyNone(n, before, after)
  if (reason !== null) return { ...none, reason }
  const theta = bestTheta(before, after)
  const [low, high] = [fit(before, theta), fit(after, theta)]
  const ratio = high.rate / low.rate
  const se_log = Math.sqrt(1 / low.information + 1 / high.information)
  const found = {
    ...none,
    model: theta === null ? ('poisson' as const) : ('negative_binomial' as const),
    ratio,
    se_log,
    theta,
    model_reason: theta === null ? ('not_overdispersed' as const) : null,
  }
  if (n < FEWEST_PEOPLE_FOR_A_CLAIM) return { ...found, reason: 'fewer_than_6_people' }
  const margin = normalQuantile(0.975) * se_log
  return { ...found, ci95: [ratio * Math.exp(-margin), ratio * Math.exp(margin)], reason: null }
}

function windows(pairs: readonly (readonly [events: number, time: number])[]): Window[] {
  const found = new Map<number, Map<number, { events: number; time: number; times: number }>>()
  for (const [events, time] of pairs) {
    if (time <= 0) continue
    const ofTime = found.get(time) ?? new Map()
    found.set(time, ofTime)
    const same = ofTime.get(events)
    if (same === undefined) ofTime.set(events, { events, time, times: 1 })
    else same.times += 1
  }
  return [...found.values()].flatMap((ofTime) => [...ofTime.values()])
}

function whyNone(n: number, before: readonly Window[], after: readonly Window[]) {
  if (n === 0) return 'no_people'
  if (before.length === 0 || after.length === 0) return 'no_person_time'
  const [none_before, none_after] = [before.every((it) => it.events === 0), after.every((it) => it.events === 0)]
  if (none_before && none_after) return 'no_events'
  if (none_before) return 'no_events_before'
  return none_after ? 'no_events_after' : null
}

/** The rate of one side at a theta (null: Poisson), by Newton's steps on its logarithm, and the information about that. */
function fit(side: readonly Window[], theta: number | null): { rate: number; information: number } {
  let log = Math.log(total(side, (it) => it.events) / total(side, (it) => it.time))
  const share = (it: Window) => (theta === null ? 1 : 1 / (1 + (Math.exp(log) * it.time) / theta))
  const information = () => total(side, (it) => Math.exp(log) * it.time * share(it))
  for (let step = 0; step < 100 && theta !== null; step++) {
    const score = total(side, (it) => (it.events - Math.exp(log) * it.time) * share(it))
    const move = Math.max(-2, Math.min(2, score / information()))
    log += move
    if (Math.abs(move) < 1e-13) break
  }
  return { rate: Math.exp(log), information: information() }
}

/** The theta at which the profile likelihood is highest, by bisection on its logarithm; null where that is without end. */
function bestTheta(before: readonly Window[], after: readonly Window[]): number | null {
  const slope = (theta: number) => thetaScore(before, theta) + thetaScore(after, theta)
  let [low, high] = [Math.log(1e-6), Math.log(1e6)]
  if (excess(before) + excess(after) <= 0 || slope(Math.exp(high)) >= 0) return null
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (slope(Math.exp(middle)) > 0) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/** Squared distances from the Poisson means, less the counts: above 0 if counts vary more than Poisson. */
function excess(side: readonly Window[]): number {
  const { rate } = fit(side, null)
  return total(side, (it) => (it.events - rate * it.time) ** 2 - it.events)
}

/** Slope of the log likelihood in theta, the rate being the best for that theta. */
function thetaScore(side: readonly Window[], theta: number): number {
  const { rate } = fit(side, theta)
  return total(side, (it) => {
    const mean = rate * it.time
    let ladder = 0 // digamma(theta + events) - digamma(theta)
    for (let j = 0; j < it.events; j++) ladder += 1 / (theta + j)
    return ladder - Math.log1p(mean / theta) + (mean - it.events) / (theta + mean)
  })
}

function total(side: readonly Window[], pick: (it: Window) => number): number {
  let sum = 0
  for (const it of side) sum += it.times * pick(it)
  return sum
}
