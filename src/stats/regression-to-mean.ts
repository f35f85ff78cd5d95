import { sum } from './describe.ts'
import { normalCdf, normalDensity } from './distributions.ts'

/**
 * The fall towards the mean to expect with no treatment at all: (1 - rho)(mean_pre - mu), in the units of the score.
 * `mu` is the mean of the population the people were drawn from, `rho` the correlation of two untreated scores.
 * Positive where the group starts above mu, so the expected change post - pre is its negative.
 */
export function expectedRegression({ mean_pre, mu, rho }: { mean_pre: number; mu: number; rho: number }): number {
  return (1 - rho) * (mean_pre - mu)
}

export interface ThresholdSelection {
  mu: number // population mean
  sd_within: number // SD of one person's scores about their own mean
  sd_between: number // SD of people's own means
  threshold: number // people are taken when the mean of their baselines is beyond this
  baselines?: number // baseline scores averaged for each person; 1 unless given
  selected?: 'above' | 'below' // which side of the threshold; above unless given
}

/**
 * Regression to the mean when people are taken beyond a threshold (Barnett, van der Pols & Dobson 2005): the distance
 * the group's mean is expected to move towards mu, 0 or more, in the units of the score. Null where nothing varies.
 */
export function regressionFromThreshold(selection: ThresholdSelection): number | null {
  const { mu, sd_within, sd_between, threshold, baselines = 1, selected = 'above' } = selection
  const within = sd_within ** 2 / baselines
  const sd = Math.sqrt(sd_between ** 2 + within)
  if (sd === 0) return null
  const z = (selected === 'above' ? threshold - mu : mu - threshold) / sd
  const chance = normalCdf(-z)
  return chance === 0 ? null : ((within / sd) * normalDensity(z)) / chance
}

export interface EventHistory {
  events: number
  time: number
}

export interface RateSpread {
  n: number
  mean_rate: number | null // pooled events per unit of time; null without person-time
  theta: number | null // Var = mean + mean^2 / theta; null with a reason
  reason: 'no_person_time' | 'no_events' | 'one_person' | 'not_overdispersed' | null
}

/**
 * How much people's own rates differ, by the method of moments: the squared distances of counts from mean_rate x time,
 * times n / (n - 1), less the Poisson part, set equal to mean_rate^2 sum(time^2) / theta. With equal times this is
 * mean^2 / (s^2 - mean). `not_overdispersed` (theta infinite) means everyone's best guess is the mean rate.
 */
export function rateSpread(people: readonly EventHistory[]): RateSpread {
  const n = people.length
  const time = sum(people.map((person) => person.time))
  const events = sum(people.map((person) => person.events))
  if (time === 0) return { n, mean_rate: null, theta: null, reason: 'no_person_time' }
  const rate = events / time
  if (events === 0) return { n, mean_rate: 0, theta: null, reason: 'no_events' }
  if (n < 2) return { n, mean_rate: rate, theta: null, reason: 'one_person' }
  const squares = sum(people.map((person) => (person.events - rate * person.time) ** 2))
  const excess = (squares * n) / (n - 1) - events
  if (excess <= 0) return { n, mean_rate: rate, theta: null, reason: 'not_overdispersed' }
  return {
    n,
    mean_rate: rate,
    theta: (rate ** 2 * sum(people.map((person) => person.time ** 2))) / excess,
    reason: null,
  }
}

/**
 * The rate to expect next from a person with this history, if nothing but chance and their own tendency were at work:
 * (theta + events) / (theta / mean_rate + time). `mean_rate` and `theta` must come from a stretch that did not decide
 * who joined; taken from the selected window itself they predict no fall at all. Null when mean_rate is 0.
 */
export function expectedRate(
  person: EventHistory,
  { mean_rate, theta }: { mean_rate: number; theta: number },
): number | null {
  return mean_rate === 0 ? null : (theta + person.events) / (theta / mean_rate + person.time)
}
