import type { MeeChua } from '../stats/mee-chua.ts'
import type { RateEstimate } from './estimate-rates.ts'
import type { EventType } from './event-types.ts'

/** One person of a service and one event type whose extract was supplied: a row of the mart `usage_person`. */
export interface UsagePersonRow {
  readonly person_key: number
  readonly event_type: string
  readonly days_before: number
  readonly days_after: number
  readonly events_before: number
  readonly events_after: number
  /** Null, or 0, where the event is not a stay. */
  readonly bed_days_before: number | null
  readonly bed_days_after: number | null
}

/** One event type and month from joining: a row of the mart `usage_months`. Months -12..-1 and 0..11. */
export interface UsageMonthRow {
  readonly event_type: string
  readonly month_offset: number
  readonly events: number
  readonly person_days: number
  readonly n_people: number
}

/** A row of the mart `usage_excluded_months`: the before window without the last months before joining. */
export interface UsageExcludedMonthsRow {
  readonly person_key: number
  readonly event_type: string
  readonly excluded_months: number
  readonly days_before: number
  readonly days_after: number
  readonly events_before: number
  readonly events_after: number
}

export type Interval = readonly [number, number]

/** Why a number is withheld. */
export type UsageReason =
  | 'no_people'
  | 'no_person_time'
  | 'no_events'
  | 'no_events_before'
  | 'no_events_after'
  | 'fewer_than_6_people'
  | 'no_spread_between_people'

/** Events before and after in person-time. Rates are per person-year; the ratio is after over before, below 1 a fall. */
export interface RateComparison {
  /** People with time on both sides. */
  readonly n: number
  readonly person_years_before: number
  readonly person_years_after: number
  readonly events_before: number
  readonly events_after: number
  /** Null without person-time. */
  readonly rate_before: number | null
  readonly rate_after: number | null
  /** Null when nothing happened before. */
  readonly rate_ratio: number | null
  /** People with any event on each side. */
  readonly n_users_before: number
  readonly n_users_after: number
  /**
   * 95%, leaving out one person at a time, t(n − 1): the interval that reports print first. Null where `ci95_clustered` is, and where
   * one person has all events of a side.
   */
  readonly ci95_jackknife: Interval | null
  /** 95%, people as clusters, t(n − 1). Null with fewer than 6 people, or when nothing happened on one side. */
  readonly ci95_clustered: Interval | null
  /** 95%, exact; right only if one person's events were independent of each other. The upper end is null when unbounded. */
  readonly ci95_exact: readonly [number, number | null] | null
  readonly p_exact: number | null
  /** Pearson chi-square over its degrees of freedom: 1 when events fall like rain, larger when few people have most. */
  readonly dispersion: number | null
  /** Why a number is null; null when none is. */
  readonly reason: UsageReason | null
}

/** How many of the people had any event. `p` is McNemar's mid-p; the difference is after minus before, a share of n. */
export interface AnyUse {
  readonly n: number
  readonly n_before: number
  readonly n_after: number
  readonly n_both: number
  readonly n_before_only: number
  readonly n_after_only: number
  readonly n_neither: number
  /** Null when n is 0. */
  readonly difference: number | null
  readonly ci95: Interval | null
  readonly p: number | null
  /** Below 5 people no share is given, below 10 no test. */
  readonly reason: 'fewer_than_5_people' | 'fewer_than_10_people' | null
}

/** People by number of events. */
export interface EventCountDistribution {
  readonly none: number
  readonly one: number
  readonly two: number
  readonly three_or_more: number
}

/** People by how much of the window could be seen. `zero`: no time on one side, left out of every comparison. */
export interface FollowUp {
  readonly full: number
  readonly partial: number
  readonly zero: number
}

/** What one event type, or one declared group of types, did before and after joining. */
export interface UsageSummary {
  /** An event type, or the id of a declared group. */
  readonly usage_id: string
  readonly label: string
  readonly is_group: boolean
  /** The event types counted: those of the group that were supplied. */
  readonly event_types: readonly EventType[]
  /** The group's types that were not supplied: absent, not zero. */
  readonly event_types_not_supplied: readonly EventType[]
  readonly follow_up: FollowUp
  readonly events: RateComparison
  /** The same comparison among people seen for the whole window on both sides. */
  readonly events_full_follow_up: RateComparison
  readonly any_use: AnyUse
  /** Shares compare fairly only where both windows are whole. */
  readonly any_use_full_follow_up: AnyUse
  readonly distribution_before: EventCountDistribution
  readonly distribution_after: EventCountDistribution
  /** Null when the type is not a stay. */
  readonly bed_days: RateComparison | null
  /** The rate ratio of everyone by every method; none where they were not asked for. */
  readonly estimates: readonly RateEstimate[]
}

