import type { World } from '../world.ts'

/** The person that a record is about, worked out the slow way. */
export interface Identified {
  nhs_identity_key: number | null
  local_identity_key: number | null
}

/** identity_key to person_key: for each identifier, gather everything that is said to be the same person's, and look at the numbers. */
export function linkIdentities(world: World): Map<number, number> {
  const keyOf = new Map(world.identity.map((identity) => [identity.pseudonym, identity.identity_key]))
  const numberOf = new Map<number, string>()
  for (const { identity_key, pseudonym, kind } of world.identity) {
    if (kind === 'nhs_number') numberOf.set(identity_key, pseudonym)
    const number = kind === 'local_id' ? numberOfLocal(pseudonym, world) : null
    if (number !== null) numberOf.set(identity_key, number)
  }
  const people = new Map<number, number>()
  for (const { identity_key, pseudonym } of world.identity) {
    const number = numberOf.get(identity_key)
    if (number !== undefined) {
      const first = [...numberOf].filter((it) => it[1] === number).map(([key]) => key)
      people.set(identity_key, keyOf.get(number) ?? Math.min(...first))
      continue
    }
    const friends = joinedBy(pseudonym, world)
    const hasNumber = friends.some((friend) => numbersBeside(friend, world).size > 0)
    const keys = friends.flatMap((friend) => keyOf.get(friend) ?? [])
    people.set(identity_key, hasNumber ? identity_key : Math.min(...keys))
  }
  return people
}

/** The one number of all joined identifiers, else its own one; null where there is none, or more than one. */
function numberOfLocal(pseudonym: string, world: World): string | null {
  const all = new Set(joinedBy(pseudonym, world).flatMap((friend) => [...numbersBeside(friend, world)]))
  const own = numbersBeside(pseudonym, world)
  for (const numbers of [all, own]) if (numbers.size === 1) return [...numbers][0] as string
  return null
}

/** NHS numbers that any record or map puts beside a local identifier. */
export function numbersBeside(pseudonym: string, world: World): Set<string> {
  const numbers = new Set<string>()
  const nameOf = new Map(world.identity.map((identity) => [identity.identity_key, identity.pseudonym]))
  for (const record of recordsOf(world)) {
    if (record.local_identity_key === null || record.nhs_identity_key === null) continue
    if (nameOf.get(record.local_identity_key) === pseudonym) numbers.add(nameOf.get(record.nhs_identity_key) as string)
  }
  for (const pair of world.identity_map) {
    if (pair.other_kind === 'nhs_number' && pair.local_pseudonym === pseudonym) numbers.add(pair.other_pseudonym)
  }
  return numbers
}

/** Itself and every local identifier that maps lead to, step by step; a partner counts only where the map gives each just one. */
function joinedBy(pseudonym: string, world: World): string[] {
  const pairs = world.identity_map.filter((pair) => pair.other_kind === 'local_id')
  const certain = pairs.filter((pair) =>
    [pair.local_pseudonym, pair.other_pseudonym].every((name) =>
      (['local_pseudonym', 'other_pseudonym'] as const).every(
        (side) => pairs.filter((it) => it.map_number === pair.map_number && it[side] === name).length <= 1,
      ),
    ),
  )
  const found = [pseudonym]
  for (const name of found) {
    for (const { local_pseudonym, other_pseudonym } of certain) {
      const next = local_pseudonym === name ? other_pseudonym : other_pseudonym === name ? local_pseudonym : null
      if (next !== null && !found.includes(next)) found.push(next)
    }
  }
  return found
}

function recordsOf(world: World): Identified[] {
  return [
    ...world.person_record,
    ...world.referral_record,
    ...world.contact_record,
    ...world.assessment_record,
    ...world.service_event,
    ...world.cluster_record,
    ...world.risk_rating_record,
  ]
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
type Fact =
  | 'birth_month'
  | 'death_day'
  | 'moved_day'
  | 'gender'
  | 'ethnic_category'
  | 'deprivation_decile'
  | 'neurodiversity'

export function lastStated<Name extends Fact>(
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
    const isStated = record[name] !== null && record[name] !== 'unknown'
    if (personOf(record, people) === person_key && isStated) found = record[name]
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
  const order = orderOf(a) - orderOf(b) || a.file_id - b.file_id || a.row_number - b.row_number
  return order > 0
}
