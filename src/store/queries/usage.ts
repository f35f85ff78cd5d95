import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type {
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
