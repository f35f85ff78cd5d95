import type { AttendanceAnalysis, CourseAnalysis } from '../../reports/analysis-course.ts'
import { attendanceSummary } from '../../src/change/attendance.ts'
import { type FollowUpScores, followUpSummaries } from '../../src/change/follow-up-states.ts'
import { imputedChange, missingDifferences, tippingPoints } from '../../src/change/missing-scores.ts'
import { type PlacedScore, timeCourse } from '../../src/change/time-course.ts'
import type { Scale } from '../../src/measures/measure.ts'
import { scaleOf } from '../../src/measures/registry.ts'
import { createRandom } from '../../src/stats/random.ts'

const REQOL = scaleOf('reqol-10', 'total') as Scale
const N = 127
const N_PAIRED = 97

const rows = Array.from({ length: N }, (_, i) => ({
  pre_score: 8 + ((i * 7) % 13),
  post_score: i < N_PAIRED ? 11 + ((i * 7) % 13) + (i % 5) : null,
}))

/** ReQoL-10 of the made-up service: 83 episodes ended, 67 with a score near the end; a few people in each state. */
export function syntheticCourse(): CourseAnalysis {
  return {
    measure_id: 'reqol-10',
    measure_name: 'ReQoL-10',
    scale_id: 'total',
    scale_label: 'Total',
    flow: [
      { team: 'North', n_eligible: 128, n_entry: 124, n_later: 95, n_ended: 81, n_end: 66 },
      { team: 'South', n_eligible: 3, n_entry: 3, n_later: 2, n_ended: 2, n_end: 1 },
    ],
    follow_ups: followUpSummaries(followUps(), REQOL),
    n_out_of_window: 3,
    n_spare: 6,
    differences: missingDifferences([
      characteristic('First score', 'mean', (i) => 8 + ((i * 7) % 13)),
      characteristic('Women', 'share', (i) => (i % 3 === 0 ? 0 : 1)),
      characteristic('Neurodivergent, or queried', 'share', (i) => (i < 4 ? 1 : 0)),
    ]),
    tipping: tippingPoints(rows, REQOL),
    imputed: imputedChange(rows, REQOL, { method: 'normal', n_imputations: 5, random: createRandom('synthetic') }),
    imputed_matched: imputedChange(rows, REQOL, {
      method: 'matched',
      n_imputations: 5,
      random: createRandom('matched'),
    }),
    time_course: timeCourse(placed(), 'higher'),
  }
}

function characteristic(name: string, kind: 'mean' | 'share', value: (i: number) => number) {
  return {
    characteristic: name,
    kind,
    values: rows.map((it, i) => ({ has_last: it.post_score !== null, value: value(i) })),
  }
}

function followUps(): FollowUpScores[] {
  const status = (i: number): FollowUpScores['status'] =>
    i < 43 ? 'scored' : i < 61 ? 'missing' : i < 64 ? 'died' : i < 66 ? 'in_care_again' : 'not_due'
  return Array.from({ length: 83 }, (_, i) => ({
    follow_up_months: 3,
    status: status(i),
    entry_score: 10,
    end_score: i % 14 === 13 ? null : i < 30 ? 16 : 11,
    follow_up_score: i < 43 ? (i % 11 === 0 ? 11 : 17) : null,
  }))
}

function placed(): PlacedScore[] {
  const point = { timepoint: 'entry' as const, follow_up_months: null, days_from_entry: 0 }
  return rows.flatMap(({ pre_score, post_score }, episode_id) => [
    { episode_id, ...point, score: pre_score },
    ...(post_score === null
      ? []
      : [{ episode_id, ...point, timepoint: 'end' as const, days_from_entry: 120, score: post_score }]),
  ])
}

/** Endings of 223 episodes and 2,327 contacts, two of them held by e-mail. */
export function syntheticAttendance(): AttendanceAnalysis {
  const reasons = ['Completed', 'Dropped out', 'Stepped up', null]
  const contact = (attendance: string, mode: string | null, n_contacts: number) => ({
    staff_role: null,
    ...{ attendance, mode, n_contacts },
    n_with_minutes: n_contacts,
    total_minutes: n_contacts * 50,
  })
  return {
    measure_name: 'ReQoL-10',
    scale_id: 'total',
    scale_label: 'Total',
    summary: attendanceSummary(
      Array.from({ length: 223 }, (_, i) => ({
        end_day: i < 186 ? 20_000 + i * 4 : null,
        discharge_reason: i < 186 ? (reasons[i % 4] as string | null) : null,
        n_attended_contacts: i % 31,
        pair: i < N_PAIRED ? { pre_score: 8 + (i % 9), post_score: 12 + (i % 11) } : null,
      })),
      {
        better: 'higher',
        has_contacts: true,
        planned_sessions: 26,
        dropped_out: [],
        completed: [],
        periods: { recent: [20_365, 20_743], before: [20_000, 20_364] },
      },
    ),
    contacts: [
      contact('attended', 'face_to_face', 1153),
      contact('attended', 'email', 2),
      contact('did_not_attend', null, 1171),
      contact('cancelled_by_patient', null, 1),
    ],
  }
}
