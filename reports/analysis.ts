import type { CategoryTransitions, ChangeSummary, NationalSummary, ScatterPoint } from '../src/change/change-result.ts'
import type { Cohort } from '../src/change/cohorts.ts'
import type { IndexComparison } from '../src/change/compare-indices.ts'
import type { GoalsSummary } from '../src/change/goals-summary.ts'
import type { HelpWanted } from '../src/change/help-wanted.ts'
import type { RuleComparison } from '../src/change/own-and-national.ts'
import type { RiskTransitions } from '../src/change/risk-transitions.ts'
import type { SideBySide } from '../src/change/side-by-side.ts'
import type { TalkingTherapiesSummary } from '../src/change/talking-therapies-summary.ts'
import type { IsoDate } from '../src/domain/iso-date.ts'
import type { ContactsCost } from '../src/economics/cost-contacts.ts'
import type { CostDifference, CostResult } from '../src/economics/cost-result.ts'
import type { ValueForMoney } from '../src/economics/value-for-money.ts'
import type { ServiceContrast } from '../src/usage/compare-services.ts'
import type { IndexEvent } from '../src/usage/index-events.ts'
import type { OverlapRule } from '../src/usage/overlap.ts'
import type { FallDoubt, MonthRate, UsageSummary } from '../src/usage/usage-result.ts'
import type { UseSensitivity } from '../src/usage/use-sensitivity.ts'
import type { ArmsAnalysis, ArmUse } from './analysis-arms.ts'
import type { AttendanceAnalysis, CourseAnalysis } from './analysis-course.ts'
import type { FlowsAnalysis, IcbAnalysis } from './analysis-flows.ts'
import type { ServiceOverTime } from './over-time.ts'
import type { CaseMixFact } from './parts/case-mix-words.ts'
import type { ServiceProfile } from './service-profile.ts'

/** Everything a run found, before disclosure control: what the three reports are composed from. */
export interface Analysis {
  readonly facts: RunFacts
  readonly services: readonly ServiceAnalysis[]
  readonly usage: readonly UsageAnalysis[]
  readonly icbs: readonly IcbAnalysis[]
  readonly linkage: Linkage
  /** Files that hold rows of several services, and so are none's. */
  readonly shared_files: readonly FileAccount[]
}

/** How far people's records could be joined across the files of all services. */
export interface Linkage {
  readonly n_people: number
  readonly n_people_with_nhs_number: number
  readonly n_local_ids: number
  readonly n_local_ids_linked: number
  /** Local identifiers that came with two NHS numbers, and so were joined to neither. */
  readonly n_local_ids_in_conflict: number
}

/** What the run was: its settings, said in every report. */
export interface RunFacts {
  readonly project: string
  readonly software: string
  /** First and last day of the data; the first is null where nothing says when recording began. */
  readonly data_start: IsoDate | null
  readonly data_end: IsoDate
  readonly reentry_days: number
  readonly min_pair_days: number
  readonly assessment_days_before_start: number
  readonly assessment_days_after_end: number
  readonly end_score_days: number
  readonly follow_ups: readonly { readonly months: number; readonly tolerance_days: number }[]
  readonly index_event: IndexEvent
  /** Which attended contact is the start of therapy, where that is the index event. */
  readonly start_contact: number
  readonly window_months: number
  /** Days on either side below which a person is left out of the comparison that asks for so many. */
  readonly min_exposure_days: number
  /** Events that tell of one another: the kept one counts, where it begins at most so many days after the merged one. */
  readonly overlap: readonly OverlapRule[]
  readonly is_national_parity: boolean
  /** Attended contacts below which an episode is left out of outcomes; 0: nobody is. */
  readonly min_contacts: number
  readonly mainly_seen_by: 'most_contacts' | 'over_half'
  /** Where a person in two intervention arms counts. */
  readonly two_arms: 'both' | 'first' | 'last'
  readonly side_by_side_days: number
  /** Episodes with two scores below which a group is too few to say anything of. */
  readonly group_minimum_n: number
  /** What services side by side are adjusted for besides first scores, where their people allow. */
  readonly services_adjusted_for: readonly CaseMixFact[]
  readonly cohorts: readonly Cohort[]
  readonly price_year: string
  /** Of what day the National Data Opt-Out list is; null where none was supplied. */
  readonly opt_out_list_date: IsoDate | null
}

