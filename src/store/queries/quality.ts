import { type Kysely, sql } from 'kysely'
import type { Database, TeamCodingRow } from '../database.ts'
import type { DqCompletenessRow } from '../mart-types.ts'

/**
 * What became of a group's questionnaires. A questionnaire is scored when any of its scales is; else it has too many
 * answers missing when any scale says so; else it is under `n_other` (an answer out of range, undecided).
 * n_assessments = n_scored + n_too_many_missing + n_other.
 */
export interface AssessmentCount {
  n_assessments: number
  n_scored: number
  n_too_many_missing: number
  n_other: number
  /** Those that some episode of the person takes. */
  n_placed: number
  first_date: string
  last_date: string
}

export interface MeasureAssessmentCount extends AssessmentCount {
  service_code: string
  measure_id: string
}

export interface TeamAssessmentCount extends MeasureAssessmentCount {
  /** null: the team was not recorded. */
  team: string | null
}

export interface MonthAssessmentCount extends MeasureAssessmentCount {
  /** YYYY-MM. */
  month: string
}

/** How far people's records could be joined across files. */
export interface LinkageCount {
  n_people: number
  n_people_with_nhs_number: number
  n_local_ids: number
  n_local_ids_linked: number
  /** Local identifiers that came with two NHS numbers, and so were joined to neither. */
  n_local_ids_in_conflict: number
}

export interface UnmappedCodeCount {
  service_code: string | null
  /** The code as it came; null where the cell was blank. */
  source_code: string | null
  n_events: number
}

export function readMeasureCounts(kysely: Kysely<Database>): Promise<MeasureAssessmentCount[]> {
  return assessments(kysely)
    .select(['service_code', 'measure_id', ...counts])
    .groupBy(['service_code', 'measure_id'])
    .orderBy('service_code')
    .orderBy('measure_id')
    .execute()
}

export function readTeamCounts(kysely: Kysely<Database>): Promise<TeamAssessmentCount[]> {
  return assessments(kysely)
    .select(['service_code', 'team', 'measure_id', ...counts])
    .groupBy(['service_code', 'team', 'measure_id'])
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('team', (order) => order.asc().nullsLast())
    .execute()
}

export function readMonthCounts(kysely: Kysely<Database>): Promise<MonthAssessmentCount[]> {
  return assessments(kysely)
    .select(['service_code', 'measure_id', 'month', ...counts])
    .groupBy(['service_code', 'measure_id', 'month'])
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('month')
    .execute()
}

export async function readLinkage(kysely: Kysely<Database>): Promise<LinkageCount> {
  const { rows } = await sql<LinkageCount>`
    select
      (select count(*) from persons) as n_people,
      (
        select count(*) from persons join identity on identity.identity_key = persons.person_key
        where identity.kind = 'nhs_number'
      ) as n_people_with_nhs_number,
      (select count(*) from identity where kind = 'local_id') as n_local_ids,
      (
        select count(*) from int_identities_linked where person_key <> identity_key
      ) as n_local_ids_linked,
      (select count(*) from int_identity_conflicts) as n_local_ids_in_conflict`.execute(kysely)
  return rows[0] as LinkageCount
}

/** Codes of service use that no profile maps: counted and shown, never lost. */
export function readUnmappedCodes(kysely: Kysely<Database>): Promise<UnmappedCodeCount[]> {
  return kysely
    .selectFrom('service_event')
    .innerJoin('import_file', 'import_file.file_id', 'service_event.file_id')
    .select(({ fn }) => ['import_file.service_code', 'source_code', fn.countAll<number>().as('n_events')])
    .where('event_type', '=', 'unmapped')
    .where('import_file.superseded_by', 'is', null)
    .groupBy(['import_file.service_code', 'source_code'])
    .orderBy('n_events', 'desc')
    .orderBy('source_code', (order) => order.asc().nullsLast())
    .execute()
}

export function readCompleteness(kysely: Kysely<Database>): Promise<DqCompletenessRow[]> {
  return kysely
    .selectFrom('dq_completeness')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('start_month')
    .orderBy('team', (order) => order.asc().nullsLast())
    .execute()
}

/** Every measure in use in a service, with its first day there, also one without a score. */
export function readMeasureStarts(kysely: Kysely<Database>): Promise<Database['int_measures_started'][]> {
  return kysely.selectFrom('int_measures_started').selectAll().orderBy('service_code').orderBy('measure_id').execute()
}

/** How each team uses the ends of a scale, the largest first. */
export function readTeamCodings(kysely: Kysely<Database>): Promise<TeamCodingRow[]> {
  return kysely
    .selectFrom('dq_team_codings')
    .selectAll()
    .orderBy('service_code')
    .orderBy('measure_id')
    .orderBy('team', (order) => order.asc().nullsLast())
    .orderBy('came_as')
    .execute()
}

/** Forms whose answers came, alike in which answers they lack. items: as stored. */
export interface AnsweredForms {
  service_code: string
  measure_id: string
  /** Null for all forms that lack no answer. */
  items: string | null
  n_forms: number
}

export async function readAnsweredForms(kysely: Kysely<Database>): Promise<AnsweredForms[]> {
  const { rows } = await sql<AnsweredForms>`
    select service_code, measure_id, items, count(*) as n_forms
    from (
      select
        service_code,
        measure_id,
        case when (',' || items || ',') like '%,,%' then items end as items
      from stg_assessments_dated
      where items is not null
    ) as answered
    group by service_code, measure_id, items
    order by service_code, measure_id, items`.execute(kysely)
  return rows
}

const counts = [
  sql<number>`count(*)`.as('n_assessments'),
  sql<number>`sum(is_scored)`.as('n_scored'),
  sql<number>`sum(case when is_scored = 0 and is_short = 1 then 1 else 0 end)`.as('n_too_many_missing'),
  sql<number>`sum(case when is_scored = 0 and is_short = 0 then 1 else 0 end)`.as('n_other'),
  sql<number>`sum(is_placed)`.as('n_placed'),
  sql<string>`min(assessed_date)`.as('first_date'),
  sql<string>`max(assessed_date)`.as('last_date'),
] as const

/** One row per questionnaire: its scales' rows brought together. */
function assessments(kysely: Kysely<Database>) {
  return kysely.selectFrom(
    kysely
      .selectFrom('int_scores_placed')
      .select([
        'assessment_id',
        'service_code',
        'team',
        'measure_id',
        'assessed_date',
        sql<string>`substr(assessed_date, 1, 7)`.as('month'),
        sql<number>`max(case when score_status = 'scored' then 1 else 0 end)`.as('is_scored'),
        sql<number>`max(case when score_status = 'too_many_missing' then 1 else 0 end)`.as('is_short'),
        sql<number>`max(case when episode_id is null then 0 else 1 end)`.as('is_placed'),
      ])
      .groupBy(['assessment_id', 'service_code', 'team', 'measure_id', 'assessed_date'])
      .as('assessment'),
  )
}
