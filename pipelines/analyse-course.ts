import type { OutcomeAnalysis, ServiceName } from '../reports/analysis.ts'
import type { AttendanceAnalysis, CourseAnalysis } from '../reports/analysis-course.ts'
import { headlineOutcomes } from '../reports/parts/headline-scales.ts'
import { type AttendedEpisode, attendanceSummary } from '../src/change/attendance.ts'
import { followUpSummaries } from '../src/change/follow-up-states.ts'
import { type Characteristic, imputedChange, missingDifferences, tippingPoints } from '../src/change/missing-scores.ts'
import { type PlacedScore, timeCourse } from '../src/change/time-course.ts'
import { addMonths, dateOfDay, dayNumber } from '../src/domain/iso-date.ts'
import { createRandom } from '../src/stats/random.ts'
import type { OutcomeTimepointRow, PairOwnRow } from '../src/store/mart-types.ts'
import type { Project } from './project.ts'
import { projectScale } from './project-thresholds.ts'
import { type Marts, scaleKey } from './read-marts.ts'

/** Scales that are looked at closely, of those that lead. */
const MOST_SCALES = 3
const IMPUTATIONS = 20

/** The leading scales of a service through all their time points. */
export function analyseCourses(
  service: ServiceName,
  outcomes: readonly OutcomeAnalysis[],
  marts: Marts,
  project: Pick<Project, 'measures'>,
): CourseAnalysis[] {
  return headlineOutcomes(outcomes)
    .slice(0, MOST_SCALES)
    .flatMap((outcome) => courseOf(service, outcome, marts, project))
}

function courseOf(
  { code: service_code }: ServiceName,
  { measure_id, measure_name, scale_id, scale_label }: OutcomeAnalysis,
  marts: Marts,
  { measures }: Pick<Project, 'measures'>,
): CourseAnalysis[] {
  const scale = projectScale(measures, measure_id, scale_id)
  if (scale === null) return []
  const key = scaleKey({ service_code, measure_id, scale_id })
  const pairs = marts.own.get(key) ?? []
  const timepoints = marts.timepoints.get(key) ?? []
  const count = (timepoint: OutcomeTimepointRow['timepoint']) =>
    timepoints.filter((it) => it.timepoint === timepoint).length
  return [
    {
      ...{ measure_id, measure_name, scale_id, scale_label },
      flow: marts.flow.get(key) ?? [],
      follow_ups: followUpSummaries(marts.follow_ups.get(key) ?? [], scale),
      n_out_of_window: count('out_of_window'),
      n_spare: count('spare'),
      differences: missingDifferences(characteristics(pairs, marts)),
      tipping: tippingPoints(pairs, scale),
      imputed: imputedChange(pairs, scale, {
        method: 'normal',
        n_imputations: IMPUTATIONS,
        random: createRandom(`impute ${key}`),
      }),
      imputed_matched: imputedChange(pairs, scale, {
        method: 'matched',
        n_imputations: IMPUTATIONS,
        random: createRandom(`match ${key}`),
      }),
      time_course: timeCourse(timepoints.flatMap(placedScore), scale.better),
    },
  ]
}

function placedScore(row: OutcomeTimepointRow): PlacedScore[] {
  const { episode_id, timepoint, follow_up_months, days_from_entry, score } = row
  if (days_from_entry === null) return []
  if (timepoint !== 'entry' && timepoint !== 'review' && timepoint !== 'end' && timepoint !== 'follow_up') return []
  return [{ episode_id, timepoint, follow_up_months, days_from_entry, score }]
}

