/** One draw of one strategy: its cost in pounds and its effect (QALYs, or another unit named by the caller). */
export interface CeaRow {
  readonly strategy: string
  /** The same name in every strategy means one and the same draw, or one and the same person. */
  readonly draw: string
  readonly cost: number
  readonly effect: number
}

/**
 * Strategies over the same draws, the reference first. `costs[strategy][draw]` in pounds. The means are those of the evidence itself:
 * of the draws of a model, or of the people whose resamples the draws are.
 */
export interface StrategyDraws {
  readonly names: readonly string[]
  readonly costs: readonly Float64Array[]
  readonly effects: readonly Float64Array[]
  readonly mean_costs: readonly number[]
  readonly mean_effects: readonly number[]
}

/** Why rows cannot be compared; facts only. */
export type CeaFault =
  | { readonly code: 'one_strategy'; readonly strategy: string }
  | { readonly code: 'no_such_reference'; readonly strategies: readonly string[] }
  | { readonly code: 'draw_missing'; readonly strategy: string; readonly n_missing: number }
  | { readonly code: 'draw_repeated'; readonly strategy: string; readonly n_repeated: number }
  | { readonly code: 'people_partly_shared'; readonly n_shared: number; readonly n_people: number }
  | { readonly code: 'too_few_people'; readonly strategy: string; readonly n: number }

/** The names in order of appearance, the reference first; the first named is the reference where none is chosen. */
export function strategyNames(rows: readonly CeaRow[], reference: string | null): string[] {
  const names = [...new Set(rows.map((row) => row.strategy))]
  const first = reference ?? names[0]
  return first === undefined ? [] : [first, ...names.filter((name) => name !== first)]
}

/** Draws of a model, put in one order by their names: every strategy needs every draw, once. */
export function alignDraws(
  rows: readonly CeaRow[],
  reference: string | null,
): { readonly draws: StrategyDraws } | { readonly faults: readonly CeaFault[] } {
  const faults = strategyFaults(rows, reference)
  if (faults.length > 0) return { faults }
  const names = strategyNames(rows, reference)
  const keys = [...new Set(rows.map((row) => row.draw))]
  const unmatched = names.flatMap((name) => drawFaults(rows, name, keys.length))
  if (unmatched.length > 0) return { faults: unmatched }
  const position = new Map(keys.map((key, at) => [key, at]))
  const costs = names.map(() => new Float64Array(keys.length))
  const effects = names.map(() => new Float64Array(keys.length))
  for (const row of rows) {
    const strategy = names.indexOf(row.strategy)
    const draw = position.get(row.draw) as number
    ;(costs[strategy] as Float64Array)[draw] = row.cost
    ;(effects[strategy] as Float64Array)[draw] = row.effect
  }
  return { draws: { names, costs, effects, mean_costs: costs.map(meanOf), mean_effects: effects.map(meanOf) } }
}

export function strategyFaults(rows: readonly CeaRow[], reference: string | null): CeaFault[] {
  const strategies = [...new Set(rows.map((row) => row.strategy))]
  if (strategies.length < 2) return [{ code: 'one_strategy', strategy: strategies[0] ?? '' }]
  return reference === null || strategies.includes(reference) ? [] : [{ code: 'no_such_reference', strategies }]
}

function drawFaults(rows: readonly CeaRow[], strategy: string, nDraws: number): CeaFault[] {
  const own = rows.filter((row) => row.strategy === strategy)
  const nDistinct = new Set(own.map((row) => row.draw)).size
  const faults: CeaFault[] = []
  if (own.length > nDistinct) faults.push({ code: 'draw_repeated', strategy, n_repeated: own.length - nDistinct })
  if (nDistinct < nDraws) faults.push({ code: 'draw_missing', strategy, n_missing: nDraws - nDistinct })
  return faults
}

export function meanOf(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
