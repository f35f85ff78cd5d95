/** The marts that analyses read, row by row. Grain, rules and nulls: the first lines of each file of `sql/marts`. */
export interface Marts {
  persons: PersonRow
  episodes: EpisodeRow
  pairs_own: PairOwnRow
  pairs_category: PairCategoryRow
  pairs_national: PairNationalRow
  pairs_compared: PairComparedRow
  episode_profiles: EpisodeProfileRow
  person_arms: PersonArmRow
  pairs_help_wanted: PairHelpWantedRow
  scores_side_by_side: ScoresSideBySideRow
  pairs_talking_therapies: PairTalkingTherapiesRow
  risk_transitions: RiskTransitionRow
  outcome_funnel: OutcomeFunnelRow
  index_people: IndexPersonRow
  index_choices: IndexChoiceRow
  service_months: ServiceMonthRow
  usage_windows: UsageWindowRow
  usage_person: UsagePersonRow
  usage_months: UsageMonthRow
  usage_excluded_months: UsageExcludedMonthsRow
  usage_earlier_year: UsageEarlierYearRow
  utility_scores: UtilityScoreRow
  dq_findings: DqFindingRow
  dq_completeness: DqCompletenessRow
  outcome_timepoints: OutcomeTimepointRow
  follow_ups: FollowUpRow
  outcome_flow: OutcomeFlowRow
  use_months: UseMonthRow
  contact_months: ContactMonthRow
  team_moves: TeamMoveRow
  team_flow: TeamFlowRow
  service_leavings: ServiceLeavingRow
  secondary_care_exits: SecondaryCareExitRow
  frequent_attenders: FrequentAttendersRow
  icb_people: IcbPersonRow
}

export interface PersonRow {
  person_key: number
  person_type: 'patient' | 'carer'
  birth_month: string | null
  gender: string | null
  ethnic_category: string | null
  neurodiversity: 'yes' | 'queried' | 'no' | 'unknown'
  death_day: number | null
  moved_day: number | null
  /** 1 the most deprived. */
  deprivation_decile: number | null
}

export interface EpisodeRow {
  /** The first referral's; negative where no referral was supplied. */
  episode_id: number
  person_key: number
  service_code: string
  pathway: string | null
  intervention: string | null
  team: string | null
  start_day: number
  start_date: string
  referral_day: number | null
  first_contact_day: number | null
  end_day: number | null
  end_date: string | null
  discharge_reason: string | null
  n_referrals: number
  age_at_start: number | null
  n_contacts: number
  n_attended_contacts: number
}

export interface PairOwnRow {
  episode_id: number
  person_key: number
  service_code: string
  measure_id: string
  scale_id: string
  n_scores: number
  /** Later scores that count other items than the first, and so are not compared with it. */
  n_other_basis: number
  pre_assessment_id: number
  pre_score: number
  pre_date: string
  pre_day: number
  post_assessment_id: number | null
  post_score: number | null
  post_date: string | null
  post_day: number | null
}

export interface PairCategoryRow {
  episode_id: number
  person_key: number
  service_code: string
  measure_id: string
  scale_id: string
  pre_category: string
  pre_day: number
  post_category: string | null
  post_day: number | null
}

export interface PairNationalRow {
  referral_record_id: number
  person_key: number
  service_code: string
  measure_id: string
  scale_id: string
  is_counted: 0 | 1
  not_counted_reason: NotCountedReason | null
  pre_score: number | null
  pre_day: number | null
  post_score: number | null
  post_day: number | null
  is_parity: 0 | 1
}

/** Why the national rule does not count a referral: the first that applies, in this order. */
export const NOT_COUNTED_REASONS = [
  'rejected',
  'referred_before_april_2019',
  'age_unknown',
  'under_18',
  'other_team_type',
  'organic_disorder',
  'contacts_not_supplied',
  'under_two_direct_contacts',
  'open_under_180_days',
] as const
export type NotCountedReason = (typeof NOT_COUNTED_REASONS)[number]