export interface ServiceName {
  readonly code: string
  readonly name: string
  readonly area: string
}

export interface ServiceAnalysis {
  readonly service: ServiceName
  readonly n_people: number
  readonly n_episodes: number
  readonly n_open_episodes: number
  readonly n_contacts: number | null
  readonly n_attended_contacts: number | null
  readonly neurodiversity: Readonly<Record<'yes' | 'queried' | 'no' | 'unknown', number>>
  readonly files: readonly FileAccount[]
  readonly faults: readonly FaultCount[]
  readonly flags: readonly FaultCount[]
  readonly quality: ServiceQuality
  readonly measures: readonly MeasureCompleteness[]
  readonly months: readonly MonthForms[]
  readonly outcomes: readonly OutcomeAnalysis[]
  readonly diagnoses: readonly DiagnosisAnalysis[]
  readonly courses: readonly CourseAnalysis[]
  /** Nothing where no referrals were supplied. */
  readonly came: readonly ServiceMonth[]
  /** Of the first people only, in order of their number. Internal reports alone show them. */
  readonly timelines: readonly Timeline[]
  readonly attendance: AttendanceAnalysis | null
  /** Null where the exports hold no referral. */
  readonly flows: FlowsAnalysis | null
  readonly counts: readonly FeedbackCount[]
  readonly profile: ServiceProfile
  readonly over_time: ServiceOverTime
  /** What the service was part of, oldest first; nothing where the project does not say. */
  readonly part_of: readonly { readonly to: string; readonly from: IsoDate | null }[]
  readonly groups: readonly { readonly dimension: GroupDimensionId; readonly groups: readonly GroupOfFact[] }[]
  /** Neurodiversity within each arm, pathway or staff role; null where either is not recorded. */
  readonly crossed: CrossedGroups | null
  /** Null where fewer than two intervention arms are recorded. */
  readonly arms: ArmsAnalysis | null
  readonly cohorts: readonly (GroupAnalysis & { readonly cohort: Cohort })[]
  readonly contacts_minimum: ContactsMinimum | null
  readonly staff: readonly StaffContacts[]
  readonly talking_therapies: TalkingTherapiesSummary | null
  readonly goals: GoalsSummary | null
  /** More help wanted, a DIALOG domain a row; nothing where no export says. */
  readonly help_wanted: readonly HelpWanted[]
  readonly side_by_side: SideBySide | null
  readonly risk: RiskTransitions | null
}

export type GroupDimensionId =
  | 'neurodiversity'
  | 'age_band'
  | 'gender'
  | 'ethnic_group'
  | 'deprivation_quintile'
  | 'pathway'
  | 'intervention'
  | 'main_staff_role'

/** The main scale of a service among some of its episodes. */
export interface GroupAnalysis {
  /** Null: not recorded. */
  readonly value: string | null
  readonly n_episodes: number
  /** Null where the service has no outcome measure. */
  readonly outcome: OutcomeAnalysis | null
}

export interface GroupOfFact extends GroupAnalysis {
  /** Every scale that may lead, the main one first. */
  readonly scales: readonly GroupScale[]
}

/** One scale in one group: the change of its episodes with two scores. Positive is better. */
export interface GroupScale {
  readonly measure_name: string
  readonly scale_id: string
  readonly scale_label: string
  readonly n_paired: number
  /** Episodes of the service with two scores that are not of the group, the not recorded among them. */
  readonly n_others: number
  readonly mean_improvement: number | null
  readonly improvement_ci95: readonly [number, number] | null
  /** Welch’s test of the group’s mean against that of all others. Null below 10 on either side. */
  readonly p_against_others: number | null
}

export interface CrossedGroups {
  readonly by: 'intervention' | 'pathway' | 'main_staff_role'
  readonly cells: readonly (GroupAnalysis & { readonly neurodiversity: 'yes' | 'queried' | 'no' | 'unknown' })[]
}

