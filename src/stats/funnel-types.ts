/** What a funnel compares; `mean` needs each unit's SD. */
export const FUNNEL_TYPES = ['proportion', 'rate', 'ratio', 'mean'] as const
export type FunnelType = (typeof FUNNEL_TYPES)[number]

/**
 * One unit. proportion: people with, of people. rate: events, over person-time. ratio: observed, over expected. mean: sum of values, over
 * people, with `sd` of the values.
 */
export interface FunnelUnit {
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly sd?: number | null
}

export interface FunnelLimits {
  readonly lower_95: number
  readonly upper_95: number
  readonly lower_998: number
  readonly upper_998: number
}

export interface FunnelRow {
  readonly unit: string
  readonly numerator: number
  readonly denominator: number
  readonly value: number | null // null without a denominator
  readonly z: number | null // on the transformed scale, before overdispersion
  readonly z_adjusted: number | null // with tau squared added; the same as z where there is none
  /** Exact limits at this unit's denominator: chance alone. */
  readonly limits: FunnelLimits | null
  /** Limits that allow for the spread between units; null where none is allowed for. */
  readonly limits_overdispersed: FunnelLimits | null
  /** Beyond the overdispersed limits where there are any, else the exact ones; and as rare as they say by the exact chance of the count. */
  readonly position: 'within' | 'above_95' | 'below_95' | 'above_998' | 'below_998' | null
  readonly reason: 'no_denominator' | 'no_spread_given' | null
}

export interface Overdispersion {
  readonly n_units: number
  readonly phi: number | null // mean of squared z, the most extreme tenths drawn in
  readonly tau2: number | null // on the transformed scale; 0 where phi shows none
  readonly is_applied: boolean
  readonly reason: 'fewer_than_3_units' | 'none_found' | null
}

export interface Funnel {
  readonly type: FunnelType
  readonly target: number | null // as given; else all units together, and 1 for a ratio
  readonly target_source: 'given' | 'all_units' | 'as_expected' | null
  readonly transformation: 'arcsine_square_root' | 'square_root' | 'none'
  readonly overdispersion: Overdispersion
  readonly rows: readonly FunnelRow[]
  readonly reason: 'no_units' | null
}
