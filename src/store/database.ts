import type { Marts } from './mart-types.ts'
import type { AssessmentScoreTable, StoreTables } from './table-types.ts'

/** Every table of the store, for Kysely: the loaded tables and the models that queries read. */
export interface Database extends StoreTables, Marts {
  int_identities_linked: { identity_key: number; person_key: number }
  int_identity_conflicts: { local_identity_key: number; n_nhs_identities: number }
  int_scores_placed: AssessmentScoreTable & { person_key: number | null; episode_id: number | null }
  int_contacts_placed: ContactPlacedRow
  int_measures_started: { service_code: string; measure_id: string; start_day: number; is_declared: 0 | 1 }
  int_people_followed: { person_key: number; service_code: string; from_day: number; to_day: number }
  int_events_followed: EventFollowedRow
  int_events_merged: EventMergedRow
  int_use_by_month: UseByMonthRow
  int_events_resolved: EventResolvedRow
  int_stays_merged: { person_key: number; event_type: string; start_day: number; end_day: number }
  dq_scores_set_aside: { assessment_id: number; scale_id: string; rule_code: string }
  dq_team_codings: TeamCodingRow
}

export interface TeamCodingRow {
  service_code: string
  team: string | null
  measure_id: string
  came_as: 'form' | 'item'
  n_forms: number
  n_highest: number
  n_lowest: number
  n_other_forms: number
  n_other_highest: number
  n_other_lowest: number
  n_rows_out_of_range: number
  is_never_highest: 0 | 1
  is_never_lowest: 0 | 1
  is_suspected: 0 | 1
  is_confirmed: 0 | 1
}

export interface ContactPlacedRow {
  contact_id: number
  person_key: number | null
  service_code: string
  referral_record_id: number | null
  episode_id: number | null
  contact_day: number
  attendance: string
  mode: string | null
  staff_role: string | null
  staff_band: string | null
  duration_minutes: number | null
  is_attended: 0 | 1
  is_direct: 0 | 1
}

export interface EventResolvedRow {
  event_id: number
  person_key: number
  event_type: string
  start_day: number
  end_day: number | null
}

export interface EventFollowedRow {
  service_code: string
  event_type: string
  event_id: number
  person_key: number
  event_day: number
}

export interface EventMergedRow {
  service_code: string
  event_id: number
  person_key: number
  event_type: string
  start_day: number
  kept_type: string
}

export interface UseByMonthRow {
  person_key: number
  service_code: string
  event_type: string
  month_offset: number
  events: number
  events_merged: number
}
