import type { Yield } from './profile.ts'
import type { StoredRow } from './reading.ts'

const KINDS_WITHOUT_PERSON = new Set<Yield['kind']>([
  'aggregate',
  'code_list',
  'care_activity',
  'referral_team',
  'anonymous_score',
  'submission',
])

/** False for what has no person behind it, or only by way of another table. */
export function isPersonalKind(kind: Yield['kind']): boolean {
  return !KINDS_WITHOUT_PERSON.has(kind)
}

const TABLES_WITHOUT_PERSON = new Set<StoredRow['table']>([
  'aggregate_count',
  'code_list_entry',
  'care_activity',
  'referral_team',
  'submission_row',
])

const NAMES_OF_SOMEONE: Partial<Record<StoredRow['table'], readonly string[]>> = {
  assessment_record: ['referral_ref', 'activity_ref', 'contact_ref', 'cluster_ref'],
  service_event: ['referral_ref', 'part_ref'],
  person_record: [],
  cluster_record: [],
  risk_rating_record: [],
}

/**
 * Where no identifier came, a number may stand for the person, if another table says whose it is: a referral's for most things, for a
 * score that of its activity, contact or cluster assessment too, and for the part of an event the event's.
 */
export function needsPerson({ table, values }: StoredRow): boolean {
  if (TABLES_WITHOUT_PERSON.has(table)) return false
  const names = NAMES_OF_SOMEONE[table] ?? ['referral_ref']
  return names.every((name) => (values[name] ?? null) === null)
}

/** The facts of a submission are not what a record is for. */
export function saysSomething({ table }: StoredRow): boolean {
  return table !== 'submission_row'
}
