import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { PairCategoryRow, PairNationalRow, PairOwnRow } from '../mart-types.ts'

/** First and last scores of each episode by this project's own rule, in the order of episodes. */
export function readOwnPairs(kysely: Kysely<Database>): Promise<PairOwnRow[]> {
  return kysely
    .selectFrom('pairs_own')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('episode_id')
    .execute()
}

/** First and last answers that are categories (ITQ diagnosis). */
export function readCategoryPairs(kysely: Kysely<Database>): Promise<PairCategoryRow[]> {
  return kysely
    .selectFrom('pairs_category')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('episode_id')
    .execute()
}

/** First and last scores of each referral by NHS England's published rule, counted or not. */
export function readNationalPairs(kysely: Kysely<Database>): Promise<PairNationalRow[]> {
  return kysely
    .selectFrom('pairs_national')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('referral_record_id')
    .execute()
}
