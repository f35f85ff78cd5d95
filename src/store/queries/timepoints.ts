import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { FollowUpRow, OutcomeFlowRow, OutcomeTimepointRow } from '../mart-types.ts'

/** Every score of the given scales with its time point, in the order of episodes and days. */
export function readTimepoints(kysely: Kysely<Database>, scaleIds: readonly string[]): Promise<OutcomeTimepointRow[]> {
  return kysely
    .selectFrom('outcome_timepoints')
    .selectAll()
    .where('scale_id', 'in', [...scaleIds])
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('episode_id')
    .orderBy('assessed_day')
    .orderBy('assessment_id')
    .execute()
}

/** What is known at each follow-up of every episode that ended, for the given scales. */
export function readFollowUps(kysely: Kysely<Database>, scaleIds: readonly string[]): Promise<FollowUpRow[]> {
  return kysely
    .selectFrom('follow_ups')
    .selectAll()
    .where('scale_id', 'in', [...scaleIds])
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('follow_up_months')
    .orderBy('episode_id')
    .execute()
}

/** How many episodes reached each stage, by team. */
export function readOutcomeFlow(kysely: Kysely<Database>): Promise<OutcomeFlowRow[]> {
  return kysely
    .selectFrom('outcome_flow')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('team', (order) => order.asc().nullsLast())
    .execute()
}
