import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type {
  PairCategoryRow,
  PairComparedRow,
  PairHelpWantedRow,
  PairNationalRow,
  PairOwnRow,
  PairTalkingTherapiesRow,
  RiskTransitionRow,
  ScoresSideBySideRow,
} from '../mart-types.ts'

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

/** Whether more help was wanted with each DIALOG domain, at the first and the last form. */
export function readHelpWanted(kysely: Kysely<Database>): Promise<PairHelpWantedRow[]> {
  return kysely
    .selectFrom('pairs_help_wanted')
    .selectAll()
    .orderBy('service_code')
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

/** People whom either rule counts with two scores, and why one of them alone does. */
export function readComparedPairs(kysely: Kysely<Database>): Promise<PairComparedRow[]> {
  return kysely
    .selectFrom('pairs_compared')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('scale_id')
    .orderBy('person_key')
    .execute()
}

/** First and last PHQ-9 and GAD-7 of each episode, as NHS Talking Therapies pairs them. */
export function readTalkingTherapies(kysely: Kysely<Database>): Promise<PairTalkingTherapiesRow[]> {
  return kysely
    .selectFrom('pairs_talking_therapies')
    .selectAll()
    .orderBy('service_code')
    .orderBy('episode_id')
    .execute()
}

/** ITQs with a PCL-5 beside them. */
export function readSideBySide(kysely: Kysely<Database>): Promise<ScoresSideBySideRow[]> {
  return kysely.selectFrom('scores_side_by_side').selectAll().orderBy('service_code').orderBy('assessment_id').execute()
}

/** First and last rating of risk of each episode that could have been rated. */
export function readRiskTransitions(kysely: Kysely<Database>): Promise<RiskTransitionRow[]> {
  return kysely.selectFrom('risk_transitions').selectAll().orderBy('service_code').orderBy('episode_id').execute()
}

/** Services whose exports say when a goal was set. */
export async function readServicesWithGoalsSet(kysely: Kysely<Database>): Promise<string[]> {
  const rows = await kysely
    .selectFrom('assessment_record')
    .select('service_code')
    .where('goals_set', 'is not', null)
    .groupBy('service_code')
    .orderBy('service_code')
    .execute()
  return rows.map((it) => it.service_code)
}