export interface EpisodeProfileRow {
  episode_id: number
  person_key: number
  service_code: string
  start_date: string
  pathway: string | null
  intervention: string | null
  team: string | null
  age_band: 'under_18' | '18_25' | '26_39' | '40_64' | '65_over' | null
  gender: string | null
  ethnic_category: string | null
  /** 1 the most deprived. */
  deprivation_quintile: number | null
  neurodiversity: 'yes' | 'queried' | 'no' | 'unknown'
  /** A role as recorded, or `no_one_role`. */
  main_staff_role: string | null
  /** Null: the service supplied no contacts. */
  n_attended_contacts: number | null
}

export interface PersonArmRow {
  person_key: number
  service_code: string
  standing: 'one_arm' | 'two_arms' | 'no_arm'
  first_arm: string | null
  last_arm: string | null
  /** Where the person counts; null: in no arm, or in two that are a row of their own. */
  arm: string | null
}

export interface PairHelpWantedRow {
  episode_id: number
  person_key: number
  service_code: string
  scale_id: string
  pre_help: 'yes' | 'no' | 'missing'
  /** Null: no last score. */
  post_help: 'yes' | 'no' | 'missing' | null
}

export interface ScoresSideBySideRow {
  assessment_id: number
  episode_id: number
  person_key: number
  service_code: string
  itq_diagnosis: string
  pcl_assessment_id: number
  pcl_total: number
  days_apart: number
  is_first: 0 | 1
}

export interface UtilityScoreRow {
  person_key: number
  service_code: string
  assessment_id: number
  measure_id: string
  scale_id: string
  utility: number
  days_from_index: number
}

export interface RiskTransitionRow {
  episode_id: number
  person_key: number
  service_code: string
  first_rating: 'none' | 'low' | 'medium' | 'high' | 'very_high' | 'missing'
  last_rating: 'none' | 'low' | 'medium' | 'high' | 'very_high' | 'missing'
}

export interface PairTalkingTherapiesRow {
  episode_id: number
  person_key: number
  service_code: string
  phq_first: number | null
  phq_last: number | null
  adsm_first: number | null
  adsm_last: number | null
  not_counted_reason: 'not_ended' | 'under_two_contacts' | 'under_two_scores' | null
}

export interface PairComparedRow {
  service_code: string
  measure_id: string
  scale_id: string
  person_key: number
  standing: 'both' | 'own_only' | 'national_only'
  reason: ComparedReason
  n_own_pairs: number
  n_national_pairs: number
}

/** Why one rule alone counts a person with two scores; of people whom both count, whether the scores are the same. */
export type ComparedReason =
  | NotCountedReason
  | 'same_scores'
  | 'other_scores'
  | 'first_answer_is_no_score'
  | 'no_later_score_in_referral'
  | 'no_referral_holds_scores'
  | 'scores_set_aside'
  | 'outside_every_episode'
  | 'counts_other_items'
  | 'one_score_in_episode'
  | 'scores_too_close'

export interface OutcomeFunnelRow {
  service_code: string
  measure_id: string
  scale_id: string
  episode_id: number
  person_key: number
  is_eligible: 1
  has_baseline: 0 | 1
  has_pair: 0 | 1
  days_open: number
}

export interface IndexPersonRow {
  person_key: number
  service_code: string
  episode_id: number
  index_day: number
  referral_day: number | null
  first_contact_day: number | null
}

export interface IndexChoiceRow {
  person_key: number
  service_code: string
  index_event: string
  episode_id: number
  index_day: number
}

export interface ServiceMonthRow {
  service_code: string
  first_day: number
  month: string
  n_referred: number
  n_not_accepted: number
  n_began: number
  n_first_seen: number
  n_ended: number
  n_open: number
}

export interface UsageWindowRow {
  person_key: number
  service_code: string
  index_day: number
  before_start_day: number
  after_end_day: number
  days_before: number
  days_after: number
  stop_reason: 'none' | 'death' | 'moved' | 'data_end'
}

export interface UsagePersonRow {
  person_key: number
  service_code: string
  event_type: string
  days_before: number
  days_after: number
  events_before: number
  events_after: number
  bed_days_before: number
  bed_days_after: number
}

export interface UsageMonthRow {
  service_code: string
  event_type: string
  month_offset: number
  events: number
  person_days: number
  n_people: number
}

