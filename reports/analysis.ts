import type { CategoryTransitions, ChangeSummary, NationalSummary, ScatterPoint } from '../src/change/change-result.ts'
import type { IsoDate } from '../src/domain/iso-date.ts'
import type { CostResult } from '../src/economics/cost-result.ts'
import type { FallDoubt, MonthRate, UsageSummary } from '../src/usage/usage-result.ts'

/** Everything a run found, before disclosure control: what the three reports are composed from. */
export interface Analysis {
  readonly facts: RunFacts
  readonly services: readonly ServiceAnalysis[]
  readonly usage: readonly UsageAnalysis[]
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
  readonly index_event: 'referral' | 'first_contact'
  readonly window_months: number
  readonly is_national_parity: boolean
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
  readonly measures: readonly MeasureCompleteness[]
  readonly months: readonly MonthForms[]
  readonly outcomes: readonly OutcomeAnalysis[]
  readonly diagnoses: readonly DiagnosisAnalysis[]
  readonly counts: readonly FeedbackCount[]
}

/** records = loaded + duplicates + quarantined. */
export interface FileAccount {
  readonly file_name: string
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
  readonly scatter: readonly ScatterPoint[]
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

export interface UsageAnalysis {
  readonly service: ServiceName
  readonly n_joined: number
  readonly summaries: readonly UsageSummary[]
  readonly months: readonly MonthRate[]
  readonly doubts: readonly FallDoubt[]
  readonly cost: CostResult
}
