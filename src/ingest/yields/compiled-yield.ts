import type { StoredRow } from '../reading.ts'
import type { RowReader } from '../row-reader.ts'

/** Reads one part of a record: its row for the store, or null where this record has no such part. Faults go to the reader. */
export type CompiledYield = (row: RowReader) => StoredRow | readonly StoredRow[] | null
