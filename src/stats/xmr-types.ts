export type Better = 'higher' | 'lower'

/** One period of a series. A null value is a period without a number: it keeps its place and is never joined over. */
export interface XmrInput {
  readonly period: string
  readonly value: number | null
}

export interface XmrOptions {
  /** Which way is better; null: neither, so a special cause is neither improvement nor concern. */
  readonly better: Better | null
  /** Leave out moving ranges of 3.267 times their mean or more when the limits are made (Nelson 1982). Off unless asked for. */
  readonly screen?: boolean
  readonly target?: number | null
  /** First periods of new segments, as declared by a person; the program never chooses one. */
  readonly rebase_at?: readonly string[]
}

/** The rules in the order in which a point is named by them. */
export const XMR_RULES = ['outside_limits', 'trend', 'two_of_three', 'shift'] as const
export type XmrRule = (typeof XMR_RULES)[number]

export type Meaning = 'improvement' | 'concern' | 'neutral'

/** Why a point is flagged. `side`: above or below the mean; of a trend, rising (high) or falling (low). */
export interface XmrFlag {
  readonly rule: XmrRule
  readonly side: 'high' | 'low'
  readonly meaning: Meaning
  readonly words: string
}

export interface XmrPoint {
  readonly period: string
  readonly value: number | null
  readonly moving_range: number | null // null for a segment's first value and straight after a gap
  readonly segment: number // 1 for the first
  readonly flags: readonly XmrFlag[]
}

export interface XmrSegment {
  readonly segment: number
  readonly from: string
  readonly to: string
  readonly n_points: number
  readonly n_gaps: number
  readonly mean: number | null
  readonly mean_moving_range: number | null
  readonly n_ranges_screened: number
  readonly lower_limit: number | null
  readonly upper_limit: number | null
  readonly limits: 'full' | 'trial' | 'none' // trial: under 13 points
  readonly reason: 'no_points' | 'one_point' | 'no_two_points_in_a_row' | 'fewer_than_13_points' | 'no_variation' | null
}

/** Whether the process as it is now meets the target: always, never, or now and then by chance. */
export type Assurance = 'pass' | 'fail' | 'inconsistent'

export interface XmrChart {
  readonly n_points: number
  readonly n_gaps: number
  readonly points: readonly XmrPoint[]
  readonly segments: readonly XmrSegment[]
  /** What the newest point says; null with `variation_reason`. */
  readonly variation: Meaning | 'common_cause' | null
  readonly variation_reason: 'no_points' | 'fewer_than_13_points' | 'no_limits' | null
  readonly target: number | null
  readonly assurance: Assurance | null
  readonly assurance_reason: 'no_target' | 'no_direction' | 'no_points' | 'fewer_than_13_points' | 'no_limits' | null
}
