import type { ReleasedTable } from '../disclosure/released-table.ts'
import { inertText, spreadsheetCell } from './table-cells.ts'

/** A table as RFC 4180 CSV in UTF-8 with a byte order mark, which Excel needs to read a pound sign. */
export function renderCsv(table: ReleasedTable): string {
  const heading = table.columns.map((column) => inertText(column.label.text))
  const rows = table.rows.map((row) =>
    table.columns.map((column) => {
      const cell = row[column.id]
      if (cell === undefined) throw new Error(`a row of ${table.id} has no cell for the column ${column.id}`)
      return String(spreadsheetCell(cell))
    }),
  )
  return `\ufeff${[heading, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
