import type { World } from '../world.ts'

/** The person that a record is about, worked out the slow way. */
export interface Identified {
  nhs_identity_key: number | null
  local_identity_key: number | null
}

/** identity_key to person_key: for each identifier, look through every record for NHS numbers beside it. */
export function linkIdentities(world: World): Map<number, number> {
  const records: Identified[] = [
    ...world.person_record,
    ...world.referral_record,
    ...world.contact_record,
    ...world.assessment_record,
    ...world.service_event,
    ...world.cluster_record,
  ]
  const people = new Map<number, number>()
  for (const { identity_key } of world.identity) {
    const numbers = new Set<number>()
    for (const record of records) {
      if (record.local_identity_key === identity_key && record.nhs_identity_key !== null) {
        numbers.add(record.nhs_identity_key)
      }
    }
    people.set(identity_key, numbers.size === 1 ? ([...numbers][0] as number) : identity_key)
  }
  return people
}

export function personOf(record: Identified, people: Map<number, number>): number | null {
  if (record.nhs_identity_key !== null) return record.nhs_identity_key
  if (record.local_identity_key !== null) return people.get(record.local_identity_key) as number
  return null
}

/** A carer is a person all of whose own records, of which there is at least one, say so. */
export function isCarer(person_key: number, world: World, people: Map<number, number>): boolean {
  const own = world.person_record.filter((record) => personOf(record, people) === person_key)
  return own.length > 0 && own.every((record) => record.person_type === 'carer')
}

/** The last stated value of a fact, in the order of records. */
export function lastStated<Name extends 'birth_month' | 'death_day' | 'moved_day'>(
  name: Name,
  person_key: number,
  world: World,
  people: Map<number, number>,
): World['person_record'][number][Name] | null {
  let found: World['person_record'][number][Name] | null = null
  const inOrder = [...world.person_record].sort(
    (a, b) => orderOf(a) - orderOf(b) || a.person_record_id - b.person_record_id,
  )
  for (const record of inOrder) {
    if (personOf(record, people) === person_key && record[name] !== null) found = record[name]
  }
  return found
}

/** Which submission the record came in, as standingWorld says: 0 where its file does not say. */
export function orderOf(record: object): number {
  return (record as { submission_order?: number }).submission_order ?? 0
}

/** Keeps the last sent, else the last read, of the rows that share a key; rows without a key all stay. */
export function lastCopies<Item extends { file_id: number; row_number: number }>(
  rows: readonly Item[],
  keyOf: (row: Item) => string | null,
): Item[] {
  return rows.filter((row) => {
    const key = keyOf(row)
    if (key === null) return true
    return !rows.some((other) => keyOf(other) === key && isLater(other, row))
  })
}

function isLater<Item extends { file_id: number; row_number: number }>(a: Item, b: Item): boolean {
  const order = orderOf(a) - orderOf(b) || a.file_id - b.file_id || hasEnd(a) - hasEnd(b) || a.row_number - b.row_number
  return order > 0
}

/** Of an event's copies in one file, one with an end says more than one without. */
function hasEnd(record: object): number {
  return (record as { end_day?: number | null }).end_day == null ? 0 : 1
}
