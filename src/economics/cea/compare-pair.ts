import { quantile } from '../../stats/describe.ts'
import { type Fieller, fiellerInterval, type MeanDifferences } from '../../stats/fieller.ts'
import type { Interval } from '../../stats/interval.ts'
import type { StrategyDraws } from './strategy-draws.ts'

/** Where a difference lies: N dearer, S cheaper, E more effective, W less. `axis`: no difference in cost or in effect. */
export const QUADRANTS = ['NE', 'SE', 'SW', 'NW', 'axis'] as const
export type Quadrant = (typeof QUADRANTS)[number]

/** Why there is no ratio: in SE and NW a ratio says the opposite in each, and means nothing. */
export type NoIcerReason = 'comparator_dominates' | 'comparator_is_dominated' | 'no_difference_in_effect'

/** A comparator against the reference: comparator less reference, so a positive cost is dearer and a positive effect is better. */
export interface CeaPair {
  readonly comparator: string
  readonly reference: string
  readonly delta_cost: number
  readonly delta_cost_ci95: Interval | null
  readonly delta_effect: number
  readonly delta_effect_ci95: Interval | null
  readonly quadrant: Quadrant
  /** Share of the draws in each quadrant. */
  readonly quadrant_shares: Readonly<Record<Quadrant, number>>
  /** Ratio of the mean differences, never a mean of ratios. In SW it is the money freed per unit of effect given up. */
  readonly icer: number | null
  readonly icer_reason: NoIcerReason | null
  /** True where the 95% interval of either difference holds 0: the ratio's quadrant is not known, and it is not to be published. */
  readonly is_icer_uncertain: boolean
  readonly icer_fieller: Fieller
}

/** The differences of every comparator from the reference, draw by draw. */
export function comparePairs(draws: StrategyDraws): CeaPair[] {
  return draws.names.slice(1).map((_, nth) => comparePair(draws, nth + 1))
}

function comparePair(draws: StrategyDraws, comparator: number): CeaPair {
  const costs = differences(draws.costs, comparator)
  const effects = differences(draws.effects, comparator)
  const delta_cost = (draws.mean_costs[comparator] as number) - (draws.mean_costs[0] as number)
  const delta_effect = (draws.mean_effects[comparator] as number) - (draws.mean_effects[0] as number)
  const delta_cost_ci95 = middle95(costs)
  const delta_effect_ci95 = middle95(effects)
  const quadrant = quadrantOf(delta_cost, delta_effect)
  return {
    comparator: draws.names[comparator] as string,
    reference: draws.names[0] as string,
    delta_cost,
    delta_cost_ci95,
    delta_effect,
    delta_effect_ci95,
    quadrant,
    quadrant_shares: quadrantShares(costs, effects),
    ...icerOf(delta_cost, delta_effect),
    is_icer_uncertain: holdsNought(delta_cost_ci95) || holdsNought(delta_effect_ci95),
    icer_fieller: fiellerInterval({ delta_cost, delta_effect, ...spreadOf(costs, effects) }),
  }
}

export function differences(values: readonly Float64Array[], comparator: number): Float64Array {
  const reference = values[0] as Float64Array
  return (values[comparator] as Float64Array).map((value, draw) => value - (reference[draw] as number))
}

export function middle95(values: Float64Array): Interval | null {
  const sorted = Array.from(values)
  const [low, high] = [quantile(sorted, 0.025), quantile(sorted, 0.975)]
  return low === null || high === null ? null : [low, high]
}

export function quadrantOf(deltaCost: number, deltaEffect: number): Quadrant {
  if (deltaCost === 0 || deltaEffect === 0) return 'axis'
  if (deltaCost > 0) return deltaEffect > 0 ? 'NE' : 'NW'
  return deltaEffect > 0 ? 'SE' : 'SW'
}

function icerOf(deltaCost: number, deltaEffect: number): Pick<CeaPair, 'icer' | 'icer_reason'> {
  if (deltaEffect === 0) return { icer: null, icer_reason: 'no_difference_in_effect' }
  if (deltaCost <= 0 && deltaEffect > 0) return { icer: null, icer_reason: 'comparator_dominates' }
  if (deltaCost >= 0 && deltaEffect < 0) return { icer: null, icer_reason: 'comparator_is_dominated' }
  return { icer: deltaCost / deltaEffect, icer_reason: null }
}

function quadrantShares(costs: Float64Array, effects: Float64Array): Record<Quadrant, number> {
  const counts = { NE: 0, SE: 0, SW: 0, NW: 0, axis: 0 }
  for (const [draw, cost] of costs.entries()) counts[quadrantOf(cost, effects[draw] as number)]++
  const share = (quadrant: Quadrant) => counts[quadrant] / costs.length
  return { NE: share('NE'), SE: share('SE'), SW: share('SW'), NW: share('NW'), axis: share('axis') }
}

export type MeanSpread = Pick<MeanDifferences, 'variance_cost' | 'variance_effect' | 'covariance'>

/** Variances and covariance of the two mean differences, from their draws. */
export function spreadOf(costs: Float64Array, effects: Float64Array): MeanSpread {
  const [meanCost, meanEffect] = [costs, effects].map((it) => it.reduce((a, b) => a + b, 0) / it.length) as [
    number,
    number,
  ]
  const below = costs.length - 1
  let [cost, effect, both] = [0, 0, 0]
  for (const [draw, value] of costs.entries()) {
    const [c, e] = [value - meanCost, (effects[draw] as number) - meanEffect]
    cost += (c * c) / below
    effect += (e * e) / below
    both += (c * e) / below
  }
  return { variance_cost: cost, variance_effect: effect, covariance: both }
}

function holdsNought(interval: Interval | null): boolean {
  return interval === null || (interval[0] <= 0 && interval[1] >= 0)
}
