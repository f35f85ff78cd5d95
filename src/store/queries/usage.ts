import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type {
  UsageEarlierYearRow,
  UsageExcludedMonthsRow,
  UsageMonthRow,
  UsagePersonRow,
  UsageWindowRow,
  UtilityScoreRow,
} from '../mart-types.ts'

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

export function readUsageExcludedMonths(
  kysely: Kysely<Database>,
  serviceCode: string,
): Promise<UsageExcludedMonthsRow[]> {
  return kysely
    .selectFrom('usage_excluded_months')
    .selectAll()
    .where('service_code', '=', serviceCode)
    .orderBy('event_type')
    .orderBy('excluded_months')
    .orderBy('person_key')
    .execute()
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

/** Events in the window before the before window, where the data reach back so far. */
export function readUsageEarlierYear(kysely: Kysely<Database>, serviceCode: string): Promise<UsageEarlierYearRow[]> {
  return kysely
    .selectFrom('usage_earlier_year')
    .selectAll()
    .where('service_code', '=', serviceCode)
    .orderBy('event_type')
    .orderBy('person_key')
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
