import { type Kysely, sql } from 'kysely'
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

export interface UsersOfPeriodRow {
  readonly service_code: string
  /** First day of a calendar month, or a quarter: `2025 Q2`. */
  readonly period: string
  readonly n_users: number
}

/** People who had joined with any use of the given types, each counted once a month and once a quarter; periods of none are absent. */
export async function readUsersByPeriod(
  kysely: Kysely<Database>,
  eventTypes: readonly string[],
): Promise<UsersOfPeriodRow[]> {
  const { rows } = await sql<UsersOfPeriodRow>`
    with users as materialized (
      select distinct int_events_followed.service_code, int_events_followed.person_key, calendar_month.month
      from calendar_month
      join int_events_followed
        on int_events_followed.event_day >= calendar_month.first_day
        and int_events_followed.event_day < calendar_month.next_day
      where int_events_followed.event_type in (${sql.join(eventTypes)})
    ),
    quarters as (
      select
        service_code,
        person_key,
        substr(month, 1, 4) || ' Q' || ((cast(substr(month, 6, 2) as integer) + 2) / 3) as period
      from users
    )
    select service_code, month || '-01' as period, count(*) as n_users
    from users
    group by service_code, month
    union all
    select service_code, period, count(distinct person_key)
    from quarters
    group by service_code, period
    order by service_code, period`.execute(kysely)
  return rows
}

/** Uses, in order of day, of the types of which more than a share of the months followed had none: there may be millions of the others. */
export function readRareEvents(kysely: Kysely<Database>, shareWithout: number): Promise<EventFollowedRow[]> {
  const rare = kysely
    .selectFrom('use_months')
    .select(['service_code', 'event_type'])
    .groupBy(['service_code', 'event_type'])
    .having(sql<boolean>`sum(events = 0) > ${shareWithout} * count(*)`)
    .as('rare')
  return kysely
    .selectFrom('int_events_followed')
    .innerJoin(rare, (join) =>
      join
        .onRef('rare.service_code', '=', 'int_events_followed.service_code')
        .onRef('rare.event_type', '=', 'int_events_followed.event_type'),
    )
    .selectAll('int_events_followed')
    .orderBy('int_events_followed.service_code')
    .orderBy('int_events_followed.event_type')
    .orderBy('event_day')
    .orderBy('event_id')
    .execute()
}

/** The days from joining on which people’s use of other services could be seen. */
export function readPeopleFollowed(kysely: Kysely<Database>): Promise<Database['int_people_followed'][]> {
  return kysely.selectFrom('int_people_followed').selectAll().orderBy('service_code').orderBy('person_key').execute()
}