export interface UsageExcludedMonthsRow {
  person_key: number
  service_code: string
  event_type: string
  excluded_months: 0 | 1 | 3 | 6
  days_before: number
  days_after: number
  events_before: number
  events_after: number
}

export interface UsageEarlierYearRow {
  person_key: number
  service_code: string
  event_type: string
  days_earlier: number
  days_after: number
  events_earlier: number
  events_after: number
}

export interface DqFindingRow {
  rule_code: string
  file_id: number
  row_number: number | null
  service_code: string | null
  team: string | null
  measure_id: string | null
  /** YYYY-MM. */
  month: string | null
}

export interface DqCompletenessRow {
  service_code: string
  measure_id: string
  team: string | null
  /** YYYY-MM. */
  start_month: string
  n_eligible: number
  n_first: number
  n_two: number
}

/** What a score of an episode is the score of. */
export const TIMEPOINTS = [
  'entry',
  'review',
  'end',
  'follow_up',
  'spare',
  'out_of_window',
  'other_basis',
  'no_entry',
] as const
export type Timepoint = (typeof TIMEPOINTS)[number]

export interface OutcomeTimepointRow {
  episode_id: number
  person_key: number
  service_code: string
  measure_id: string
  scale_id: string
  assessment_id: number
  assessed_date: string
  assessed_day: number
  score: number
  timepoint: Timepoint
  /** Of a follow-up, used or spare. */
  follow_up_months: number | null
  days_from_target: number | null
  days_from_entry: number | null
}

/** What is known of a follow-up. */
export const FOLLOW_UP_STATUSES = ['scored', 'missing', 'in_care_again', 'moved', 'died', 'not_due'] as const
export type FollowUpStatus = (typeof FOLLOW_UP_STATUSES)[number]

export interface FollowUpRow {
  episode_id: number
  person_key: number
  service_code: string
  team: string | null
  measure_id: string
  scale_id: string
  follow_up_months: number
  target_day: number
  entry_score: number
  end_score: number | null
  follow_up_score: number | null
  follow_up_date: string | null
  days_from_target: number | null
  status: FollowUpStatus
}

export interface OutcomeFlowRow {
  service_code: string
  measure_id: string
  scale_id: string
  team: string | null
  n_eligible: number
  n_entry: number
  n_later: number
  n_ended: number
  n_end: number
}

export interface UseMonthRow {
  service_code: string
  event_type: string
  /** YYYY-MM. */
  month: string
  events: number
  n_users: number
  person_days: number
  n_people: number
}

export interface ContactMonthRow {
  service_code: string
  /** YYYY-MM. */
  month: string
  n_attended: number
  n_missed: number
  n_people_attended: number
  n_people_missed: number
}

export interface TeamMoveRow {
  to_stay_id: number
  from_stay_id: number
  person_key: number
  from_service_code: string
  from_team: string | null
  to_service_code: string
  to_team: string | null
  direction: 'up' | 'down' | 'same' | 'not_known'
  moved_day: number
  days_in_team: number
  /** Below zero where the two stays overlapped. */
  days_between: number
  days_to_return: number | null
  days_followed: number
}

export interface TeamFlowRow {
  service_code: string
  team_key: string
  team: string | null
  step: number | null
  n_stays: number
  n_new: number
  n_moved_in: number
  n_again: number
  n_open: number
  n_moved_out: number
  n_left: number
}

export interface ServiceLeavingRow {
  person_key: number
  service_code: string
  start_day: number
  left_day: number
  days_to_return: number | null
  days_followed: number
}

export interface SecondaryCareExitRow {
  person_key: number
  service_code: string
  exit: 'secondary_care' | 'left' | 'died' | 'still_open' | 'already'
  days: number | null
}

export interface FrequentAttendersRow {
  service_code: string
  rule_number: number
  first_year: -2 | -1
  n_both: number
  n_first_only: number
  n_second_only: number
  n_neither: number
  uses_first: number
  uses_second: number
}

export interface IcbPersonRow {
  icb_code: string
  person_key: number
  n_services: number
  is_recent: 0 | 1
  n_recent_services: number
}
