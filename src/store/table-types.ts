// Generated from sql/tables: after a change there, run `npx vitest run test/store/tables.test.ts -u`.
import type { Generated } from 'kysely'

export interface StoreTables {
  aggregate_count: AggregateCountTable
  answer_range: AnswerRangeTable
  arm_rule: ArmRuleTable
  assessment_record: AssessmentRecordTable
  assessment_score: AssessmentScoreTable
  calendar_day: CalendarDayTable
  calendar_month: CalendarMonthTable
  care_activity: CareActivityTable
  cluster_record: ClusterRecordTable
  code_list_entry: CodeListEntryTable
  confirmed_coding: ConfirmedCodingTable
  contact_record: ContactRecordTable
  corrected_row: CorrectedRowTable
  correction_sheet: CorrectionSheetTable
  flagged_row: FlaggedRowTable
  follow_up_point: FollowUpPointTable
  frequent_rule: FrequentRuleTable
  identity: IdentityTable
  identity_map: IdentityMapTable
  import_file: ImportFileTable
  import_row: ImportRowTable
  measure_scale: MeasureScaleTable
  measure_start: MeasureStartTable
  month_edge: MonthEdgeTable
  opt_out: OptOutTable
  overlap_rule: OverlapRuleTable
  people_list: PeopleListTable
  person_record: PersonRecordTable
  pseudonym_key: PseudonymKeyTable
  purged_identity: PurgedIdentityTable
  quarantine_row: QuarantineRowTable
  referral_record: ReferralRecordTable
  referral_team: ReferralTeamTable
  retention: RetentionTable
  risk_rating_record: RiskRatingRecordTable
  self_referral_source: SelfReferralSourceTable
  service: ServiceTable
  service_event: ServiceEventTable
  settings: SettingsTable
  submission_row: SubmissionRowTable
  team_level: TeamLevelTable
  usage_coverage: UsageCoverageTable
}

export interface AggregateCountTable {
  file_id: number
  row_number: number
  service_code: string
  period_date: string
  period_day: number
  subject: string
  category: string
  count_value: number
}

export interface AnswerRangeTable {
  measure_id: string
  lowest: number
  highest: number
}

export interface ArmRuleTable {
  service_code: string
  recorded_in: 'intervention' | 'pathway' | 'team'
  recorded_as: string
  arm: string
}

export interface AssessmentRecordTable {
  assessment_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  referral_ref: string | null
  activity_ref: string | null
  contact_ref: string | null
  cluster_ref: string | null
  service_code: string
  team: string | null
  measure_id: string
  assessed_date: string | null
  assessed_day: number | null
  coding: 'scored' | 'raw'
  items: string | null
  supplied_scale: string | null
  supplied_score: number | null
  help_wanted: string | null
  goals_set: string | null
}

export interface AssessmentScoreTable {
  assessment_id: number
  scale_id: string
  measure_id: string
  nhs_identity_key: number | null
  local_identity_key: number | null
  referral_ref: string | null
  service_code: string
  team: string | null
  assessed_date: string
  assessed_day: number
  score: number | null
  category: string | null
  score_status: string
  n_answered: number
  n_expected: number
  method: string | null
  basis: string | null
}

export interface CalendarDayTable {
  day: Generated<number>
  month_number: number
  day_of_month: number
  days_in_month: number
}

export interface CalendarMonthTable {
  first_day: Generated<number>
  next_day: number
  month: string
}

export interface CareActivityTable {
  care_activity_id: Generated<number>
  file_id: number
  row_number: number
  service_code: string
  activity_ref: string
  contact_ref: string
}

export interface ClusterRecordTable {
  cluster_record_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  cluster_ref: string
  service_code: string
  assessed_date: string
  assessed_day: number
}

export interface CodeListEntryTable {
  file_id: number
  row_number: number
  code: string
  term: string
  tool_name: string | null
  category: string | null
  version: string | null
  lower_bound: number | null
  upper_bound: number | null
  is_check_digit_valid: number
}

export interface ConfirmedCodingTable {
  service_code: string
  measure_id: string
  team: string
}

export interface ContactRecordTable {
  contact_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  contact_ref: string | null
  referral_ref: string | null
  service_code: string
  contact_date: string
  contact_day: number
  attendance: string
  mode: string | null
  staff_role: string | null
  staff_band: string | null
  duration_minutes: number | null
}

export interface CorrectedRowTable {
  file_id: number
  row_number: number
  row_hash: string
}

export interface CorrectionSheetTable {
  sheet_number: Generated<number>
  sha256: string
  file_name: string
  origin: string
  n_cells: number
  n_rows_left_out: number
}

export interface FlaggedRowTable {
  file_id: number
  row_number: number
  fault_number: number
  code: string
  column_name: string | null
  expected: string
}

export interface FollowUpPointTable {
  follow_up_months: number
  tolerance_days: number
}

export interface FrequentRuleTable {
  rule_number: number
  event_type: string
  at_least: number
}

export interface IdentityTable {
  identity_key: Generated<number>
  kind: 'nhs_number' | 'local_id'
  pseudonym: string
}

export interface IdentityMapTable {
  map_number: number
  local_pseudonym: string
  other_pseudonym: string
  other_kind: 'nhs_number' | 'local_id'
}

