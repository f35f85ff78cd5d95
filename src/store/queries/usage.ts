import type { Database as SqliteDatabase } from 'better-sqlite3'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { UsageMonthRow, UsagePersonRow, UsageWindowRow, UtilityScoreRow } from '../mart-types.ts'

/** Days observed before and after joining, for every person with an index day in the service. */
export function readUsageWindows(kysely: Kysely<Database>, serviceCode: string): Promise<UsageWindowRow[]> {
  return kysely
    .selectFrom('usage_windows')
    .selectAll()
    .where('service_code', '=', serviceCode)
    .orderBy('person_key')
    .execute()
}

/** Events and bed days before and after joining, by person and event type; only types that were supplied. */
export function readUsagePerson(kysely: Kysely<Database>, serviceCode: string): Promise<UsagePersonRow[]> {
  return kysely
    .selectFrom('usage_person')
    .selectAll()
    .where('service_code', '=', serviceCode)
    .orderBy('event_type')
    .orderBy('person_key')
    .execute()
}

export function readUsageMonths(kysely: Kysely<Database>, serviceCode: string): Promise<UsageMonthRow[]> {
  return kysely
    .selectFrom('usage_months')
    .selectAll()
    .where('service_code', '=', serviceCode)
    .orderBy('event_type')
    .orderBy('month_offset')
    .execute()
}

/** One person’s two windows, of one event type. */
export interface PersonUseRead {
  readonly person_key: number
  readonly days_before: number
  readonly days_after: number
  readonly events_before: number
  readonly events_after: number
}

export interface UseAroundJoiningRead {
  readonly event_types: readonly string[]
  /** In order of person_key; nobody where there is nothing. */
  without(excludedMonths: number, eventType: string): Iterable<PersonUseRead>
  earlier(eventType: string): Iterable<PersonUseRead>
}

/**
 * Events before and after joining by event type: before without the last months, and the window before it in the place of before. Read
 * into arrays, since there are four rows a person and type.
 */
export function readUseAroundJoining(sqlite: SqliteDatabase, serviceCode: string): UseAroundJoiningRead {
  const excluded = readWindows(sqlite, EXCLUDED_MONTHS, serviceCode)
  const earlier = readWindows(sqlite, EARLIER_YEAR, serviceCode)
  return {
    event_types: [...new Set([...excluded.parts.values()].map((it) => it.event_type))],
    without: (months, type) => peopleIn(excluded, `${type} ${months}`),
    earlier: (type) => peopleIn(earlier, `${type} 0`),
  }
}

const EXCLUDED_MONTHS = `
  select event_type, excluded_months, person_key, days_before, days_after, events_before, events_after
  from usage_excluded_months
  where service_code = ?
  order by event_type, excluded_months, person_key`

const EARLIER_YEAR = `
  select event_type, 0, person_key, days_earlier, days_after, events_earlier, events_after
  from usage_earlier_year
  where service_code = ?
  order by event_type, person_key`

interface WindowsRead {
  /** By event type and months left out: rows [from, to). */
  readonly parts: ReadonlyMap<string, { readonly event_type: string; readonly from: number; readonly to: number }>
  /** person_key, days_before, days_after, events_before, events_after of one row after another. */
  readonly numbers: Int32Array
}

const COLUMNS = 5

function readWindows(sqlite: SqliteDatabase, query: string, serviceCode: string): WindowsRead {
  const n = sqlite.prepare(`select count(*) from (${query})`).pluck().get(serviceCode) as number
  const numbers = new Int32Array(n * COLUMNS)
  const parts = new Map<string, { event_type: string; from: number; to: number }>()
  let part = { event_type: '', from: 0, to: 0 }
  let months: number | null = null
  let at = 0
  for (const row of sqlite.prepare<[string], [string, ...number[]]>(query).raw().iterate(serviceCode)) {
    if (row[0] !== part.event_type || row[1] !== months) {
      part = { event_type: row[0], from: at, to: at }
      months = row[1] as number
      parts.set(`${row[0]} ${row[1]}`, part)
    }
    for (let column = 0; column < COLUMNS; column++) numbers[at * COLUMNS + column] = row[column + 2] as number
    part.to = ++at
  }
  return { parts, numbers }
}

function* peopleIn({ parts, numbers }: WindowsRead, key: string): Iterable<PersonUseRead> {
  const { from, to } = parts.get(key) ?? { from: 0, to: 0 }
  for (let at = from * COLUMNS; at < to * COLUMNS; at += COLUMNS) {
    yield {
      person_key: numbers[at] as number,
      days_before: numbers[at + 1] as number,
      days_after: numbers[at + 2] as number,
      events_before: numbers[at + 3] as number,
      events_after: numbers[at + 4] as number,
    }
  }
}

/** Events inside the windows that are not counted because another tells of the same, by type and the type that stays. */
export function readUsageMerged(kysely: Kysely<Database>, serviceCode: string) {
  const isBefore = sql<number>`case when int_events_merged.start_day < usage_windows.index_day then 1 else 0 end`
  const who = (side: 0 | 1) =>
    sql<number>`count(distinct case when ${isBefore} = ${side} then usage_windows.person_key end)`
  return kysely
    .selectFrom('usage_windows')
    .innerJoin('int_events_merged', (join) =>
      join
        .onRef('int_events_merged.person_key', '=', 'usage_windows.person_key')
        .onRef('int_events_merged.service_code', '=', 'usage_windows.service_code')
        .onRef('int_events_merged.start_day', '>=', 'usage_windows.before_start_day')
        .onRef('int_events_merged.start_day', '<', 'usage_windows.after_end_day'),
    )
    .select([
      'int_events_merged.event_type',
      'int_events_merged.kept_type',
      sql<number>`sum(${isBefore})`.as('events_before'),
      sql<number>`sum(1 - ${isBefore})`.as('events_after'),
      who(1).as('n_people_before'),
      who(0).as('n_people_after'),
    ])
    .where('usage_windows.service_code', '=', serviceCode)
    .groupBy(['int_events_merged.event_type', 'int_events_merged.kept_type'])
    .orderBy('int_events_merged.event_type')
    .orderBy('int_events_merged.kept_type')
    .execute()
}

/** Utilities measured around and after joining, in order of day. */
export function readUtilityScores(kysely: Kysely<Database>, serviceCode: string): Promise<UtilityScoreRow[]> {
  return kysely
    .selectFrom('utility_scores')
    .selectAll()
    .where('service_code', '=', serviceCode)
    .orderBy('person_key')
    .orderBy('days_from_index')
    .execute()
}
