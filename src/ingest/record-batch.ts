import type { IssueFacts, StoredTable } from './reading.ts'

/**
 * Records read, some thousands at a time, laid out by column: so they pass from the thread that reads to the one that stores without
 * being copied value by value.
 */
export interface RecordBatch {
  readonly n_records: number
  /** The number a spreadsheet shows beside each record's first line. */
  readonly row_numbers: Int32Array<ArrayBuffer>
  /** FINGERPRINT_BYTES a record: keyed, and the same for two records whose kept cells are all the same. */
  readonly fingerprints: Uint8Array<ArrayBuffer>
  /** Records held back, each with everything that is wrong with it. */
  readonly held: readonly RecordIssues[]
  /** Records loaded all the same, and flagged. */
  readonly doubted: readonly RecordIssues[]
  /** Records whose cells the team has corrected, each with the fingerprint of the row as the file holds it. */
  readonly corrected: readonly CorrectedRecord[]
  /** Pseudonyms that rows of this batch or a later one call by slot, until the slot is given away again. */
  readonly identities: readonly SlottedIdentity[]
  readonly parts: readonly TablePart[]
}

export interface RecordIssues {
  /** Position in the batch. */
  readonly record: number
  readonly issues: readonly IssueFacts[]
}

export interface CorrectedRecord {
  /** Position in the batch. */
  readonly record: number
  /** In base 64, as import_row has it. */
  readonly row_hash: string
}

export interface SlottedIdentity {
  readonly slot: number
  readonly kind: 'nhs_number' | 'local_id'
  readonly pseudonym: string
}

/** Rows for one table of the store: its own columns only; file, row number and identity keys are the store's to add. */
export interface TablePart {
  readonly table: StoredTable
  readonly n_rows: number
  /** The position in the batch of the record that each row is of. */
  readonly records: Int32Array<ArrayBuffer>
  /** Slot of each row's identity; 0: none. */
  readonly nhs_slots: Int32Array<ArrayBuffer>
  readonly local_slots: Int32Array<ArrayBuffer>
  readonly columns: readonly BatchColumn[]
}

export type BatchColumn = { readonly name: string } & (
  | { readonly kind: 'constant'; readonly value: string | number | null }
  /** NaN stands for null. */
  | { readonly kind: 'numbers'; readonly values: Float64Array<ArrayBuffer> }
  /** Few different values: each row says which. */
  | {
      readonly kind: 'words'
      readonly words: readonly (string | number | null)[]
      readonly at: Uint16Array<ArrayBuffer>
    }
  /** Many different texts, one after the other; each ends where `ends` says, and -1 stands for null. */
  | { readonly kind: 'texts'; readonly text: string; readonly ends: Int32Array<ArrayBuffer> }
)

/** 120 bits: no two of a billion records share one by chance; a multiple of three, so that each is whole letters of base 64. */
export const FINGERPRINT_BYTES = 15

/** Slots in use at any time. An identity whose slot was given away is announced again when it is met again. */
export const IDENTITY_SLOTS = 1 << 19
