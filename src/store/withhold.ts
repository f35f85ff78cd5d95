import type { Database } from 'better-sqlite3'
import { WITHHELD, type WithheldReason } from '../domain/withheld.ts'
import type { IssueFacts } from '../ingest/reading.ts'
import type { RecordBatch, TablePart } from '../ingest/record-batch.ts'
import { columnReader } from './read-column.ts'
import { recordTables } from './record-tables.ts'
import { type WithheldPeople, withheldPeople } from './withheld-people.ts'

/**
 * Holds back the records of people who have opted out or were purged. A record is theirs by its NHS number; without one, by its local
 * identifier; without either, by a referral, contact or other thing of theirs that it names. What stands beside their identifiers
 * is remembered, so that a record which has only that is held back too.
 */
export function withholder(db: Database): (batch: RecordBatch) => RecordBatch {
  const people = withheldPeople(db)
  if (people.is_empty) return (batch) => batch
  const referencesOf = new Map(recordTables().map(({ name, references }) => [name, new Set(references)]))
  const pseudonymOf: string[] = ['']
  return (batch) => {
    for (const { slot, pseudonym } of batch.identities) pseudonymOf[slot] = pseudonym
    const rows = batch.parts.flatMap((part) => rowsOf(part, pseudonymOf, referencesOf.get(part.table) ?? new Set()))
    const found = new Map<number, WithheldReason>()
    for (const row of rows) {
      const reason = reasonFor(row, people)
      if (reason !== null) found.set(row.record, reason)
    }
    if (found.size === 0) return batch
    for (const row of rows) {
      const reason = found.get(row.record)
      if (reason !== undefined) noteOthers(row, people, reason)
    }
    return { ...batch, held: [...batch.held, ...[...found].map(heldBack)] }
  }
}

export function withheldFault(reason: WithheldReason): IssueFacts {
  return { code: reason, column_name: null, expected: WITHHELD[reason] }
}

/** Whose a row of a batch is: blank where it does not say. */
interface NamedRow {
  readonly record: number
  readonly nhs_number: string
  readonly local_id: string
  references(): Iterable<readonly [column: string, pseudonym: string]>
}

function rowsOf(part: TablePart, pseudonymOf: readonly string[], references: ReadonlySet<string>): NamedRow[] {
  const readers = part.columns
    .filter(({ name }) => references.has(name))
    .map((column) => [column.name, columnReader(column)] as const)
  return Array.from({ length: part.n_rows }, (_, row) => ({
    record: part.records[row] as number,
    nhs_number: pseudonymOf[part.nhs_slots[row] as number] as string,
    local_id: pseudonymOf[part.local_slots[row] as number] as string,
    *references() {
      for (const [column, read] of readers) {
        const value = read(row)
        if (typeof value === 'string') yield [column, value] as const
      }
    },
  }))
}

function reasonFor(row: NamedRow, people: WithheldPeople): WithheldReason | null {
  if (row.nhs_number !== '') return people.reasonOf(row.nhs_number, 'nhs_number')
  if (row.local_id !== '') return people.reasonOf(row.local_id, 'local_id')
  for (const [column, reference] of row.references()) {
    const reason = people.reasonOf(reference, column)
    if (reason !== null) return reason
  }
  return null
}

function noteOthers(row: NamedRow, people: WithheldPeople, reason: WithheldReason): void {
  if (row.local_id !== '') people.note(row.local_id, 'local_id', reason)
  for (const [column, reference] of row.references()) people.note(reference, column, reason)
}

function heldBack([record, reason]: [number, WithheldReason]) {
  return { record, issues: [withheldFault(reason)] }
}
