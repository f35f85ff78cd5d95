import { createRandom } from '../stats/random.ts'
import { rateRatioBootstrap } from '../stats/rate-ratio-bootstrap.ts'
import { rateRatioClustered } from '../stats/rate-ratio-clustered.ts'
import { rateRatioConditional } from '../stats/rate-ratio-conditional.ts'
import { rateRatioJackknife } from '../stats/rate-ratio-jackknife.ts'
import { rateRatioNegativeBinomial } from '../stats/rate-ratio-negative-binomial.ts'
import { rateRatioExact } from '../stats/rates.ts'
import { inYears, type PersonWindows } from './compare-rates.ts'

export const RATE_METHODS = [
  'jackknife',
  'clustered',
  'bootstrap_bca',
  'exact',
  'negative_binomial',
  'conditional_poisson',
] as const
export type RateMethod = (typeof RATE_METHODS)[number]

/** What a ratio is a ratio of: two methods with different estimands may rightly differ. */
export const ESTIMANDS = {
  pooled: 'all events over all person-time, after ÷ before',
  modelled: 'mean rates of people whose counts vary as the model says, after ÷ before',
  within_person: 'a person’s own rate, after ÷ before, among people with any event',
} as const
export type Estimand = keyof typeof ESTIMANDS

/** One way of estimating the rate ratio. */
export interface RateEstimate {
  readonly method: RateMethod
  readonly estimand: Estimand
  /** People it rests on. */
  readonly n: number
  /** Null with a reason. */
  readonly ratio: number | null
  /** 95%; the upper end is null when unbounded. Null with a reason. */
  readonly ci95: readonly [number, number | null] | null
  /** NB2: Var = mean + mean² / theta. Null for every other method, and where counts vary no more than Poisson. */
  readonly theta: number | null
  /** Why a number is null, or why another model stands in its place (`not_overdispersed`: Poisson). */
  readonly reason: string | null
}

/** The rate ratio by every method, the one that reports print first at the head. `replicates` and `seed`: of the bootstrap. */
export function estimateRates(
  all: readonly PersonWindows[],
  { replicates, seed }: { replicates: number; seed: string },
): RateEstimate[] {
  const people = inYears(all)
  const jackknife = rateRatioJackknife(people)
  const clustered = rateRatioClustered(people)
  const bootstrap = rateRatioBootstrap(people, { replicates, random: createRandom(`rate ratio ${seed}`) })
  const exact = rateRatioExact(clustered)
  const binomial = rateRatioNegativeBinomial(people)
  const conditional = rateRatioConditional(people)
  const mayClaim = clustered.claim === 'ok'
  const few = mayClaim ? null : 'fewer_than_6_people'
  const pooled = { estimand: 'pooled', n: people.length, theta: null } as const
  return [
    { ...pooled, method: 'jackknife', ...either(jackknife, few) },
    { ...pooled, method: 'clustered', ...either(clustered, few) },
    { ...pooled, method: 'bootstrap_bca', ...either(bootstrap, null) },
    { ...pooled, method: 'exact', ...either(exact, null) },
    {
      ...{ method: 'negative_binomial', estimand: 'modelled', n: binomial.n, theta: binomial.theta },
      ...either({ ...binomial, reason: binomial.reason ?? binomial.model_reason }, null),
    },
    {
      method: 'conditional_poisson',
      estimand: 'within_person',
      n: conditional.n,
      theta: null,
      ...either(conditional, null),
    },
  ]
}

interface Found {
  readonly ratio: number | null
  readonly ci95: readonly [number, number | null] | null
  readonly reason: string | null
}

function either({ ratio, ci95, reason }: Found, few: string | null): Found {
  return few === null ? { ratio, ci95, reason } : { ratio, ci95: null, reason: reason ?? few }
}
