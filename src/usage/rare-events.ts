import { gChart, type RareEventChart, tChart } from '../stats/rare-event-charts.ts'

/** People’s days: [from_day, to_day). */
export interface FollowedDays {
  readonly from_day: number
  readonly to_day: number
}

export interface RareEventDay {
  readonly event_day: number
  readonly person_key: number
}

/** Months in which anybody was followed, in order. */
export interface FollowedMonth {
  readonly events: number
  readonly n_people: number
}

export interface RareEvents {
  readonly n_events: number
  /** People who had them. */
  readonly n_users: number
  readonly n_months: number
  readonly n_months_without: number
  /** Of each event but the first, in order. */
  readonly event_days: readonly number[]
  /** t: days between; g: whole months of people followed between, because the number followed has changed. */
  readonly chart: RareEventChart
  /** From the last event to the end of the time followed, in the chart’s own unit. */
  readonly since_last: number
}

/** More of the months than this without an event make a chart of months say nothing. */
export const MOST_MONTHS_WITHOUT = 0.5
/** People followed in the last third of the months over those in the first, or the other way round. */
const SAME_CASELOAD = 1.5
const DAYS_A_MONTH = 365.25 / 12

/**
 * A chart of the times between events; null where events are common enough for a chart of months, or there are fewer than two. `events` in
 * order of day. Between two events lie days (t chart) as long as about as many people are followed throughout; else the months that
 * people were followed, added up (g chart), so that more people alone do not look like more events.
 */
export function rareEvents(
  events: readonly RareEventDay[],
  months: readonly FollowedMonth[],
  followed: readonly FollowedDays[],
): RareEvents | null {
  const n_months_without = months.filter((it) => it.events === 0).length
  if (events.length < 2 || n_months_without <= MOST_MONTHS_WITHOUT * months.length) return null
  const days = events.map((it) => it.event_day)
  const isSame = isSameCaseload(months)
  const end = followed.reduce((last, it) => Math.max(last, it.to_day), Number.NEGATIVE_INFINITY)
  const between = (from: number, to: number) => (isSame ? to - from : personMonths(followed, from, to))
  const gaps = days.slice(1).map((day, at) => between(days[at] as number, day))
  return {
    n_events: events.length,
    n_users: new Set(events.map((it) => it.person_key)).size,
    n_months: months.length,
    n_months_without,
    event_days: days.slice(1),
    chart: isSame ? tChart(gaps) : gChart(gaps),
    since_last: between(days.at(-1) as number, end),
  }
}

function isSameCaseload(months: readonly FollowedMonth[]): boolean {
  const third = Math.ceil(months.length / 3)
  const people = (part: readonly FollowedMonth[]) => part.reduce((total, it) => total + it.n_people, 0)
  const ratio = people(months.slice(-third)) / people(months.slice(0, third))
  return ratio <= SAME_CASELOAD && ratio >= 1 / SAME_CASELOAD
}

/** Whole months of everybody followed on the days [from, to). */
function personMonths(followed: readonly FollowedDays[], from: number, to: number): number {
  const days = followed.reduce(
    (total, it) => total + Math.max(0, Math.min(it.to_day, to) - Math.max(it.from_day, from)),
    0,
  )
  return Math.round(days / DAYS_A_MONTH)
}
