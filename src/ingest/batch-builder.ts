import { batchColumn } from './batch-column.ts'
import type { ReadRecord, StoredRow, StoredTable } from './reading.ts'
import {
  FINGERPRINT_BYTES,
  IDENTITY_SLOTS,
  type RecordBatch,
  type RecordIssues,
  type SlottedIdentity,
  type TablePart,
} from './record-batch.ts'

export const RECORDS_IN_A_BATCH = 4096

/** Collects records as they are read, and gives them out by the batch. */
export class BatchBuilder {
  readonly #slots = new IdentitySlots(IDENTITY_SLOTS)
  #batch = newBatch()

  get is_full(): boolean {
    return this.#batch.n_records === RECORDS_IN_A_BATCH
  }

  add(record: ReadRecord): void {
    const batch = this.#batch
    const at = batch.n_records++
    batch.row_numbers[at] = record.row_number
    batch.fingerprints.write(record.fingerprint, at * FINGERPRINT_BYTES, FINGERPRINT_BYTES, 'latin1')
    if (record.faults.length > 0) {
      batch.held.push({ record: at, issues: record.faults })
      return
    }
    if (record.doubts.length > 0) batch.doubted.push({ record: at, issues: record.doubts })
    const { nhs_number, local_id } = record.identity
    const nhsSlot = nhs_number === null ? 0 : this.#slots.slotOf('nhs_number', nhs_number, batch.identities)
    const localSlot = local_id === null ? 0 : this.#slots.slotOf('local_id', local_id, batch.identities)
    for (const row of record.rows) partOf(batch.parts, row.table).add(row, at, nhsSlot, localSlot)
  }

  /** The records since the last batch, which may be none. */
  take(): RecordBatch {
    const { n_records, row_numbers, fingerprints, held, doubted, identities, parts } = this.#batch
    this.#batch = newBatch()
    return {
      n_records,
      row_numbers: row_numbers.slice(0, n_records),
      fingerprints: new Uint8Array(fingerprints.subarray(0, n_records * FINGERPRINT_BYTES)),
      held,
      doubted,
      identities,
      parts: [...parts.values()].map((part) => part.finish()),
    }
  }
}

function newBatch() {
  return {
    n_records: 0,
    row_numbers: new Int32Array(RECORDS_IN_A_BATCH),
    fingerprints: Buffer.allocUnsafeSlow(RECORDS_IN_A_BATCH * FINGERPRINT_BYTES),
    held: [] as RecordIssues[],
    doubted: [] as RecordIssues[],
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
  readonly #columns = new Map<string, (string | number | null)[]>()

  constructor(table: StoredTable) {
    this.#table = table
  }

  add({ values }: StoredRow, record: number, nhsSlot: number, localSlot: number): void {
    const row = this.#records.length
    this.#records.push(record)
    this.#nhs.push(nhsSlot)
    this.#local.push(localSlot)
    for (const name in values) this.#column(name, row).push(values[name] as string | number | null)
  }

  finish(): TablePart {
    const n_rows = this.#records.length
    return {
      table: this.#table,
      n_rows,
      records: Int32Array.from(this.#records),
      nhs_slots: Int32Array.from(this.#nhs),
      local_slots: Int32Array.from(this.#local),
      columns: [...this.#columns.keys()].map((name) => batchColumn(name, this.#column(name, n_rows))),
    }
  }

  /** The column up to a row: rows that said nothing of it hold null there. */
  #column(name: string, row: number): (string | number | null)[] {
    let column = this.#columns.get(name)
    if (column === undefined) {
      column = []
      this.#columns.set(name, column)
    }
    while (column.length < row) column.push(null)
    return column
  }
}

/** Numbers the identities met, in two generations, so that a file of any size takes the same memory. */
class IdentitySlots {
  readonly #most: number
  #recent = new Map<string, number>()
  #older = new Map<string, number>()
  #met = 0

  constructor(most: number) {
    this.#most = most
  }

  /** The identity's slot; one that has none is given one, and announced. */
  slotOf(kind: SlottedIdentity['kind'], pseudonym: string, announced: SlottedIdentity[]): number {
    const known = this.#recent.get(pseudonym) ?? this.#older.get(pseudonym)
    if (known !== undefined) return known
    if (this.#recent.size === this.#most / 2) {
      this.#older = this.#recent
      this.#recent = new Map()
    }
    const slot = 1 + (this.#met++ % this.#most)
    this.#recent.set(pseudonym, slot)
    announced.push({ slot, kind, pseudonym })
    return slot
  }
}
