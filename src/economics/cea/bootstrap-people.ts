import type { Random } from '../../stats/random.ts'
import { type CeaFault, type CeaRow, type StrategyDraws, strategyFaults, strategyNames } from './strategy-draws.ts'

/** `paired`: everyone is in every strategy (before and after). `separate`: everyone is in one (arms, not randomised unless it says so). */
export type PeopleDesign = 'paired' | 'separate'

/** People whose cost and effect are known, strategy by strategy; in a paired design in the same order in each. */
export interface StrategyPeople {
  readonly design: PeopleDesign
  readonly names: readonly string[]
  readonly costs: readonly (readonly number[])[]
  readonly effects: readonly (readonly number[])[]
}

/** Fewer than six people give no interval anyone could trust. */
const FEWEST_PEOPLE = 6

/** Sorts people into strategies. People in some strategies and not in others fit neither design. */
export function sortPeople(
  rows: readonly CeaRow[],
  reference: string | null,
): { readonly people: StrategyPeople } | { readonly faults: readonly CeaFault[] } {
  const unusable = strategyFaults(rows, reference)
  if (unusable.length > 0) return { faults: unusable }
  const names = strategyNames(rows, reference)
  const byStrategy = names.map((name) => rows.filter((row) => row.strategy === name))
  const faults = byStrategy.flatMap(rowFaults)
  if (faults.length > 0) return { faults }
  const everyone = [...new Set(rows.map((row) => row.draw))]
  const design = everyone.length === rows.length ? 'separate' : 'paired'
  const strategiesOf = new Map<string, number>()
  for (const { draw } of rows) strategiesOf.set(draw, (strategiesOf.get(draw) ?? 0) + 1)
  const n_shared = everyone.filter((person) => strategiesOf.get(person) === names.length).length
  if (design === 'paired' && n_shared < everyone.length) {
    return { faults: [{ code: 'people_partly_shared', n_shared, n_people: everyone.length }] }
  }
  const position = new Map(everyone.map((person, at) => [person, at]))
  const inOrder = byStrategy.map((own) =>
    own.toSorted((a, b) => (position.get(a.draw) as number) - (position.get(b.draw) as number)),
  )
  return {
    people: {
      design,
      names,
      costs: inOrder.map((own) => own.map((row) => row.cost)),
      effects: inOrder.map((own) => own.map((row) => row.effect)),
    },
  }
}

function rowFaults(own: readonly CeaRow[]): CeaFault[] {
  const strategy = own[0]?.strategy ?? ''
  const n = new Set(own.map((row) => row.draw)).size
  if (n < own.length) return [{ code: 'draw_repeated', strategy, n_repeated: own.length - n }]
  return n < FEWEST_PEOPLE ? [{ code: 'too_few_people', strategy, n }] : []
}

/**
 * Resamples whole people, each with cost and effect together: in a paired design the same people in every strategy, otherwise within
 * each strategy.
 */
export function bootstrapPeople(
  { design, names, costs, effects }: StrategyPeople,
  { replicates, random }: { replicates: number; random: Random },
): StrategyDraws {
  const drawn = names.map(() => ({ cost: new Float64Array(replicates), effect: new Float64Array(replicates) }))
  for (let replicate = 0; replicate < replicates; replicate++) {
    let picked: Int32Array | null = null
    for (const [strategy, own] of drawn.entries()) {
      const cost = costs[strategy] as readonly number[]
      picked = design === 'paired' && picked !== null ? picked : pick(cost.length, random)
      own.cost[replicate] = meanAt(cost, picked)
      own.effect[replicate] = meanAt(effects[strategy] as readonly number[], picked)
    }
  }
  return {
    names,
    costs: drawn.map((it) => it.cost),
    effects: drawn.map((it) => it.effect),
    mean_costs: costs.map(meanOfAll),
    mean_effects: effects.map(meanOfAll),
  }
}

function pick(n: number, random: Random): Int32Array {
  return Int32Array.from({ length: n }, () => Math.floor(random() * n))
}

function meanAt(values: readonly number[], rows: Int32Array): number {
  let total = 0
  for (const row of rows) total += values[row] as number
  return total / rows.length
}

function meanOfAll(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
