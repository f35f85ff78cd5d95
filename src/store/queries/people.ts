import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { EpisodeProfileRow, EpisodeRow, IndexPersonRow, PersonArmRow, PersonRow } from '../mart-types.ts'

export function readPersons(kysely: Kysely<Database>): Promise<PersonRow[]> {
  return kysely.selectFrom('persons').selectAll().orderBy('person_key').execute()
}

export function readEpisodes(kysely: Kysely<Database>): Promise<EpisodeRow[]> {
  return kysely.selectFrom('episodes').selectAll().orderBy('service_code').orderBy('episode_id').execute()
}

export function readIndexPeople(kysely: Kysely<Database>): Promise<IndexPersonRow[]> {
  return kysely.selectFrom('index_people').selectAll().orderBy('service_code').orderBy('person_key').execute()
}

export function readPersonArms(kysely: Kysely<Database>): Promise<PersonArmRow[]> {
  return kysely.selectFrom('person_arms').selectAll().orderBy('service_code').orderBy('person_key').execute()
}

export function readEpisodeProfiles(kysely: Kysely<Database>): Promise<EpisodeProfileRow[]> {
  return kysely.selectFrom('episode_profiles').selectAll().orderBy('service_code').orderBy('episode_id').execute()
}
