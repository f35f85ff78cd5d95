import type { Columns } from '../columns.ts'
import type { Cell } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'

/**
 * Reads a thing's number; where it has none, the person and the columns that together tell it from the others: a reference is one
 * person's, and whoever is purged goes by it. Null where all are blank.
 */
export function compileReference(
  ref: Cell | undefined,
  key: readonly Cell[] | undefined,
  columns: Columns,
): (row: RowReader) => string | null {
  const field = columns.field(ref)
  const parts = (key ?? []).map((cell) => columns.field(cell))
  return (row) => {
    const own = row.reference(field)
    if (own !== null || parts.length === 0 || row.isBlank(...parts)) return own
    const { nhs_number, local_id } = row.identity
    return row.referenceTo(
      JSON.stringify([(nhs_number ?? local_id)?.pseudonym, ...parts.map((part) => row.text(part))]),
    )
  }
}
