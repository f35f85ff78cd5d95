/** As a service rates risk, lowest first; `missing` is a state of its own, and never taken for low. */
const RISK_STATES = ['none', 'low', 'medium', 'high', 'very_high', 'missing'] as const
export type RiskState = (typeof RISK_STATES)[number]

/** A row of the mart `risk_transitions`. */
export interface RiskRow {
  readonly first_rating: RiskState
  readonly last_rating: RiskState
}

/** First against last rating of every episode that could have been rated; the counts of all cells add up to n. */
export interface RiskTransitions {
  readonly n: number
  /** The states that occur, lowest first, missing last. */
  readonly states: readonly RiskState[]
  readonly cells: readonly { readonly first: RiskState; readonly last: RiskState; readonly n: number }[]
}

/** Null where no risk was rated. */
export function riskTransitions(rows: readonly RiskRow[]): RiskTransitions | null {
  const met = new Set(rows.flatMap((it) => [it.first_rating, it.last_rating]))
  const states = RISK_STATES.filter((it) => it === 'missing' || met.has(it))
  if (states.length === 1) return null
  return {
    n: rows.length,
    states,
    cells: states.flatMap((first) =>
      states.map((last) => ({
        first,
        last,
        n: rows.filter((it) => it.first_rating === first && it.last_rating === last).length,
      })),
    ),
  }
}
