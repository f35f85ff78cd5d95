export interface StrategyPoint {
  readonly name: string
  readonly mean_cost: number
  readonly mean_effect: number
}

/** ND: on the frontier. D: another costs no more and does no less. ED: a mix of two others would cost less for the same effect. */
export type DominanceStatus = 'ND' | 'ED' | 'D'

export interface FrontierPoint extends StrategyPoint {
  readonly status: DominanceStatus
  /** Cost of one more unit of effect over the strategy before it on the frontier. Null for the first, and off the frontier. */
  readonly icer: number | null
}

/** Fully incremental analysis, in order of cost (of equal cost the more effective first; of equal both the one named first). */
export function costEffectivenessFrontier(points: readonly StrategyPoint[]): FrontierPoint[] {
  const sorted = points.toSorted((a, b) => a.mean_cost - b.mean_cost || b.mean_effect - a.mean_effect)
  const undominated = sorted.filter((point, at) =>
    sorted.slice(0, at).every((cheaper) => cheaper.mean_effect < point.mean_effect),
  )
  const frontier = withoutExtended(undominated)
  return sorted.map((point) => {
    const at = frontier.indexOf(point)
    const before = frontier[at - 1]
    return {
      ...point,
      status: at >= 0 ? 'ND' : undominated.includes(point) ? 'ED' : 'D',
      icer: before === undefined ? null : ratio(before, point),
    }
  })
}

/** While a step costs more per unit than the step after it, the strategy between them goes. */
function withoutExtended(points: readonly StrategyPoint[]): StrategyPoint[] {
  const at = points.findIndex((point, nth) => {
    const [before, after] = [points[nth - 1], points[nth + 1]]
    return before !== undefined && after !== undefined && ratio(before, point) > ratio(point, after)
  })
  return at < 0 ? [...points] : withoutExtended(points.filter((_, nth) => nth !== at))
}

function ratio(from: StrategyPoint, to: StrategyPoint): number {
  return (to.mean_cost - from.mean_cost) / (to.mean_effect - from.mean_effect)
}
