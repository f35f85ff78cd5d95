import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type {
  FrequentAttendersRow,
  SecondaryCareExitRow,
  ServiceLeavingRow,
  TeamFlowRow,
  TeamMoveRow,
} from '../mart-types.ts'

export function readTeamMoves(kysely: Kysely<Database>): Promise<TeamMoveRow[]> {
  return kysely.selectFrom('team_moves').selectAll().orderBy('to_stay_id').execute()
}

export function readTeamFlow(kysely: Kysely<Database>): Promise<TeamFlowRow[]> {
  return kysely.selectFrom('team_flow').selectAll().orderBy('service_code').orderBy('team_key').execute()
}

export function readServiceLeavings(kysely: Kysely<Database>): Promise<ServiceLeavingRow[]> {
  return kysely
    .selectFrom('service_leavings')
    .selectAll()
    .orderBy('service_code')
    .orderBy('person_key')
    .orderBy('left_day')
    .execute()
}

export function readSecondaryCareExits(kysely: Kysely<Database>): Promise<SecondaryCareExitRow[]> {
  return kysely.selectFrom('secondary_care_exits').selectAll().orderBy('service_code').orderBy('person_key').execute()
}

export function readFrequentAttenders(kysely: Kysely<Database>): Promise<FrequentAttendersRow[]> {
  return kysely
    .selectFrom('frequent_attenders')
    .selectAll()
    .orderBy('service_code')
    .orderBy('rule_number')
    .orderBy('first_year')
    .execute()
}

/** People of a board or a service by how many of its services they were in: of all, and of the last 365 days. */
export interface ReachedCount {
  readonly icb_code: string
  readonly n_services: number
  readonly is_recent: 0 | 1
  readonly n_recent_services: number
  readonly n_people: number
}

export async function readReached(kysely: Kysely<Database>): Promise<ReachedCount[]> {
  const rows = await kysely
    .selectFrom('icb_people')
    .select([
      'icb_code',
      'n_services',
      'is_recent',
      'n_recent_services',
      ({ fn }) => fn.countAll<number>().as('n_people'),
    ])
    .groupBy(['icb_code', 'n_services', 'is_recent', 'n_recent_services'])
    .orderBy('icb_code')
    .orderBy('n_services')
    .orderBy('n_recent_services')
    .execute()
  return rows.map((it) => ({ ...it, n_people: Number(it.n_people) }))
}
