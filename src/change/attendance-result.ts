import type { ClaimReason, Interval } from './change-result.ts'

/** How an episode ended. other: with a reason that says neither. */
export const LEAVINGS = ['completed', 'dropped_out', 'other', 'not_recorded', 'open'] as const
export type Leaving = (typeof LEAVINGS)[number]

/** Episodes of one kind, and the first-to-last change of those among them with two scores. */
export interface GroupChange {
  readonly n_episodes: number
  readonly n_paired: number
  /** Positive is better; null with fewer than 10 pairs. */
  readonly mean_improvement: number | null
  readonly improvement_ci95: Interval | null
  readonly reason: ClaimReason | null
}

/** Episodes by sessions attended, from `least` to `most`; null: any more. */
export interface DoseBand extends GroupChange {
  readonly least: number
  readonly most: number | null
}

/** Episodes that ended within a year, and those that ended by dropping out, of those whose reason says which. */
export interface DropOutPeriod {
  readonly first_day: number
  readonly last_day: number
  readonly n_ended: number
  readonly n_reason_known: number
  readonly n_dropped_out: number
}

export interface AttendanceSummary {
  readonly leaving: Readonly<Record<Leaving, number>>
  /** Reasons as recorded, in order of name, and what each was taken for. */
  readonly reasons: readonly { readonly reason: string; readonly leaving: Leaving; readonly n: number }[]
  readonly drop_out: { readonly recent: DropOutPeriod; readonly before: DropOutPeriod } | null
  /** Null where no contacts were supplied. */
  readonly sessions: SessionsSummary | null
  /** Whose change is whose: those who completed, those who dropped out, and everyone. */
  readonly completed: GroupChange
  readonly dropped_out: GroupChange
  readonly everyone: GroupChange
}

export interface SessionsSummary {
  readonly planned: number | null
  readonly n_episodes: number
  readonly median_attended: number | null
  readonly median_attended_by_completers: number | null
  readonly median_attended_by_droppers: number | null
  /** Of episodes that ended: with at least as many attended as planned. Null without a plan. */
  readonly n_ended: number
  readonly n_reached_plan: number | null
  readonly bands: readonly DoseBand[]
}
