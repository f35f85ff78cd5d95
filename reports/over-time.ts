import type { IsoDate } from '../src/domain/iso-date.ts'
import type { RareEvents } from '../src/usage/rare-events.ts'

/** What is followed from month to month. */
export const SERIES_IDS = ['starts', 'improvement', 'completeness', 'did_not_attend', 'emergency'] as const
export type SeriesId = (typeof SERIES_IDS)[number]

/** Sums by month, so that months can be joined. `month` is its first day. */
export interface ServiceOverTime {
  readonly starts: readonly { readonly month: string; readonly n: number }[]
  /** By the month of the last score so far. Positive is better. */
  readonly improvements: readonly ImprovementMonth[]
  /** Eligible episodes that ended in the month, and those of them with two scores. */
  readonly endings: readonly EndingMonth[]
  readonly contacts: readonly ContactMonth[]
  /** Use of emergency services by people who had joined; empty where no extract was supplied. */
  readonly emergency: readonly EmergencyMonth[]
  /** Events so rare that most months have none. */
  readonly rare: readonly RareUse[]
  /** What the project declares: what happened, and where a new mean begins. */
  readonly changes: readonly DeclaredChange[]
  readonly targets: readonly { readonly series: SeriesId; readonly value: number }[]
}

export interface ImprovementMonth {
  readonly measure_id: string
  readonly scale_id: string
  readonly month: string
  readonly n: number
  readonly sum_improvement: number
}

export interface EndingMonth {
  readonly measure_id: string
  readonly scale_id: string
  readonly month: string
  readonly n: number
  readonly n_two: number
}

/** Contacts kept and missed. At least so many people had them. */
export interface ContactMonth {
  readonly month: string
  readonly n_attended: number
  readonly n_missed: number
  readonly n_people_attended: number
  readonly n_people_missed: number
}

/** All emergency types that were supplied together, and the people who had any in the month, and in its calendar quarter. */
export interface EmergencyMonth {
  readonly month: string
  readonly events: number
  readonly n_users: number
  readonly n_users_in_quarter: number
  readonly person_days: number
}

export interface RareUse extends RareEvents {
  readonly event_type: string
  readonly label: string
}

export interface DeclaredChange {
  readonly date: IsoDate
  readonly what: string
  /** Null: every series. */
  readonly series: readonly SeriesId[] | null
  readonly is_rebase: boolean
}