export interface MonthRate {
  readonly usage_id: string
  /** -12..-1 before joining, 0..11 from joining on. */
  readonly month_offset: number
  readonly events: number
  readonly person_months: number
  readonly n_people: number
  /** Events per person-year in that month; null without person-time. */
  readonly rate: number | null
}

export const FALL_VERDICTS = [
  'no_fall',
  'fall_persists',
  'fall_without_an_earlier_year',
  'fall_not_distinguishable_from_regression_to_the_mean',
  'too_few_to_say',
] as const

export type FallVerdict = (typeof FALL_VERDICTS)[number]

/** Was the rate in the last three months before joining above the rate in the nine months before those? */
export interface SpikeTest {
  readonly events_last_3: number
  readonly person_years_last_3: number
  readonly events_earlier: number
  readonly person_years_earlier: number
  /** Last three months over earlier; null when nothing happened earlier. */
  readonly rate_ratio: number | null
  readonly ci95_exact: readonly [number, number | null] | null
  readonly p: number | null
  readonly is_spike: boolean
}

export interface ExcludedMonthsComparison extends RateComparison {
  /** Months before joining that are left out of the before window: 0, 1, 3 or 6. */
  readonly excluded_months: number
}

/** The window before the before window (months -24 … -13): a row of the mart `usage_earlier_year`. */
export interface UsageEarlierYearRow {
  readonly person_key: number
  readonly event_type: string
  readonly days_earlier: number
  readonly days_after: number
  readonly events_earlier: number
  readonly events_after: number
}

/** A fall, how much of it regression to the mean would bring, and what is left. Ratios are after over before, below 1 a fall. */
export interface ExpectedComparison {
  readonly n: number
  /** People with any event on each side. */
  readonly n_users_before: number
  readonly n_users_after: number
  /** People whose mean and spread the expectation rests on. */
  readonly n_reference: number
  readonly rate_before: number | null
  readonly rate_after: number | null
  /** Unadjusted; null without events before. */
  readonly ratio: number | null
  readonly ci95: Interval | null
  /** Per person-year after joining, with nothing at work but chance and each person's own tendency; null with a reason. */
  readonly expected_rate: number | null
  readonly expected_ratio: number | null
  /** After over expected: 1 where the whole fall was to be expected. */
  readonly remaining_ratio: number | null
  readonly remaining_ci95: Interval | null
  readonly mean_rate: number | null
  /** Null where people differ by no more than chance. */
  readonly theta: number | null
  readonly reason: 'no_events_before' | 'no_reference' | null
}

/** Dates before joining on which nobody joined, beside the real one. */
export interface PlaceboDates {
  /** Months on each side. */
  readonly months: number
  /** Of the real date. */
  readonly ratio: number
  readonly n_dates: number
  /** Placebo dates whose ratio is as low as the real one's, or lower. */
  readonly n_as_low: number
}

export type SelectionSign =
  | { readonly sign: 'everyone_used_before'; readonly fewest_events_before: number }
  | { readonly sign: 'year_before_was_worse'; readonly ratio: number }

/** May a fall be more than people having joined at a bad time? */
export interface FallDoubt {
  readonly usage_id: string
  readonly verdict: FallVerdict
  /** The verdict in a sentence. */
  readonly words: string
  /** How the verdict was reached, in words. */
  readonly rule: string
  readonly spike: SpikeTest | null
  readonly excluded: readonly ExcludedMonthsComparison[]
  /** The earlier year in the place of before, of those in whom it could be seen; null where in nobody. */
  readonly earlier_year: RateComparison | null
  /** Everyone, by the mean and spread of the earlier year; null where there is none. */
  readonly expected: ExpectedComparison | null
  /** Rates before and after; mu is the earlier year's rate. Null where there is none. */
  readonly mee_chua: MeeChua | null
  readonly placebo: PlaceboDates | null
  /** The tenth with most use before joining; null below twenty people. */
  readonly most_used: ExpectedComparison | null
  /** That people were taken because of their use; none where nothing shows it. */
  readonly signs: readonly SelectionSign[]
}