/** What leaving out people with fewer attended contacts does to the main scale: shown whether or not the rule is on. */
export interface ContactsMinimum {
  readonly minimum: number
  readonly is_on: boolean
  readonly everyone: OutcomeAnalysis
  readonly with_enough: OutcomeAnalysis
}

/** Contacts of one staff role and band; null: not recorded. */
export interface StaffContacts {
  readonly staff_role: string | null
  readonly staff_band: string | null
  readonly n_attended: number
  readonly n_not_attended: number
  readonly n_people: number
  /** Of the attended contacts whose length was recorded. */
  readonly minutes: number | null
  readonly cost: ContactsCost
}

/** records = loaded + duplicates + quarantined. */
export interface FileAccount {
  readonly file_name: string
  /** The days that the file is the submission for (2025-09); null where nobody says. */
  readonly period: string | null
  /** The file in its place, where one was sent later for the same days; null where it stands itself. */
  readonly superseded_by: string | null
  readonly records: number
  readonly loaded: number
  readonly duplicates: number
  readonly quarantined: number
}

export interface FaultCount {
  readonly code: string
  readonly words: string
  /** What the team that sent the rows can do about it. */
  readonly remedy: string
  /** What it does to the numbers; null where nothing, or where the rows are not in them at all. */
  readonly consequence: string | null
  readonly n_rows: number
}

/** What the data-quality page says beside the rows read, held back and flagged. */
export interface ServiceQuality {
  readonly measures: readonly MeasureQuality[]
  readonly held_back: readonly HeldBackCount[]
  readonly set_aside: readonly SetAsideCount[]
  readonly forms_by_team: readonly TeamForms[]
  /** Codes of service use that no profile lists. */
  readonly unmapped_codes: readonly { readonly source_code: string | null; readonly n_events: number }[]
}

/** One measure of a service, also one that has no score yet. */
export interface MeasureQuality {
  readonly measure_id: string
  readonly measure_name: string
  /** The day from which episodes are counted. */
  readonly started: IsoDate
  readonly is_start_declared: boolean
  /** Episodes by team and month of starting; they add up to those that could have been measured. */
  readonly completeness: readonly CompletenessCount[]
  readonly newest_form: string | null
  /** Days from referral to first score, of episodes with both. */
  readonly wait: { readonly n: number; readonly median_days: number | null }
  /** Of forms whose answers came: how many left each needed item out. */
  readonly items: { readonly n_forms: number; readonly missing: readonly MissingItem[] }
  readonly codings: readonly TeamCoding[]
}

export interface TeamForms {
  readonly measure_name: string
  /** Null: not recorded on the form. */
  readonly team: string | null
  readonly n_forms: number
  readonly n_scored: number
  readonly n_too_many_missing: number
}

export interface CompletenessCount {
  /** Null: not recorded. */
  readonly team: string | null
  /** First day of the month. */
  readonly month: string
  readonly n_eligible: number
  readonly n_first: number
  readonly n_two: number
}

export interface MissingItem {
  /** 1 for the first item. */
  readonly position: number
  readonly n_missing: number
}

/** How often a team's forms hold the highest and the lowest answer, beside all other teams' of the project. */
export interface TeamCoding {
  readonly team: string | null
  readonly n_forms: number
  readonly n_highest: number
  readonly n_lowest: number
  readonly n_other_forms: number
  readonly n_other_highest: number
  readonly n_other_lowest: number
  readonly verdict: 'like_the_others' | 'never_highest' | 'never_lowest' | 'confirmed'
}

/** Rows of one file held back for one fault of one column; null: of the whole row. */
export interface HeldBackCount {
  readonly file_name: string
  readonly column_name: string | null
  readonly code: string
  readonly words: string
  /** True where a value is impossible: outside its range, or no number. */
  readonly is_impossible_value: boolean
  readonly n_rows: number
}

/** Rows whose score is in no pair, and why. */
export interface SetAsideCount {
  readonly code: string
  readonly measure_name: string
  readonly words: string
  readonly n_rows: number
}

