import { Released } from '../disclosure/released.ts'
import type { ReleasedCell, ReleasedColumn } from '../disclosure/released-table.ts'

/**
 * A cell for a spreadsheet: a number where one is shown, otherwise words. Words that a spreadsheet would run as a formula get
 * an apostrophe in front. Source: OWASP, CSV injection.
 */
export function spreadsheetCell(cell: ReleasedCell): number | string {
  return cell instanceof Released && cell.value !== null ? cell.value : inertText(cell.text)
}

/** Text that no spreadsheet reads as a formula. */
export function inertText(text: string): string {
  return /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** The Excel format of a column's numbers. */
export function numberFormatOf(column: ReleasedColumn, cell: ReleasedCell): string {
  const decimals = /\.(\d+)/.exec(cell.text)?.[1]?.length ?? 0
  const digits = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`
  if (column.kind === 'money') return `"£"${digits};−"£"${digits}`
  return column.kind === 'percent' ? `${digits}"%"` : digits
}
