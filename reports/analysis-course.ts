import type { AttendanceSummary } from '../src/change/attendance-result.ts'
import type {
  FlowStages,
  FollowUpSummary,
  ImputedChange,
  MissingDifference,
  TimeCourse,
  TippingPoints,
} from '../src/change/course-result.ts'

/** One scale through all its time points, and who is missing from them. */
export interface CourseAnalysis {
  readonly measure_id: string
  readonly measure_name: string
  readonly scale_id: string
  readonly scale_label: string
  /** By team, teams not recorded last. */
  readonly flow: readonly FlowStages[]
  readonly follow_ups: readonly FollowUpSummary[]
  /** Scores after the end near no follow-up point, and beside a nearer one. */
  readonly n_out_of_window: number
  readonly n_spare: number
  readonly differences: readonly MissingDifference[]
  readonly tipping: TippingPoints | null
  readonly imputed: ImputedChange
  /** The same by predictive mean matching: beside the other, to see whether the shape of the scores matters. */
  readonly imputed_matched: ImputedChange
  readonly time_course: TimeCourse
}

/** Sessions and endings of a service; change on its leading scale. */
export interface AttendanceAnalysis {
  readonly measure_name: string
  readonly scale_id: string
  readonly scale_label: string
  readonly summary: AttendanceSummary
  /** Contacts by what became of them and how they were held; indirect work is not among them. */
  readonly contacts: readonly {
    readonly attendance: string
    readonly mode: string | null
    readonly staff_role: string | null
    readonly n_contacts: number
    readonly n_with_minutes: number
    readonly total_minutes: number
  }[]
}
