import type { TimepointChange } from '../../src/change/course-result.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { FEWEST_FOR_A_TEST } from './claim-words.ts'
import { scaleWords } from './measure-words.ts'
import { type ReleasedShare, releasedShare } from './release-outcome.ts'

/** `ReQoL-10`, or measure and scale where it has several. */
export function courseName(
  gate: Gate,
  it: Pick<CourseAnalysis, 'measure_name' | 'scale_id' | 'scale_label'>,
): ReleasedText {
  return gate.label(scaleWords(it.measure_name, it.scale_id, it.scale_label))
}

export const STATES = ['maintained', 'lost', 'late_gain', 'never_gained', 'no_end_score'] as const

/** One follow-up after the gate: those due and those scored are totals of the states and the missing. */
export interface ReleasedFollowUp {
  readonly follow_up_months: number
  readonly due: Released
  readonly scored: Released
  readonly missing: Released
  readonly in_care_again: Released
  readonly moved: Released
  readonly died: Released
  readonly not_due: Released
  /** Null where the scale has no reliable change threshold. */
  readonly states: Readonly<Record<(typeof STATES)[number], ReleasedShare>> | null
  readonly improvement: Released
  readonly improvement_low: Released
  readonly improvement_high: Released
}

export function releaseFollowUps(gate: Gate, course: CourseAnalysis): readonly ReleasedFollowUp[] {
  return course.follow_ups.map((it) => {
    const parted = it.states === null ? null : gate.partition({ ...it.states })
    const counts = { due: it.n_scored + it.n_missing, scored: it.n_scored }
    const { due, scored } = parted === null ? gate.stages(counts) : gate.stages(counts, parted)
    const mean = (value: number | null) =>
      gate.statistic(value, {
        ...{ n: it.n_scored, decimals: 1, reason: say`too few to say` },
        fewest: { n: FEWEST_FOR_A_TEST.n, reason: say`too few to say` },
      })
    return {
      follow_up_months: it.follow_up_months,
      due,
      scored,
      missing: gate.count(it.n_missing),
      in_care_again: gate.count(it.n_in_care_again),
      moved: gate.count(it.n_moved),
      died: gate.count(it.n_died),
      not_due: gate.count(it.n_not_due),
      states:
        parted === null
          ? null
          : (Object.fromEntries(
              STATES.map((state) => [state, releasedShare(gate, parted.cells[state], parted.total)]),
            ) as Record<(typeof STATES)[number], ReleasedShare>),
      improvement: mean(it.mean_improvement),
      improvement_low: mean(it.improvement_ci95?.[0] ?? null),
      improvement_high: mean(it.improvement_ci95?.[1] ?? null),
    }
  })
}

/** `3 months`. */
export function monthsWords(gate: Gate, months: number): ReleasedText {
  return gate.label(months === 1 ? '1 month' : `${months} months`)
}

/** `At the end`, `3 months after`. */
export function timepointWords(gate: Gate, it: Pick<TimepointChange, 'timepoint' | 'follow_up_months'>): ReleasedText {
  if (it.timepoint === 'review') return say`Reviews`
  if (it.follow_up_months === null) return say`At the end`
  return say`${monthsWords(gate, it.follow_up_months)} after`
}
