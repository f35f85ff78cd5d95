import type { Kysely } from 'kysely'
import type { Database, EventFollowedRow } from '../database.ts'
import type { ContactMonthRow, ServiceMonthRow, UseMonthRow } from '../mart-types.ts'

/** Use of other services by people who had joined, by calendar month. */
export function readUseMonths(kysely: Kysely<Database>): Promise<UseMonthRow[]> {
  return kysely
    .selectFrom('use_months')
    .selectAll()
    .orderBy('service_code')
    .orderBy('event_type')
    .orderBy('month')
    .execute()
}

/** Contacts kept and missed, by calendar month. */
export function readContactMonths(kysely: Kysely<Database>): Promise<ContactMonthRow[]> {
  return kysely.selectFrom('contact_months').selectAll().orderBy('service_code').orderBy('month').execute()
}

/** Who came and what happened, by calendar month. */
export function readServiceMonths(kysely: Kysely<Database>): Promise<ServiceMonthRow[]> {
  return kysely.selectFrom('service_months').selectAll().orderBy('service_code').orderBy('first_day').execute()
}

/** Every use of another service by people who had joined, in order of day. */
export function readEventsFollowed(kysely: Kysely<Database>): Promise<EventFollowedRow[]> {
  return kysely
    .selectFrom('int_events_followed')
    .selectAll()
    .orderBy('service_code')
    .orderBy('event_type')
    .orderBy('event_day')
    .orderBy('event_id')
    .execute()
}

/** The days from joining on which people’s use of other services could be seen. */
export function readPeopleFollowed(kysely: Kysely<Database>): Promise<Database['int_people_followed'][]> {
  return kysely.selectFrom('int_people_followed').selectAll().orderBy('service_code').orderBy('person_key').execute()
}
