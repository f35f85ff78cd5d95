import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/** Every index event of the people of a service, with what may end their time. */
export function readIndexDays(kysely: Kysely<Database>, serviceCode: string) {
  return kysely
    .selectFrom('index_choices')
    .innerJoin('persons', 'persons.person_key', 'index_choices.person_key')
    .select(['index_choices.person_key', 'index_event', 'index_day', 'death_day', 'moved_day'])
    .where('service_code', '=', serviceCode)
    .orderBy('index_event')
    .orderBy('index_choices.person_key')
    .execute()
}

/** First day of recording, null where nothing says, and the last day of the data. */
export function readDataDays(kysely: Kysely<Database>) {
  return kysely.selectFrom('settings').select(['data_start_day', 'data_end_day']).executeTakeFirstOrThrow()
}

/** What was counted by month from joining, of people up to a number. */
export function readUseByMonth(kysely: Kysely<Database>, serviceCode: string, lastPersonKey: number) {
  return kysely
    .selectFrom('int_use_by_month')
    .select(['person_key', 'month_offset', 'event_type', 'events'])
    .where('service_code', '=', serviceCode)
    .where('person_key', '<=', lastPersonKey)
    .where('events', '>', 0)
    .orderBy('person_key')
    .orderBy('month_offset')
    .orderBy('event_type')
    .execute()
}

/** Unbroken runs of days in hospital of everyone. */
export function readStayDays(kysely: Kysely<Database>): Promise<Database['int_stays_merged'][]> {
  return kysely.selectFrom('int_stays_merged').selectAll().orderBy('person_key').orderBy('start_day').execute()
}

export interface UseDaysRead {
  readonly person_keys: Int32Array
  readonly start_days: Int32Array
  readonly types: Uint8Array
  readonly event_types: readonly string[]
  readonly is_merged: Uint8Array
}

/** Uses of the given types that count for a service, or would but for another that tells of the same; by person, in arrays: there may be millions. */
export function readUseDays(sqlite: SqliteDatabase, serviceCode: string, eventTypes: readonly string[]): UseDaysRead {
  const parameters = { service: serviceCode, types: JSON.stringify(eventTypes) }
  const n = sqlite.prepare(`select count(*) from (${USES})`).pluck().get(parameters) as number
  const read = { person_keys: new Int32Array(n), start_days: new Int32Array(n), types: new Uint8Array(n) }
  const is_merged = new Uint8Array(n)
  const rows = sqlite.prepare<unknown[], [number, number, number, number]>(`${USES} order by 1, 2, 3`).raw()
  let at = 0
  for (const [person, day, type, merged] of rows.iterate(parameters)) {
    read.person_keys[at] = person
    read.start_days[at] = day
    read.types[at] = type
    is_merged[at++] = merged
  }
  return { ...read, event_types: eventTypes, is_merged }
}

const USES = `
  select
    int_events_resolved.person_key,
    int_events_resolved.start_day,
    wanted.key as type,
    case when int_events_merged.event_id is null then 0 else 1 end as is_merged
  from int_events_resolved
  join json_each(@types) as wanted
    on wanted.value = int_events_resolved.event_type
  left join int_events_merged
    on int_events_merged.event_id = int_events_resolved.event_id
    and int_events_merged.service_code = @service
  union all
  select int_contact_uses.person_key, int_contact_uses.start_day, wanted.key, 0
  from int_contact_uses
  join json_each(@types) as wanted
    on wanted.value = int_contact_uses.event_type
  where int_contact_uses.service_code = @service`
