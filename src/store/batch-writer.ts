import type { Database } from 'better-sqlite3'
import type { IssueFacts } from '../ingest/reading.ts'
import type { BatchColumn, RecordBatch, RecordIssues, TablePart } from '../ingest/record-batch.ts'
import { BulkInsert, type InsertColumn } from './bulk-insert.ts'
import { identityKeys } from './identity-keys.ts'
import { columnReader } from './read-column.ts'
import { hashLength, repeatsOf } from './repeats.ts'
import { tablesAboutPeople } from './stored-tables.ts'

const OUTCOMES = ['loaded', 'duplicate', 'quarantined'] as const
export type Outcome = (typeof OUTCOMES)[number]
export type Tally = Record<Outcome, number>

const LOADED = 0
const DUPLICATE = 1
const QUARANTINED = 2

/**
 * Writes the batches of one file, of so many bytes, and says what became of their records. A record is a repeat where one like it is
 * loaded.
 */
export function batchWriter(db: Database, fileId: number, nBytes: number): (batch: RecordBatch) => Tally {
  const repeats = repeatsOf(db)
  repeats.begin(nBytes)
  const bulk = new BulkInsert(db)
  const keys = identityKeys(db)
  const aboutPeople = tablesAboutPeople()
  const writeIssues = {
    quarantine_row: issueInsert(db, 'quarantine_row', fileId),
    flagged_row: issueInsert(db, 'flagged_row', fileId),
  }
  const writeCorrected = db.prepare<[number, number, string]>('insert into corrected_row values (?, ?, ?)')
  return (batch) => {
    keys.announce(batch.identities)
    const hashes = Buffer.from(batch.fingerprints.buffer).toString('base64url')
    const outcomes = new Uint8Array(batch.n_records)
    for (const { record } of batch.held) outcomes[record] = QUARANTINED
    for (const record of repeats.find(batch, hashes, (each) => outcomes[each] !== LOADED)) outcomes[record] = DUPLICATE
    for (const [outcome, name] of OUTCOMES.entries()) {
      bulk.insert('import_row', rowColumns(fileId, batch, hashes, name), positionsOf(outcomes, outcome))
    }
    for (const { record, row_hash } of batch.corrected) {
      writeCorrected.run(fileId, batch.row_numbers[record] as number, row_hash)
    }
    writeIssues.quarantine_row(batch, batch.held)
    writeIssues.flagged_row(
      batch,
      batch.doubted.filter(({ record }) => outcomes[record] === LOADED),
    )
    for (const part of batch.parts) {
      bulk.insert(
        part.table,
        [
          ...rowPlace(fileId, batch, part),
          ...(aboutPeople.has(part.table) ? keyColumns(part, keys.keyOf) : []),
          ...part.columns.map(insertColumn),
        ],
        loadedRows(part, outcomes),
      )
    }
    return tallyOf(outcomes)
  }
}

function rowColumns(fileId: number, batch: RecordBatch, hashes: string, outcome: Outcome): InsertColumn[] {
  const width = hashLength(batch)
  return [
    { name: 'file_id', value: fileId },
    { name: 'row_number', value: (record) => batch.row_numbers[record] as number },
    { name: 'row_hash', value: (record) => hashes.slice(record * width, (record + 1) * width) },
    { name: 'outcome', value: outcome },
  ]
}

function rowPlace(fileId: number, batch: RecordBatch, { records }: TablePart): InsertColumn[] {
  return [
    { name: 'file_id', value: fileId },
    { name: 'row_number', value: (row) => batch.row_numbers[records[row] as number] as number },
  ]
}

function keyColumns({ nhs_slots, local_slots }: TablePart, keyOf: (slot: number) => number | null): InsertColumn[] {
  return [
    { name: 'nhs_identity_key', value: keyColumn(nhs_slots, keyOf) },
    { name: 'local_identity_key', value: keyColumn(local_slots, keyOf) },
  ]
}

function keyColumn(slots: Int32Array, keyOf: (slot: number) => number | null): InsertColumn['value'] {
  return slots.every((slot) => slot === 0) ? null : (row) => keyOf(slots[row] as number)
}

function insertColumn(column: BatchColumn): InsertColumn {
  return { name: column.name, value: column.kind === 'constant' ? column.value : columnReader(column) }
}

function positionsOf(outcomes: Uint8Array, wanted: number): Int32Array {
  const positions = new Int32Array(outcomes.length)
  let n = 0
  for (let record = 0; record < outcomes.length; record++) if (outcomes[record] === wanted) positions[n++] = record
  return positions.subarray(0, n)
}

function loadedRows({ n_rows, records }: TablePart, outcomes: Uint8Array): Int32Array {
  const rows = new Int32Array(n_rows)
  let n = 0
  for (let row = 0; row < n_rows; row++) if (outcomes[records[row] as number] === LOADED) rows[n++] = row
  return rows.subarray(0, n)
}

function tallyOf(outcomes: Uint8Array): Tally {
  const tally = { loaded: 0, duplicate: 0, quarantined: 0 }
  for (const outcome of outcomes) tally[OUTCOMES[outcome] as Outcome]++
  return tally
}

function issueInsert(db: Database, table: 'quarantine_row' | 'flagged_row', fileId: number) {
  const insert = db.prepare<[number, number, number, string, string | null, string]>(
    `insert into ${table} (file_id, row_number, fault_number, code, column_name, expected) values (?, ?, ?, ?, ?, ?)`,
  )
  return (batch: RecordBatch, rows: readonly RecordIssues[]) => {
    for (const { record, issues } of rows) {
      const write = ({ code, column_name, expected }: IssueFacts, index: number) =>
        insert.run(fileId, batch.row_numbers[record] as number, index + 1, code, column_name, expected)
      issues.forEach(write)
    }
  }
}
