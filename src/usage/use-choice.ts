import { addMonths, dateOfDay, dayNumber } from '../domain/iso-date.ts'
import type { IndexEvent } from './index-events.ts'

/** From what day, for how long, and of whom use is compared. */
export interface UseChoice {
  readonly index_event: IndexEvent
  readonly window_months: number
  /** People seen for fewer days on either side are left out; 0: nobody is for that. */
  readonly min_exposure_days: number
  /** Also count events that another tells of. */
  readonly counts_merged: boolean
}

/** One person and one index event that they have. Days are numbered; death and move null: none recorded. */
export interface IndexDay {
  readonly person_key: number
  readonly index_event: string
  readonly index_day: number
  readonly death_day: number | null
  readonly moved_day: number | null
}

/** Uses of other services on their first days, those of a person one after another, in order of person_key. */
export interface UseDays {
  readonly person_keys: Int32Array
  readonly start_days: Int32Array
  /** Place of the event type in `event_types`. */
  readonly types: Uint8Array
  readonly event_types: readonly string[]
  /** 1: another event tells of the same. */
  readonly is_merged: Uint8Array
}

/** Unbroken runs of days in hospital, [start_day, end_day), in order of person_key. */
export interface StayDays {
  readonly person_key: number
  readonly event_type: string
  readonly start_day: number
  readonly end_day: number
}

export interface UseData {
  readonly people: readonly IndexDay[]
  readonly uses: UseDays
  readonly stays: readonly StayDays[]
  /** First day of recording, null where nothing says; and the last day of the data. */
  readonly data_start_day: number | null
  readonly data_end_day: number
}

/** What one person's two windows hold, whatever the index event and the length. */
export interface PersonUse {
  readonly person_key: number
  readonly days_before: number
  readonly days_after: number
  events_before: number
  events_after: number
  bed_days_before: number
  bed_days_after: number
}

/**
 * Use before and after for everyone who has the index event of the choice, events of the given types added up: what the mart
 * `usage_person` holds for the choice that the project made, and what it would hold for any other.
 */
export function useUnder(choice: UseChoice, data: UseData, eventTypes: readonly string[]): PersonUse[] {
  const edges = monthEdges(choice.window_months)
  const own = data.people.filter((it) => it.index_event === choice.index_event)
  const rows = own.toSorted((a, b) => a.person_key - b.person_key)
  const windows = rows.map((it) => windowOf(it, edges(it.index_day), data))
  countEvents(windows, data.uses, eventTypes, choice.counts_merged)
  countBedDays(windows, data.stays, eventTypes)
  const fewest = choice.min_exposure_days
  return windows.map(({ use }) => use).filter((it) => fewest === 0 || Math.min(it.days_before, it.days_after) >= fewest)
}

interface Window {
  readonly from: number
  readonly index: number
  readonly to: number
  readonly use: PersonUse
}

function windowOf(person: IndexDay, [first, last]: readonly [number, number], data: UseData): Window {
  const index = person.index_day
  const from = Math.min(index, Math.max(first, data.data_start_day ?? first))
  const stop = Math.min(last, data.data_end_day + 1, person.death_day ?? last, person.moved_day ?? last)
  const to = Math.max(index, stop)
  const use = { person_key: person.person_key, days_before: index - from, days_after: to - index }
  return { from, index, to, use: { ...use, events_before: 0, events_after: 0, bed_days_before: 0, bed_days_after: 0 } }
}

function countEvents(windows: readonly Window[], uses: UseDays, eventTypes: readonly string[], countsMerged: boolean) {
  const isWanted = uses.event_types.map((it) => eventTypes.includes(it))
  let at = 0
  for (const { from, index, to, use } of windows) {
    while (at < uses.person_keys.length && (uses.person_keys[at] as number) < use.person_key) at++
    for (let nth = at; uses.person_keys[nth] === use.person_key; nth++) {
      const day = uses.start_days[nth] as number
      if (day < from || day >= to || isWanted[uses.types[nth] as number] !== true) continue
      if (uses.is_merged[nth] === 1 && !countsMerged) continue
      if (day < index) use.events_before++
      else use.events_after++
    }
  }
}

function countBedDays(windows: readonly Window[], stays: readonly StayDays[], eventTypes: readonly string[]) {
  const people = new Map(windows.map((it) => [it.use.person_key, it]))
  const days = (from: number, to: number) => Math.max(0, to - from)
  for (const stay of stays) {
    const window = people.get(stay.person_key)
    if (window === undefined || !eventTypes.includes(stay.event_type)) continue
    const { from, index, to, use } = window
    use.bed_days_before += days(Math.max(stay.start_day, from), Math.min(stay.end_day, index))
    use.bed_days_after += days(Math.max(stay.start_day, index), Math.min(stay.end_day, to))
  }
}

/** The days so many months before and after a day, each worked out once. */
function monthEdges(months: number): (day: number) => readonly [number, number] {
  const known = new Map<number, readonly [number, number]>()
  return (day) => {
    const found = known.get(day)
    if (found !== undefined) return found
    const date = dateOfDay(day)
    const edges = [dayNumber(addMonths(date, -months)), dayNumber(addMonths(date, months))] as const
    known.set(day, edges)
    return edges
  }
}
