import type { Cell, CellValue, WriteSheet } from 'hucre/xlsx'
import { writeXlsx } from 'hucre/xlsx'
import type { ReleasedTable } from '../disclosure/released-table.ts'
import { checkDocument } from './check-document.ts'
import { type ReportDocument, tablesOf } from './document.ts'
import { AUDIENCE_WORDS } from './html.ts'
import { inertText, numberFormatOf, spreadsheetCell } from './table-cells.ts'

/** The tables of a report as a workbook: a cover with the disclosure rule, then a sheet a table. Same report, same bytes. */
export async function renderXlsx(document: ReportDocument): Promise<Uint8Array> {
  checkDocument(document)
  const tables = document.sections.flatMap(tablesOf)
  const names = sheetNames(tables)
  const sheets = [
    cover(document, tables, names),
    ...tables.map((table, index) => tableSheet(table, names[index] as string)),
  ]
  // A fixed date: the bytes of a workbook say nothing about when it was made.
  const made = new Date(Date.UTC(2000, 0, 1))
  return writeXlsx({ sheets, properties: { title: document.title.text, created: made, modified: made } })
}

function cover(document: ReportDocument, tables: readonly ReleasedTable[], names: readonly string[]): WriteSheet {
  const rows = [
    [document.title.text],
    [AUDIENCE_WORDS[document.audience].text],
    [document.subtitle.text],
    [document.finding.text],
    [document.policy.words],
    [`* means ${document.policy.legend}`],
    [`Records of ${document.generated_from.data_period.text}; made by ${document.generated_from.software.text}`],
    [document.generated_from.account?.text ?? ''],
    [document.generated_from.opt_outs?.text ?? ''],
    [''],
    ['Who this report counts'],
    ...document.cohort.map((line) => [line.text]),
    [''],
    ['Sheet', 'Table'],
    ...tables.map((table, index) => [names[index] as string, table.title.text]),
  ].map((row) => row.map(inertText))
  const bold = [
    0,
    rows.findIndex((row) => row[0] === 'Who this report counts'),
    rows.findIndex((row) => row[0] === 'Sheet'),
  ]
  const cells = new Map(bold.map((row) => [`${row},0`, { style: { font: { bold: true, size: row === 0 ? 16 : 11 } } }]))
  return { name: 'About', rows, cells, columns: [{ width: 34 }, { width: 90 }] }
}

function tableSheet(table: ReleasedTable, name: string): WriteSheet {
  const heading = table.columns.map((column) => inertText(column.label.text))
  const rows: CellValue[][] = [[inertText(table.title.text)], heading, ...table.rows.map((row) => bodyRow(table, row))]
  const help = table.columns.flatMap((column) =>
    column.help === undefined ? [] : [`${column.label.text}: ${column.help.text}`],
  )
  const notes = [...help, ...table.notes.map((note) => note.text)].map((note) => [inertText(note)])
  const columns = table.columns.map((column) => ({ width: column.kind === 'text' ? 36 : 16 }))
  const sheet = { name, rows: notes.length === 0 ? rows : [...rows, [], ...notes], columns }
  return { ...sheet, cells: cellStyles(table), freezePane: { rows: 2 } }
}

function bodyRow(table: ReleasedTable, row: ReleasedTable['rows'][number]): CellValue[] {
  return table.columns.map((column) => {
    const cell = row[column.id]
    if (cell === undefined) throw new Error(`a row of ${table.id} has no cell for the column ${column.id}`)
    return spreadsheetCell(cell)
  })
}

function cellStyles(table: ReleasedTable): Map<string, Partial<Cell>> {
  const styles = new Map<string, Partial<Cell>>([['0,0', { style: { font: { bold: true, size: 14 } } }]])
  for (const [place, column] of table.columns.entries()) {
    const horizontal = column.kind === 'text' ? 'left' : 'right'
    styles.set(`1,${place}`, {
      style: { font: { bold: true }, alignment: { horizontal, vertical: 'bottom', wrapText: true } },
    })
    if (column.kind === 'text') continue
    for (const [index, row] of table.rows.entries()) {
      const cell = row[column.id]
      if (cell !== undefined) {
        styles.set(`${index + 2},${place}`, {
          style: { numFmt: numberFormatOf(column, cell), alignment: { horizontal } },
        })
      }
    }
  }
  return styles
}

/** Excel's rule: at most 31 characters, none of []:*?/\, and no two alike. Table ids are safe and unique already. */
function sheetNames(tables: readonly ReleasedTable[]): string[] {
  const names: string[] = []
  for (const { id } of tables) {
    const short = id.slice(0, 31)
    names.push(names.includes(short) || short === 'about' ? `${id.slice(0, 27)}-${names.length + 1}` : short)
  }
  return names
}
