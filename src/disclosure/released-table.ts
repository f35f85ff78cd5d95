import type { Released, ReleasedText } from './released.ts'

/** What a column holds: text is aligned left, the rest right. */
export const COLUMN_KINDS = ['text', 'count', 'number', 'percent', 'money'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** One column; `help` is a sentence that says how its number is made. */
export type ReleasedColumn = {
  readonly id: string
  readonly label: ReleasedText
  readonly kind: ColumnKind
  readonly help?: ReleasedText
}

export type ReleasedCell = Released | ReleasedText

/** One row: a cell by column id. */
export type ReleasedRow = Readonly<Record<string, ReleasedCell>>

/** A table in which every number has passed the gate. The first column names the row. */
export type ReleasedTable = {
  readonly id: string
  readonly title: ReleasedText
  readonly columns: readonly ReleasedColumn[]
  readonly rows: readonly ReleasedRow[]
  readonly notes: readonly ReleasedText[]
}