export interface ImportFileTable {
  file_id: Generated<number>
  sha256: string
  sheet: string
  file_name: string
  origin: string
  profile_id: string
  profile_sha256: string
  key_id: string
  service_code: string | null
  date_order: string | null
  period_start_date: string | null
  period_start_day: number | null
  period_end_date: string | null
  period_end_day: number | null
  period_provider_code: string | null
  superseded_by: number | null
  encoding: string | null
  delimiter: string | null
  n_bytes: number
  n_physical_lines: number
  n_heading_lines: number
  n_blank_lines: number
  n_other_lines: number
  n_record_lines: number
  n_records: number
  n_loaded: number
  n_duplicates: number
  n_quarantined: number
  records_hash: string
  columns_left_out: string
  loaded_at: string
}

export interface ImportRowTable {
  file_id: number
  row_number: number
  row_hash: string
  outcome: 'loaded' | 'duplicate' | 'quarantined'
}

export interface MeasureScaleTable {
  measure_id: string
  scale_id: string
  better: 'higher' | 'lower'
  min_score: number
  max_score: number
  national_change_points: number | null
}

export interface MeasureStartTable {
  service_code: string
  measure_id: string
  start_date: string
  start_day: number
}

export interface MonthEdgeTable {
  index_day: number
  month_offset: number
  edge_day: number
}

export interface OptOutTable {
  pseudonym: string
  kind: string
  met: 'list' | 'record'
}

export interface OverlapRuleTable {
  kept_type: string
  merged_type: string
  days_later: number
}

export interface PeopleListTable {
  kind: 'opt_out' | 'identity_map'
  list_number: number
  named_in: 'project' | 'command'
  sha256: string
  list_date: string
  n_entries: number
  n_faulty: number
}

export interface PersonRecordTable {
  person_record_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  person_type: 'patient' | 'carer'
  birth_month: string | null
  gender: string | null
  ethnic_category: string | null
  neurodiversity: 'yes' | 'queried' | 'no' | 'unknown'
  death_date: string | null
  death_day: number | null
  moved_date: string | null
  moved_day: number | null
  deprivation_decile: number | null
}

export interface PseudonymKeyTable {
  pseudonym_key_id: Generated<number>
  key_id: string
}

export interface PurgedIdentityTable {
  mark: string
  kind: string
  purged_date: string
}

export interface QuarantineRowTable {
  file_id: number
  row_number: number
  fault_number: number
  code: string
  column_name: string | null
  expected: string
}

export interface ReferralRecordTable {
  referral_record_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  referral_ref: string | null
  service_code: string
  pathway: string | null
  team: string | null
  team_type: string | null
  intervention: string | null
  referral_source: string | null
  primary_reason: string | null
  referral_date: string
  referral_day: number
  first_contact_date: string | null
  first_contact_day: number | null
  discharge_date: string | null
  discharge_day: number | null
  discharge_reason: string | null
  rejected_date: string | null
  rejected_day: number | null
  age_at_referral: number | null
}

export interface ReferralTeamTable {
  referral_team_id: Generated<number>
  file_id: number
  row_number: number
  referral_ref: string
  service_code: string
  team_ref: string | null
  team_type: string | null
  rejected_date: string | null
  rejected_day: number | null
}

export interface RetentionTable {
  retention_id: Generated<number>
  purged_before_date: string
  purged_before_day: number
}

export interface RiskRatingRecordTable {
  risk_rating_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  service_code: string
  rated_date: string
  rated_day: number
  rating: 'none' | 'low' | 'medium' | 'high' | 'very_high'
}

export interface SelfReferralSourceTable {
  recorded_as: string
}

export interface ServiceTable {
  service_code: string
  service_name: string
  area: string
  icb_code: string | null
  provider_code: string | null
}

export interface ServiceEventTable {
  event_id: Generated<number>
  file_id: number
  row_number: number
  nhs_identity_key: number | null
  local_identity_key: number | null
  referral_ref: string | null
  event_ref: string | null
  part_ref: string | null
  event_type: string
  source_code: string | null
  start_date: string
  start_day: number
  end_date: string | null
  end_day: number | null
  provider_code: string | null
}

export interface SettingsTable {
  settings_id: Generated<number>
  reentry_days: number
  min_pair_days: number
  assessment_days_before_start: number
  assessment_days_after_end: number
  end_score_days: number
  index_event: string
  start_contact: number
  window_months: number
  is_national_parity: number
  mainly_seen_by: 'most_contacts' | 'over_half'
  two_arms: 'both' | 'first' | 'last'
  side_by_side_days: number
  transfer_days: number
  secondary_care_days: number
  data_start_day: number | null
  data_end_day: number
}

export interface SubmissionRowTable {
  file_id: number
  row_number: number
  provider_code: string | null
  period_end_date: string | null
  period_end_day: number | null
  submission_number: number | null
  effective_date: string | null
  effective_day: number | null
}

export interface TeamLevelTable {
  service_code: string
  team: string
  step: number
  is_secondary_care: 0 | 1
}

export interface UsageCoverageTable {
  service_code: string
  event_type: string
}
