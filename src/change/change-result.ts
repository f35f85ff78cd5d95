import type { Cutoff, ReliableChange } from '../measures/measure.ts'
import type { CaseChange } from './case-change.ts'

/** A first and a last score of one episode, as measured. */
export interface ScorePair {
  readonly pre_score: number
  readonly post_score: number
}

export type Interval = readonly [number, number]

/** Episodes eligible, with a baseline, and with a pair. */
export interface ChangeFunnel {
  readonly n_eligible: number
  readonly n_baseline: number
  readonly n_paired: number
}

export type ClaimReason =
  | 'no_pairs'
  | 'fewer_than_5'
  | 'fewer_than_10'
  | 'fewer_than_20'
  | 'no_spread'
  | 'no_reliable_change_threshold'
  | 'no_case_threshold'
  | 'nobody'

/** What the number of pairs allows to be said. */
export interface Claims {
  /** From 5 pairs: percentages, with Wilson intervals. */
  readonly may_give_percentages: boolean
  /** From 10 pairs: mean change with its interval, test and effect sizes. */
  readonly may_test: boolean
  /** Below 20 pairs only exact and t methods are used, as everywhere here; said so that a report can say it. */
  readonly may_bootstrap: boolean
  readonly reason: 'no_pairs' | 'fewer_than_5' | 'fewer_than_10' | 'fewer_than_20' | null
}

/** A count of people, its denominator, and the share with its Wilson 95% interval; null where too few to say. */
export interface Share {
  readonly count: number
  readonly n: number
  readonly proportion: number | null
  readonly ci95: Interval | null
  readonly reason: ClaimReason | null
}

/** The change in points and in standard deviations. A number that does not exist or may not be claimed is null: see `reason`. */
export interface ChangeStatistics {
  readonly mean_pre: number | null
  readonly sd_pre: number | null
  readonly mean_post: number | null
  readonly sd_post: number | null
  /** Last minus first, as measured. */
  readonly mean_change: number | null
  readonly sd_change: number | null
  /** Signed by the scale's direction: positive is better; so are t and its interval. */
  readonly mean_improvement: number | null
  readonly improvement_ci95: Interval | null
  readonly t: number | null
  readonly df: number | null
  readonly p: number | null
  /** Effect sizes are signed as improvement: positive is better. */
  readonly dz: number | null
  readonly dz_ci95: Interval | null
  readonly d_pre: number | null
  readonly d_pre_ci95: Interval | null
  readonly d_av: number | null
  readonly d_av_ci95: Interval | null
  readonly hedges_g: number | null
  readonly hedges_g_ci95: Interval | null
  readonly wilcoxon: { readonly v: number; readonly p: number } | null
  /** Hodges-Lehmann shift in points, positive is better. */
  readonly median_improvement: number | null
  readonly median_improvement_ci95: Interval | null
  readonly reason: ClaimReason | null
}

/** Improved, no change and deteriorated add up to the pairs; recovered are among the improved. */
export interface ChangeCategories {
  readonly reliable_change: ReliableChange
  readonly improved: Share
  readonly no_change: Share
  readonly deteriorated: Share
  /** People so near the better end at the start that reliable improvement was out of reach. */
  readonly n_could_not_improve: number
  /** Improved, of everyone who could improve reliably. */
  readonly improved_of_those_who_could: Share
  /** Improved, of everyone with a baseline, counting each missing last score as not improved … */
  readonly improved_if_missing_did_not: Share
  /** … and counting each as improved. */
  readonly improved_if_missing_did: Share
}

/** Recovered: a case at the start, not a case at the end, and reliably improved. */
export interface Recovery {
  readonly cutoff: Cutoff
  readonly n_case_at_start: number
  readonly recovered_of_all: Share
  /** The NHS denominator. */
  readonly recovered_of_cases_at_start: Share
  /** Harmed: reliably deteriorated and, not a case at the start, a case at the end. */
  readonly harmed_of_all: Share
  readonly harmed_of_others_at_start: Share
}

export interface ChangeSummary {
  readonly measure_id: string
  readonly scale_id: string
  readonly better: 'higher' | 'lower'
  readonly funnel: ChangeFunnel
  /** Baselines of the eligible, and pairs of those with a baseline. */
  readonly completeness: { readonly baseline: Share; readonly paired: Share }
  /** Mean baseline of those without a last score; null where there are none or it was not given. */
  readonly mean_pre_of_missing: number | null
  readonly claims: Claims
  readonly statistics: ChangeStatistics
  /** Null with `categories_reason` when the scale has no reliable change threshold. */
  readonly categories: ChangeCategories | null
  readonly categories_reason: ClaimReason | null
  /** Null with `recovery_reason` when the scale has no case threshold or no reliable change threshold. */
  readonly recovery: Recovery | null
  readonly recovery_reason: ClaimReason | null
  /** Null when the scale has no case threshold. */
  readonly case_change: CaseChange | null
  /** People at the worse and better ends of the scale. */
  readonly n_at_worst_pre: number
  readonly n_at_best_pre: number
  readonly n_at_worst_post: number
  readonly n_at_best_post: number
}

/** One point of the scatter of first against last scores. Internal reports only. */
export interface ScatterPoint extends ScorePair {
  /** Positive is better. */
  readonly improvement: number
  readonly category: 'improved' | 'no_change' | 'deteriorated' | 'no_threshold'
  /** Null when the scale has no case threshold or no reliable change threshold. */
  readonly is_recovered: boolean | null
}

export interface CategoryTransition {
  readonly pre_category: string
  readonly post_category: string
  readonly n: number
}

/** First against last category, such as the ITQ's diagnosis; and any diagnosis against none. */
export interface CategoryTransitions {
  readonly n: number
  /** Every combination of the categories given, in their order; the counts add up to n. */
  readonly transitions: readonly CategoryTransition[]
  readonly n_any_pre: number
  readonly n_any_post: number
  readonly n_any_both: number
  readonly n_lost_diagnosis: number
  readonly n_gained_diagnosis: number
  readonly n_none_both: number
  /** Share with any diagnosis, last minus first: negative is fewer. Null with fewer than 5. */
  readonly difference: number | null
  readonly difference_ci95: Interval | null
  /** McNemar mid-p; null with fewer than 10. */
  readonly p: number | null
  readonly reason: ClaimReason | null
}

/** The national rule's counts for one scale. A change that does not exist is in none of the three. */
export interface NationalSummary {
  readonly measure_id: string
  readonly scale_id: string
  readonly is_parity: boolean
  readonly change_points: number
  readonly n_referrals: number
  readonly n_counted: number
  readonly n_paired: number
  /** Largest first. */
  readonly not_counted: readonly { readonly reason: string; readonly n: number }[]
  readonly improved: Share
  readonly deteriorated: Share
  readonly no_change: Share
  /** Null where the national rule has no case threshold for the scale. */
  readonly recovery: {
    readonly cutoff: Cutoff
    /** Paired referrals that started as a case. */
    readonly n_case_at_start: number
    readonly reliably_recovered: Share
  } | null
}
