import type { ServiceName } from '../reports/analysis.ts'
import type { RareUse, ServiceOverTime } from '../reports/over-time.ts'
import type { IsoDate } from '../src/domain/iso-date.ts'
import { improvement } from '../src/measures/improvement.ts'
import { groupedSums } from '../src/stats/grouped-sums.ts'
import type { PairOwnRow } from '../src/store/mart-types.ts'
import { EVENT_GROUPS } from '../src/usage/event-groups.ts'
import { EVENT_TYPES } from '../src/usage/event-types.ts'
import { rareEvents } from '../src/usage/rare-events.ts'
import { ofService } from './analyse-quality.ts'
import type { Project } from './project.ts'
import { type ProjectThresholds, projectScale } from './project-thresholds.ts'
import type { Marts } from './read-marts.ts'

/** What happened by month. Sums over episodes are made here, after a minimum of contacts has left some out; all others in SQL. */
export function analyseOverTime(
  service: ServiceName,
  marts: Marts,
  project: Pick<Project, 'measures' | 'changes' | 'targets'>,
): ServiceOverTime {
  const own = ofService(service, marts)
  const isOwn = (it: { service?: string | undefined }) => it.service === undefined || it.service === service.code
  return {
    starts: groupedSums(
      own(marts.episodes).map((it) => ({ month: firstOfMonth(it.start_date), n: 1 })),
      ['month'],
      'n',
    ).sort(inOrder),
    improvements: improvementsByMonth(service, marts, project.measures),
    endings: endingsByMonth(service, marts),
    contacts: own(marts.contact_months).map(({ service_code: _, month, ...counts }) => ({
      month: `${month}-01`,
      ...counts,
    })),
    emergency: emergencyByMonth(service, marts),
    rare: RARE_TYPES.flatMap((type) => rareUse(service, type, marts)),
    changes: project.changes
      .filter(isOwn)
      .map(({ date, what, series, rebase }) => ({
        date: date as IsoDate,
        what,
        series: series ?? null,
        is_rebase: rebase,
      }))
      .sort((a, b) => (a.date < b.date ? -1 : 1)),
    targets: project.targets.filter(isOwn).map(({ series, value }) => ({ series, value })),
  }
}

function improvementsByMonth({ code }: ServiceName, { own }: Marts, thresholds: ProjectThresholds) {
  const rows = [...own.values()]
    .filter(([row]) => row?.service_code === code)
    .flatMap((pairs) => pairs.flatMap((row) => improvementOf(row, thresholds)))
  return sumsByMonth(rows, 'sum_improvement')
}

function improvementOf(row: PairOwnRow, thresholds: ProjectThresholds) {
  const { measure_id, scale_id, post_score, post_date } = row
  const scale = projectScale(thresholds, measure_id, scale_id)
  if (scale === null || post_score === null || post_date === null) return []
  const sum_improvement = improvement(scale.better, row.pre_score, post_score)
  return [{ measure_id, scale_id, month: firstOfMonth(post_date), n: 1, sum_improvement }]
}

/** By the month of ending: an episode that has only begun cannot have its second score yet. */
function endingsByMonth({ code }: ServiceName, { funnel_episodes, episodes }: Marts) {
  const ends = new Map(episodes.map((it) => [it.episode_id, it.end_date]))
  const rows = [...funnel_episodes.values()]
    .filter(([row]) => row?.service_code === code)
    .flatMap((eligible) =>
      eligible.flatMap(({ measure_id, scale_id, episode_id, has_pair }) => {
        const end = ends.get(episode_id) ?? null
        return end === null ? [] : [{ measure_id, scale_id, month: firstOfMonth(end), n: 1, n_two: has_pair }]
      }),
    )
  return sumsByMonth(rows, 'n_two')
}

const [EMERGENCY] = EVENT_GROUPS

/** People are counted once a month, and once a quarter, however many types they used. */
function emergencyByMonth(service: ServiceName, marts: Marts): ServiceOverTime['emergency'] {
  const types: readonly string[] = EMERGENCY.event_types
  const isOfTypes = (it: { event_type: string }) => types.includes(it.event_type)
  const own = ofService(service, marts)
  const months = own(marts.use_months).filter(isOfTypes)
  const days = new Map(months.map((it) => [`${it.month}-01`, it.person_days]))
  const users = new Map(own(marts.emergency_users).map((it) => [it.period, it.n_users]))
  return groupedSums(months, ['month'], 'events')
    .map(({ month, events }) => ({ month: `${month}-01`, events }))
    .sort(inOrder)
    .map(({ month, events }) => ({
      ...{ month, events },
      n_users: users.get(month) ?? 0,
      n_users_in_quarter: users.get(quarterOf(month)) ?? 0,
      person_days: days.get(month) ?? 0,
    }))
}

/** Emergencies and admissions: what is rare, and what each one of asks to be looked at. */
const RARE_TYPES = EVENT_TYPES.filter(({ id, is_stay }) => is_stay || EMERGENCY.event_types.some((type) => type === id))

function rareUse(service: ServiceName, { id, label }: (typeof EVENT_TYPES)[number], marts: Marts): RareUse[] {
  const own = ofService(service, marts)
  const isOfType = (it: { event_type: string }) => it.event_type === id
  const months = own(marts.use_months).filter(isOfType)
  if (months.length === 0) return []
  const found = rareEvents(own(marts.rare_events).filter(isOfType), months, own(marts.people_followed))
  return found === null ? [] : [{ event_type: id, label, ...found }]
}

interface ScaleMonth {
  readonly measure_id: string
  readonly scale_id: string
  readonly month: string
  readonly n: number
}

function sumsByMonth<Row extends ScaleMonth, Value extends keyof Row & string>(rows: readonly Row[], value: Value) {
  const key = ['measure_id', 'scale_id', 'month'] as const
  const sums = groupedSums(rows, key, value)
  return groupedSums(rows, key, 'n')
    .map((row, at) => ({ ...row, [value]: sums[at]?.[value] }) as Pick<Row, keyof ScaleMonth | Value>)
    .sort(inOrder)
}

function inOrder(a: { month: string }, b: { month: string }): number {
  return a.month < b.month ? -1 : a.month > b.month ? 1 : 0
}

/** `2025 Q2` of any day in it. */
function quarterOf(date: string): string {
  return `${date.slice(0, 4)} Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
}

function firstOfMonth(date: string): string {
  return `${date.slice(0, 7)}-01`
}