/** What is known of people at the start. A share has 1 where the thing is so, 0 where it is not, null where it is not known. */
function characteristics(pairs: readonly PairOwnRow[], marts: Marts): Characteristic[] {
  const episodes = new Map(marts.episodes.map((it) => [it.episode_id, it]))
  const persons = new Map(marts.persons.map((it) => [it.person_key, it]))
  const of = (
    characteristic: string,
    kind: Characteristic['kind'],
    value: (pair: PairOwnRow) => number | null,
  ): Characteristic => ({
    characteristic,
    kind,
    values: pairs.map((pair) => ({ has_last: pair.post_score !== null, value: value(pair) })),
  })
  const person = (pair: PairOwnRow) => persons.get(pair.person_key)
  return [
    of('First score', 'mean', (pair) => pair.pre_score),
    of('Age at the start, years', 'mean', (pair) => episodes.get(pair.episode_id)?.age_at_start ?? null),
    of('Women', 'share', (pair) => stated(person(pair)?.gender, ['not stated'], (it) => it === 'female')),
    of('Ethnic group other than White', 'share', (pair) =>
      stated(person(pair)?.ethnic_category, ['Z', '99'], (it) => !['A', 'B', 'C'].includes(it)),
    ),
    of('Neurodivergent, or queried', 'share', (pair) =>
      stated(person(pair)?.neurodiversity, ['unknown'], (it) => it !== 'no'),
    ),
  ].filter((it) => it.values.some(({ value }) => value !== null))
}

function stated(
  word: string | null | undefined,
  unknown: readonly string[],
  isSo: (word: string) => boolean,
): number | null {
  if (word === null || word === undefined || unknown.includes(word)) return null
  return isSo(word) ? 1 : 0
}

/** How episodes ended and what was attended, beside the change on the leading scale; null where no scale leads. */
export function analyseAttendance(
  service: ServiceName,
  outcomes: readonly OutcomeAnalysis[],
  marts: Marts,
  project: Pick<Project, 'measures' | 'services'>,
  dataEndDay: number,
): AttendanceAnalysis | null {
  const [main] = headlineOutcomes(outcomes)
  if (main === undefined) return null
  const { measure_id, scale_id, measure_name, scale_label } = main
  const scale = projectScale(project.measures, measure_id, scale_id)
  if (scale === null) return null
  const key = scaleKey({ service_code: service.code, measure_id, scale_id })
  const pairs = new Map((marts.own.get(key) ?? []).map((it) => [it.episode_id, it]))
  const settings = project.services.find((it) => it.code === service.code)
  const contacts = marts.contacts.filter((it) => it.service_code === service.code && it.attendance !== 'indirect')
  return {
    ...{ measure_name, scale_id, scale_label },
    summary: attendanceSummary(
      marts.episodes
        .filter((it) => it.service_code === service.code)
        .map((it): AttendedEpisode => ({ ...it, pair: pairOf(pairs.get(it.episode_id)) })),
      {
        better: scale.better,
        has_contacts: contacts.length > 0,
        planned_sessions: settings?.planned_sessions ?? null,
        dropped_out: settings?.dropped_out ?? [],
        completed: settings?.completed ?? [],
        periods: periods(dataEndDay, settings?.drop_out_since),
      },
    ),
    contacts: contacts.map(({ attendance, mode, staff_role, n_contacts, n_with_minutes, total_minutes }) => ({
      ...{ attendance, mode, staff_role, n_contacts, n_with_minutes },
      total_minutes: total_minutes ?? 0,
    })),
  }
}

function pairOf(row: PairOwnRow | undefined): AttendedEpisode['pair'] {
  if (row === undefined || row.post_score === null) return null
  return { pre_score: row.pre_score, post_score: row.post_score }
}

/** The last twelve months, or from the day the project names, and as long a stretch before. */
function periods(dataEndDay: number, since: string | undefined) {
  const yearAgo = (months: number) => dayNumber(addMonths(dateOfDay(dataEndDay), -months)) + 1
  if (since === undefined) {
    return { recent: [yearAgo(12), dataEndDay], before: [yearAgo(24), yearAgo(12) - 1] } as const
  }
  const first = dayNumber(since as Parameters<typeof dayNumber>[0])
  if (first > dataEndDay) return null
  return { recent: [first, dataEndDay], before: [first - (dataEndDay - first + 1), first - 1] } as const
}
