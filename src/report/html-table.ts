import { Released, ReleasedText } from '../disclosure/released.ts'
import type { ReleasedCell, ReleasedColumn, ReleasedRow, ReleasedTable } from '../disclosure/released-table.ts'
import { html, type SafeHtml } from './html-page.ts'

/** A table that scrolls inside its own box on a narrow screen. `caption` is read out; the heading above is what is seen. */
export function htmlTable(table: ReleasedTable): SafeHtml {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${table.title}">
<table id="table-${table.id}">
<caption class="unseen">${table.title}</caption>
<thead><tr>${table.columns.map(headingCell)}</tr></thead>
<tbody>
${table.rows.map((row) => bodyRow(table.columns, row))}
</tbody>
</table>
</div>
${tableNotes(table)}`
}

/** True where a table holds a withheld cell, so that its page explains the marker. */
export function hasWithheld(table: ReleasedTable): boolean {
  return table.rows.some((row) => Object.values(row).some((cell) => cell instanceof Released && cell.is_suppressed))
}

/** A released value in running markup: a withheld one is a star to the eye and words to a screen reader. */
export function htmlValue(value: ReleasedCell): SafeHtml {
  if (value instanceof ReleasedText || value.is_shown) return html`${value}`
  if (value.is_suppressed) return html`<span aria-hidden="true">*</span><span class="unseen">${value.words}</span>`
  return html`<span class="none">${value}</span>`
}

function headingCell(column: ReleasedColumn): SafeHtml {
  return column.kind === 'text'
    ? html`<th scope="col">${column.label}</th>`
    : html`<th scope="col" class="number">${column.label}</th>`
}

function bodyRow(columns: readonly ReleasedColumn[], row: ReleasedRow): SafeHtml {
  return html`<tr>${columns.map((column, index) => bodyCell(column, row[column.id], index === 0))}</tr>`
}

function bodyCell(column: ReleasedColumn, cell: ReleasedCell | undefined, isRowHeading: boolean): SafeHtml {
  if (cell === undefined) throw new Error(`a row has no cell for the column ${column.id}`)
  const align = column.kind === 'text' ? 'words' : 'number'
  return isRowHeading
    ? html`<th scope="row" class="${align}">${htmlValue(cell)}</th>`
    : html`<td class="${align}">${htmlValue(cell)}</td>`
}

function tableNotes(table: ReleasedTable): SafeHtml {
  const help = table.columns.flatMap((column) =>
    column.help === undefined ? [] : [html`<li><strong>${column.label}:</strong> ${column.help}</li>`],
  )
  const notes = [...help, ...table.notes.map((note) => html`<li>${note}</li>`)]
  return notes.length === 0 ? html`` : html`<ul class="notes">${notes}</ul>`
}
