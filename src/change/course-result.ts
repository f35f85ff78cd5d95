import type { MixedModel } from '../stats/mixed-model.ts'
import type { ClaimReason, Interval } from './change-result.ts'

/** Episodes at each stage; team null: not recorded. */
export interface FlowStages {
  readonly team: string | null
  readonly n_eligible: number
  readonly n_entry: number
  /** Of n_entry, with any later score of the episode. */
  readonly n_later: number
  /** Of n_entry, whose episode ended; and of these, with a score near the end. */
  readonly n_ended: number
  readonly n_end: number
}

/** What became of a gain, by reliable change from the entry score. They add up to those scored at the follow-up. */
export interface FollowUpStates {
  readonly maintained: number
  /** Reliably improved at the end, and no longer at the follow-up. */
  readonly lost: number
  /** Not at the end, but at the follow-up. */
  readonly late_gain: number
  readonly never_gained: number
  /** A follow-up score, and none near the end: whether a gain was kept cannot be said. */
  readonly no_end_score: number
}

/** Everyone whose episode ended, with an entry score. The counts add up to n_asked. */
export interface FollowUpSummary {
  readonly follow_up_months: number
  readonly n_asked: number
  readonly n_scored: number
  readonly n_missing: number
  readonly n_in_care_again: number
  readonly n_moved: number
  readonly n_died: number
  readonly n_not_due: number
  /** Null where the scale has no reliable change threshold. */
  readonly states: FollowUpStates | null
  /** Of those scored: reliably worse than at entry; among the lost, the never gained and those without an end score. */
  readonly n_worse_than_entry: number | null
  /** From entry to follow-up, of those scored; positive is better. Null with fewer than 10. */
  readonly mean_improvement: number | null
  readonly improvement_ci95: Interval | null
  readonly reason: ClaimReason | null
}

/** One thing known at the start, of people with and without a later score. */
export interface MissingDifference {
  readonly characteristic: string
  readonly kind: 'mean' | 'share'
  readonly with_score: { readonly n: number; readonly x: number | null; readonly value: number | null }
  readonly without_score: { readonly n: number; readonly x: number | null; readonly value: number | null }
  /** With less without, in standard deviations; null where nobody differs or a group is too small. */
  readonly difference: number | null
}

export type ImputedReason = 'nobody_missing' | 'too_few_observed' | 'no_spread'

/** Mean improvement and share reliably improved of everyone with an entry score, by multiple imputation. */
export interface ImputedChange {
  readonly n: number
  readonly n_missing: number
  /** normal: drawn from a regression. matched: taken from people whom the regression expects to score alike. */
  readonly method: 'normal' | 'matched'
  readonly n_imputations: number
  readonly mean_improvement: number | null
  readonly improvement_ci95: Interval | null
  /** Share reliably improved; and, of those missing alone, as drawn. Null where the scale has no threshold. */
  readonly improved_share: number | null
  readonly improved_ci95: Interval | null
  readonly improved_share_of_missing: number | null
  readonly missing_information: number | null
  readonly reason: ImputedReason | null
}

/** How little the missing would have to improve for the conclusion to change: see `tippingPoint`. Points, positive is better. */
export interface TippingPoints {
  readonly n_observed: number
  readonly n_missing: number
  readonly mean_improvement: number
  /** At this mean or less, the interval of everyone no longer lies above 0. Null: nothing was shown, or nobody is missing. */
  readonly no_longer_shown: number | null
  /** At this mean or less, everyone's mean is 0 or below. */
  readonly mean_is_nil: number | null
  /** The most that the missing could worsen, from their entry scores to the worse end of the scale: a mean below it cannot be. */
  readonly worst_possible: number | null
}

/** One time point in the mixed model. Improvement from entry, positive is better. */
export interface TimepointChange {
  readonly timepoint: 'review' | 'end' | 'follow_up'
  readonly follow_up_months: number | null
  readonly n_scores: number
  /** Of those with a score then: the plain mean of their improvement. */
  readonly completers_improvement: number | null
  readonly improvement: number | null
  readonly improvement_ci95: Interval | null
}

/** Every score in one model. `random`: slope where people have enough scores for it and it is not singular. */
export interface TimeCourse {
  readonly n_people: number
  readonly n_scores: number
  readonly random: 'intercept' | 'slope'
  readonly timepoints: readonly TimepointChange[]
  readonly reason: MixedModel['reason'] | 'no_later_scores'
}
