import type { Better } from '../measures/measure.ts'
import { median } from '../stats/describe.ts'
import {
  type AttendanceSummary,
  type DoseBand,
  type DropOutPeriod,
  type GroupChange,
  LEAVINGS,
  type Leaving,
  type SessionsSummary,
} from './attendance-result.ts'
import type { ScorePair } from './change-result.ts'
import { changeStatistics } from './change-statistics.ts'
import { claimsFor } from './claims.ts'

/** One episode: how it ended, what was attended, and its first and last score. */
export interface AttendedEpisode {
  readonly end_day: number | null
  readonly discharge_reason: string | null
  readonly n_attended_contacts: number
  readonly pair: ScorePair | null
}

export interface AttendanceOptions {
  readonly better: Better
  readonly has_contacts: boolean
  readonly planned_sessions: number | null
  /** Discharge reasons of the project's own, in place of what reasons say by themselves. */
  readonly dropped_out: readonly string[]
  readonly completed: readonly string[]
  /** First and last day of the recent period, and of the one it is compared with; null: none. */
  readonly periods: { readonly recent: readonly [number, number]; readonly before: readonly [number, number] } | null
}

/** How episodes ended, what was attended against the plan, and the change of those who completed, dropped out, and of all. */
export function attendanceSummary(episodes: readonly AttendedEpisode[], options: AttendanceOptions): AttendanceSummary {
  const told = episodes.map((it) => ({ ...it, leaving: leavingOf(it, options) }))
  const of = (leaving: Leaving) => told.filter((it) => it.leaving === leaving)
  return {
    leaving: Object.fromEntries(LEAVINGS.map((it) => [it, of(it).length])) as Record<Leaving, number>,
    reasons: reasonsOf(told),
    drop_out: options.periods === null ? null : periodsOf(told, options.periods),
    sessions: options.has_contacts ? sessionsOf(told, options) : null,
    completed: groupChange(of('completed'), options.better),
    dropped_out: groupChange(of('dropped_out'), options.better),
    everyone: groupChange(told, options.better),
  }
}

/** Words that say of a discharge reason, whoever wrote it, what it means. Not planned is not completed. */
const SAYS_DROPPED_OUT =
  /drop(ped)?[ -]?out|disengag|stopped (coming|attending)|unplanned|did not attend|non-?attend|lost contact/i
const SAYS_COMPLETED = /complet|^planned|as planned|finished/i

function leavingOf(it: AttendedEpisode, options: AttendanceOptions): Leaving {
  const { end_day, discharge_reason: reason } = it
  if (end_day === null) return 'open'
  if (reason === null) return 'not_recorded'
  if (options.dropped_out.includes(reason)) return 'dropped_out'
  if (options.completed.includes(reason)) return 'completed'
  if (SAYS_DROPPED_OUT.test(reason)) return 'dropped_out'
  return SAYS_COMPLETED.test(reason) && !/not complet|incomplete/i.test(reason) ? 'completed' : 'other'
}

type ToldEpisode = AttendedEpisode & { readonly leaving: Leaving }

function reasonsOf(told: readonly ToldEpisode[]): AttendanceSummary['reasons'] {
  const counts = new Map<string, { reason: string; leaving: Leaving; n: number }>()
  for (const { discharge_reason: reason, leaving } of told) {
    if (reason === null || leaving === 'open') continue
    const known = counts.get(reason)
    if (known === undefined) counts.set(reason, { reason, leaving, n: 1 })
    else known.n += 1
  }
  return [...counts.values()].sort((a, b) => (a.reason < b.reason ? -1 : 1))
}

function periodsOf(told: readonly ToldEpisode[], { recent, before }: NonNullable<AttendanceOptions['periods']>) {
  const period = ([first_day, last_day]: readonly [number, number]): DropOutPeriod => {
    const ended = told.filter((it) => it.end_day !== null && it.end_day >= first_day && it.end_day <= last_day)
    return {
      first_day,
      last_day,
      n_ended: ended.length,
      n_reason_known: ended.filter((it) => it.leaving !== 'not_recorded').length,
      n_dropped_out: ended.filter((it) => it.leaving === 'dropped_out').length,
    }
  }
  return { recent: period(recent), before: period(before) }
}

const BANDS = [
  [0, 5],
  [6, 12],
  [13, 25],
  [26, null],
] as const

function sessionsOf(told: readonly ToldEpisode[], options: AttendanceOptions): SessionsSummary {
  const attended = (rows: readonly ToldEpisode[]) => rows.map((it) => it.n_attended_contacts)
  const ended = told.filter((it) => it.leaving !== 'open')
  const planned = options.planned_sessions
  return {
    planned,
    n_episodes: told.length,
    median_attended: median(attended(ended)),
    median_attended_by_completers: median(attended(told.filter((it) => it.leaving === 'completed'))),
    median_attended_by_droppers: median(attended(told.filter((it) => it.leaving === 'dropped_out'))),
    n_ended: ended.length,
    n_reached_plan: planned === null ? null : attended(ended).filter((n) => n >= planned).length,
    bands: BANDS.map(([least, most]): DoseBand => {
      const within = ended.filter(
        (it) => it.n_attended_contacts >= least && (most === null || it.n_attended_contacts <= most),
      )
      return { least, most, ...groupChange(within, options.better) }
    }),
  }
}

function groupChange(rows: readonly AttendedEpisode[], better: Better): GroupChange {
  const pairs = rows.flatMap((it) => (it.pair === null ? [] : [it.pair]))
  const claims = claimsFor(pairs.length)
  const { mean_improvement, improvement_ci95, reason } = changeStatistics(pairs, better, claims)
  return {
    n_episodes: rows.length,
    n_paired: pairs.length,
    mean_improvement: claims.may_test ? mean_improvement : null,
    improvement_ci95,
    reason,
  }
}
