import type { Interval } from '../../stats/interval.ts'
import { middle95 } from './compare-pair.ts'
import type { StrategyDraws } from './strategy-draws.ts'

type ByStrategy<Value> = Readonly<Record<string, Value>>

/** What may be decided at one willingness to pay for a unit of effect. Money in pounds a person. */
export interface DecisionAt {
  readonly wtp: number
  /** Mean net monetary benefit of each strategy: wtp × effect − cost. */
  readonly nmb: ByStrategy<number>
  /** Expected incremental benefit of each comparator over the reference, with the middle 95% of its draws. */
  readonly eib: ByStrategy<number>
  readonly eib_ci95: ByStrategy<Interval | null>
  /** Pairwise: share of draws in which the comparator is worth more than the reference; draws that tie are in neither. */
  readonly ceac: ByStrategy<number>
  /** Multi-way: share of draws in which a strategy is worth most of all; a tie is shared. Adds up to 1. */
  readonly p_best: ByStrategy<number>
  /** The strategy worth most on average: what would be chosen. */
  readonly best: string
  /** The acceptability frontier: `p_best` of the strategy chosen, which need not be the highest `p_best`. */
  readonly ceaf: number
  /** Mean loss of choosing each strategy, against knowing the best in every draw. */
  readonly expected_loss: ByStrategy<number>
  /** Expected value of perfect information a person: the least expected loss. */
  readonly evpi: number
}

/** The decision at each willingness to pay. */
export function decisionsAt(draws: StrategyDraws, wtps: readonly number[]): DecisionAt[] {
  return wtps.map((wtp) => decisionAt(draws, wtp))
}

function decisionAt(draws: StrategyDraws, wtp: number): DecisionAt {
  const { names } = draws
  const benefits = names.map((_, nth) => netBenefits(draws, nth, wtp))
  const nmb = names.map((_, nth) => wtp * (draws.mean_effects[nth] as number) - (draws.mean_costs[nth] as number))
  const { p_best, expected_loss } = overDraws(benefits)
  const best = nmb.indexOf(Math.max(...nmb))
  const reference = benefits[0] as Float64Array
  const gains = benefits.slice(1).map((own) => own.map((benefit, draw) => benefit - (reference[draw] as number)))
  const comparators = names.slice(1)
  return {
    wtp,
    nmb: named(names, nmb),
    eib: named(
      comparators,
      nmb.slice(1).map((benefit) => benefit - (nmb[0] as number)),
    ),
    eib_ci95: named(comparators, gains.map(middle95)),
    ceac: named(
      comparators,
      gains.map((own) => own.filter((gain) => gain > 0).length / own.length),
    ),
    p_best: named(names, p_best),
    best: names[best] as string,
    ceaf: p_best[best] as number,
    expected_loss: named(names, expected_loss),
    evpi: Math.max(0, Math.min(...expected_loss)),
  }
}

function netBenefits({ costs, effects }: StrategyDraws, strategy: number, wtp: number): Float64Array {
  const cost = costs[strategy] as Float64Array
  return (effects[strategy] as Float64Array).map((effect, draw) => wtp * effect - (cost[draw] as number))
}

function overDraws(benefits: readonly Float64Array[]): { p_best: number[]; expected_loss: number[] } {
  const n = (benefits[0] as Float64Array).length
  const p_best = benefits.map(() => 0)
  const expected_loss = benefits.map(() => 0)
  for (let draw = 0; draw < n; draw++) {
    const own = benefits.map((benefit) => benefit[draw] as number)
    const most = Math.max(...own)
    const nMost = own.filter((benefit) => benefit === most).length
    for (const [strategy, benefit] of own.entries()) {
      if (benefit === most) p_best[strategy] = (p_best[strategy] as number) + 1 / nMost / n
      expected_loss[strategy] = (expected_loss[strategy] as number) + (most - benefit) / n
    }
  }
  return { p_best, expected_loss }
}

function named<Value>(names: readonly string[], values: readonly Value[]): ByStrategy<Value> {
  return Object.fromEntries(names.map((name, nth) => [name, values[nth] as Value]))
}
