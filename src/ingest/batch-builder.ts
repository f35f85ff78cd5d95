import { ColumnBuilder } from './batch-column.ts'
import type { KnownIdentity, ReadRecord, StoredRow, StoredTable } from './reading.ts'
import {
  type CorrectedRecord,
  IDENTITY_SLOTS,
  type RecordBatch,
  type RecordIssues,
  type SlottedIdentity,
  type TablePart,
} from './record-batch.ts'
import { rowHash } from './row-fingerprint.ts'

export const RECORDS_IN_A_BATCH = 2048

/** A batch is announced whole before its rows are written, and a record has two identities at most. */
const SAFE_IDENTITIES = IDENTITY_SLOTS - 2 * RECORDS_IN_A_BATCH

/** Collects records as they are read, and gives them out by the batch. */
export class BatchBuilder {
  #nIdentities = 0
  #batch = newBatch()

  get is_full(): boolean {
    return this.#batch.n_records === RECORDS_IN_A_BATCH
  }

  add(record: ReadRecord): void {
    const batch = this.#batch
    const at = batch.n_records++
    batch.row_numbers[at] = record.row_number
    batch.fingerprints.push(record.fingerprint)
    if (record.as_read !== undefined) batch.corrected.push({ record: at, row_hash: rowHash(record.as_read) })
    if (record.faults.length > 0) {
      batch.held.push({ record: at, issues: record.faults })
      return
    }
    if (record.doubts.length > 0) batch.doubted.push({ record: at, issues: record.doubts })
    const { nhs_number, local_id } = record.identity
    const nhsSlot = nhs_number === null ? 0 : this.#slotOf(nhs_number)
    const localSlot = local_id === null ? 0 : this.#slotOf(local_id)
    for (const row of record.rows) partOf(batch.parts, row.table).add(row, at, nhsSlot, localSlot)
  }

  /** An identity met for the first time, or again after its slot may have been given away, is given one and announced. */
  #slotOf(identity: KnownIdentity): number {
    if (identity.number === 0 || this.#nIdentities - identity.number >= SAFE_IDENTITIES) {
      identity.number = ++this.#nIdentities
      this.#batch.identities.push(slotted(identity))
    }
    return slotOfNumber(identity.number)
  }

  /** The records since the last batch, which may be none. */
  take(): RecordBatch {
    const { n_records, row_numbers, fingerprints, held, doubted, corrected, identities, parts } = this.#batch
    this.#batch = newBatch()
    return {
      n_records,
      row_numbers: row_numbers.slice(0, n_records),
      fingerprints: new Uint8Array(Buffer.from(fingerprints.join(''), 'latin1')),
      held,
      doubted,
      corrected,
      identities,
      parts: [...parts.values()].map((part) => part.finish()),
    }
  }
}

function slotted({ kind, pseudonym, number }: KnownIdentity): SlottedIdentity {
  return { slot: slotOfNumber(number), kind, pseudonym }
}

function slotOfNumber(number: number): number {
  return 1 + (number % IDENTITY_SLOTS)
}

function newBatch() {
  return {
    n_records: 0,
    row_numbers: new Int32Array(RECORDS_IN_A_BATCH),
    fingerprints: [] as string[],
    held: [] as RecordIssues[],
    doubted: [] as RecordIssues[],
    corrected: [] as CorrectedRecord[],
    identities: [] as SlottedIdentity[],
    parts: new Map<StoredTable, PartBuilder>(),
  }
}

function partOf(parts: Map<StoredTable, PartBuilder>, table: StoredTable): PartBuilder {
  let part = parts.get(table)
  if (part === undefined) {
    part = new PartBuilder(table)
    parts.set(table, part)
  }
  return part
}

class PartBuilder {
  readonly #table: StoredTable
  readonly #records: number[] = []
  readonly #nhs: number[] = []
  readonly #local: number[] = []
  readonly #columns: ColumnBuilder[] = []

  constructor(table: StoredTable) {
    this.#table = table
  }

  add({ values }: StoredRow, record: number, nhsSlot: number, localSlot: number): void {
    const row = this.#records.length
    this.#records.push(record)
    this.#nhs.push(nhsSlot)
    this.#local.push(localSlot)
    let expected = 0
    for (const name in values) {
      const at = this.#columns[expected]?.name === name ? expected : this.#position(name)
      this.#upTo(row, at).push(values[name] as string | number | null)
      expected = at + 1
    }
  }

  finish(): TablePart {
    const n_rows = this.#records.length
    return {
      table: this.#table,
      n_rows,
      records: Int32Array.from(this.#records),
      nhs_slots: Int32Array.from(this.#nhs),
      local_slots: Int32Array.from(this.#local),
      columns: this.#columns.map((_, at) => this.#upTo(n_rows, at).finish()),
    }
  }

  #position(name: string): number {
    const at = this.#columns.findIndex((column) => column.name === name)
    return at >= 0 ? at : this.#columns.push(new ColumnBuilder(name)) - 1
  }

  /** The column up to a row: rows that said nothing of it hold null there. */
  #upTo(row: number, at: number): ColumnBuilder {
    const column = this.#columns[at] as ColumnBuilder
    while (column.length < row) column.push(null)
    return column
  }
}
