import { classifyChange } from '../measures/improvement.ts'
import type { Scale } from '../measures/measure.ts'
import { changeStatistics } from './change-statistics.ts'
import { claimsFor } from './claims.ts'
import type { FollowUpStates, FollowUpSummary } from './course-result.ts'

/** One episode that ended, at one follow-up; scores as measured. */
export interface FollowUpScores {
  readonly follow_up_months: number
  readonly status: 'scored' | 'missing' | 'in_care_again' | 'moved' | 'died' | 'not_due'
  readonly entry_score: number
  readonly end_score: number | null
  readonly follow_up_score: number | null
}

/** What became of everyone at each follow-up, soonest first. A gain is a reliable improvement since entry, reached is enough. */
export function followUpSummaries(rows: readonly FollowUpScores[], scale: Scale): FollowUpSummary[] {
  const months = [...new Set(rows.map((it) => it.follow_up_months))].sort((a, b) => a - b)
  return months.map((month) =>
    summarise(
      month,
      rows.filter((it) => it.follow_up_months === month),
      scale,
    ),
  )
}

function summarise(follow_up_months: number, rows: readonly FollowUpScores[], scale: Scale): FollowUpSummary {
  const count = (status: FollowUpScores['status']) => rows.filter((it) => it.status === status).length
  const scored = rows.flatMap(({ entry_score, end_score, follow_up_score }) =>
    follow_up_score === null ? [] : [{ entry_score, end_score, follow_up_score }],
  )
  const claims = claimsFor(scored.length)
  const pairs = scored.map((it) => ({ pre_score: it.entry_score, post_score: it.follow_up_score }))
  const statistics = changeStatistics(pairs, scale.better, claims)
  return {
    follow_up_months,
    n_asked: rows.length,
    n_scored: scored.length,
    n_missing: count('missing'),
    n_in_care_again: count('in_care_again'),
    n_moved: count('moved'),
    n_died: count('died'),
    n_not_due: count('not_due'),
    states: scale.reliable_change === null ? null : statesOf(scored, scale),
    n_worse_than_entry:
      scale.reliable_change === null
        ? null
        : scored.filter((it) => classifyChange(scale, it.entry_score, it.follow_up_score) === 'deteriorated').length,
    mean_improvement: claims.may_test ? statistics.mean_improvement : null,
    improvement_ci95: statistics.improvement_ci95,
    reason: statistics.reason,
  }
}

interface Scored {
  readonly entry_score: number
  readonly end_score: number | null
  readonly follow_up_score: number
}

function statesOf(scored: readonly Scored[], scale: Scale): FollowUpStates {
  const states = { maintained: 0, lost: 0, late_gain: 0, never_gained: 0, no_end_score: 0 }
  for (const it of scored) states[stateOf(it, scale)] += 1
  return states
}

function stateOf({ entry_score, end_score, follow_up_score }: Scored, scale: Scale): keyof FollowUpStates {
  if (end_score === null) return 'no_end_score'
  const gained = classifyChange(scale, entry_score, end_score) === 'improved'
  const hasGain = classifyChange(scale, entry_score, follow_up_score) === 'improved'
  if (gained) return hasGain ? 'maintained' : 'lost'
  return hasGain ? 'late_gain' : 'never_gained'
}
