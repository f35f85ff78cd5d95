import type { RecordBatch } from './record-batch.ts'

/** Lines of a file or rows of a sheet. physical = heading + blank + other + record, always. */
export interface LineCounts {
  physical_lines: number
  heading_lines: number
  blank_lines: number
  /** Lines above the heading, a `sep=` line, footers. */
  other_lines: number
  record_lines: number
}

export type StoredTable =
  | 'person_record'
  | 'referral_record'
  | 'contact_record'
  | 'service_event'
  | 'assessment_record'
  | 'aggregate_count'
  | 'code_list_entry'
  | 'care_activity'
  | 'cluster_record'
  | 'risk_rating_record'
  | 'referral_team'
  | 'submission_row'

/** A row for a table of the store: its own columns only; file, row number and identity keys are the store's to add. */
export interface StoredRow {
  readonly table: StoredTable
  readonly values: Readonly<Record<string, string | number | null>>
}

/** An issue in the words it is stored in. */
export interface IssueFacts {
  readonly code: string
  /** Null where the issue belongs to the whole record. */
  readonly column_name: string | null
  /** What would have been right; never the cell's value. */
  readonly expected: string
}

/** An identifier as its keyed pseudonym. */
export interface KnownIdentity {
  readonly kind: 'nhs_number' | 'local_id'
  readonly pseudonym: string
  /** Counted by the batches as they announce it; 0 until they do. */
  number: number
}

/** The person a record is about; null where the record does not say. */
export interface ReadIdentity {
  readonly nhs_number: KnownIdentity | null
  readonly local_id: KnownIdentity | null
}

/** One record of an export, read: its rows, or everything that is wrong with it. */
export interface ReadRecord {
  /** The number a spreadsheet shows beside the record's first line. */
  readonly row_number: number
  /** Keyed, as Latin-1 characters; the same for two records whose kept cells are all the same. */
  readonly fingerprint: string
  /** The fingerprint of the row as the file holds it, where the team has corrected it. */
  readonly as_read?: string
  readonly identity: ReadIdentity
  readonly rows: readonly StoredRow[]
  /** Not empty: the record is held back, with all of them. */
  readonly faults: readonly IssueFacts[]
  /** Loaded all the same, and flagged. */
  readonly doubts: readonly IssueFacts[]
}

/** A file being read through a profile. `batches` can be walked once; `lines()` and `notes()` are whole when it is done. */
export interface Reading {
  readonly sha256: string
  /** Long digit runs masked. */
  readonly file_name: string
  readonly n_bytes: number
  /** '' where the format has none. */
  readonly sheet: string
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly profile_id: string
  readonly profile_sha256: string
  readonly service_code: string | null
  readonly columns_left_out: readonly string[]
  readonly batches: AsyncIterable<RecordBatch>
  lines(): Readonly<LineCounts>
  notes(): readonly string[]
  /** Lets go of the file; needed only where the batches are not walked to their end. */
  close(): Promise<void>
}