export interface MeasureCompleteness {
  readonly measure_name: string
  readonly n_forms: number
  readonly n_scored: number
  readonly n_too_many_missing: number
  readonly n_invalid: number
  readonly first_date: string | null
  readonly last_date: string | null
}

/** Forms of one measure in one month; `month` is its first day. */
export interface MonthForms {
  readonly measure_name: string
  readonly month: string
  readonly n_forms: number
}

export interface OutcomeAnalysis {
  readonly measure_id: string
  readonly measure_name: string
  readonly scale_id: string
  readonly scale_label: string
  readonly min_score: number
  readonly max_score: number
  readonly summary: ChangeSummary
  /** Null where the national rule does not count the scale. */
  readonly national: NationalSummary | null
  /** Both rules person by person; null where the national rule does not count the scale, or neither counts anybody. */
  readonly rules: RuleComparison | null
  readonly scatter: readonly ScatterPoint[]
  /** What each person of `scatter` brought with them, in the same order; null: not recorded. */
  readonly case_mix: readonly Readonly<Record<CaseMixFact, string | null>>[]
  /** The same people by each published index of reliable change; null where no reliability is known, or nobody has two scores. */
  readonly indices: IndexComparison | null
}

export interface DiagnosisAnalysis {
  readonly measure_name: string
  readonly transitions: CategoryTransitions
}

/** Answers that came already added up, such as the friends and family test. */
export interface FeedbackCount {
  readonly subject: string
  readonly category: string
  readonly n: number
}

/** Who came and what happened in one calendar month; the first of them has no episode from before. */
export interface ServiceMonth {
  /** YYYY-MM. */
  readonly month: string
  readonly n_referred: number
  readonly n_not_accepted: number
  readonly n_began: number
  readonly n_first_seen: number
  readonly n_ended: number
  /** Open at the end of the month. */
  readonly n_open: number
}

/** What one person did, by month from joining: -1 the last before, 0 the first after. */
export interface Timeline {
  /** The store’s own number, which says nothing of who it is. */
  readonly person_key: number
  readonly marks: readonly TimelineMark[]
}

export type TimelineMark =
  | { readonly month_offset: number; readonly event_type: string; readonly n: number }
  | { readonly month_offset: number; readonly scale: string; readonly score: number }

export interface UsageAnalysis {
  readonly service: ServiceName
  readonly n_joined: number
  readonly summaries: readonly UsageSummary[]
  readonly months: readonly MonthRate[]
  readonly doubts: readonly FallDoubt[]
  readonly sensitivity: UseSensitivityOf | null
  /** Events not counted because another tells of the same. */
  readonly merged: readonly MergedUse[]
  readonly cost: CostResult
  /** Null where the service has no outcome measure. */
  readonly joined: JoinedAnalysis | null
  readonly value: ValueForMoney
  /** Use and cost by intervention arm; none where fewer than two are recorded. */
  readonly arms: readonly ArmUse[]
  /** Null where no comparison service is declared. */
  readonly comparison: ServiceComparison | null
}

/** A service beside its comparison service. `found` is null where both supplied no kind of use alike. */
export interface ServiceComparison {
  readonly with: ServiceName
  readonly found: (ServiceContrast & { readonly usage_id: string; readonly label: string }) | null
}

/** People by whether their cost is counted and whether they have two scores of the main scale; what changed for those who have both. */
export interface JoinedAnalysis {
  readonly measure_id: string
  readonly measure_name: string
  readonly scale_id: string
  readonly scale_label: string
  readonly n_both: number
  readonly n_cost_only: number
  readonly n_outcome_only: number
  /** Of episodes of people with both; positive is better. */
  readonly mean_improvement: number | null
  /** NHS and social care cost of people with both. */
  readonly cost: CostDifference
}

/** The leading comparison under other choices; null where nothing was compared. */
export interface UseSensitivityOf {
  readonly usage_id: string
  readonly label: string
  readonly variations: readonly UseSensitivity[]
}

/** Events of one type that another type takes in, inside the windows. */
export interface MergedUse {
  readonly event_type: string
  readonly kept_type: string
  readonly events_before: number
  readonly events_after: number
  readonly n_people_before: number
  readonly n_people_after: number
}
