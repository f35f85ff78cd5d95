import { type CeaPair, comparePairs } from './compare-pair.ts'
import { type DecisionAt, decisionsAt } from './decision-at.ts'
import { costEffectivenessFrontier, type FrontierPoint } from './frontier.ts'
import type { StrategyDraws } from './strategy-draws.ts'

/** A value for a unit of effect from which another strategy is worth most on average. */
export interface Switch {
  readonly wtp: number
  readonly from: string
  readonly to: string
}

export interface CeaAnalysis {
  readonly reference: string
  readonly n_draws: number
  /** In order of cost. */
  readonly strategies: readonly FrontierPoint[]
  readonly pairs: readonly CeaPair[]
  readonly wtp: readonly DecisionAt[]
  /** Where the choice changes as a unit of effect is valued more: the ratios along the frontier. */
  readonly switching_values: readonly Switch[]
  /** The most that chance in the draws can move a probability (one standard error, at one half). */
  readonly monte_carlo_error: number
}

/** What is usually paid for a QALY in England: £20,000 to £30,000 for long; £25,000 to £35,000 for medicines from April 2026. */
export const DEFAULT_WTPS = [0, 20_000, 25_000, 30_000, 35_000, 50_000] as const

/** Costs and effects of two or more strategies, with doubt. At each given value of a unit of effect, and at each ratio found. */
export function analyseCea(draws: StrategyDraws, wtps: readonly number[] = DEFAULT_WTPS): CeaAnalysis {
  const strategies = costEffectivenessFrontier(
    draws.names.map((name, nth) => ({
      name,
      mean_cost: draws.mean_costs[nth] as number,
      mean_effect: draws.mean_effects[nth] as number,
    })),
  )
  const n_draws = (draws.costs[0] as Float64Array).length
  return {
    reference: draws.names[0] as string,
    n_draws,
    strategies,
    pairs: comparePairs(draws),
    wtp: decisionsAt(draws, wtps),
    switching_values: switches(strategies),
    monte_carlo_error: Math.sqrt(0.25 / n_draws),
  }
}

function switches(strategies: readonly FrontierPoint[]): Switch[] {
  const frontier = strategies.filter((it) => it.status === 'ND')
  return frontier.slice(1).map((to, nth) => ({
    wtp: to.icer as number,
    from: (frontier[nth] as FrontierPoint).name,
    to: to.name,
  }))
}
