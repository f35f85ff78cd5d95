import type { Row, TextRow } from './cells.ts'
import { type ExportFile, refused } from './examine-file.ts'
import { fullSheetNote } from './full-sheet.ts'
import { LIMITS } from './limits.ts'
import type { Profile } from './profile.ts'
import { type NoRecords, type Source, sourceOf } from './source.ts'
import { readDateStyles } from './xlsx/date-styles.ts'
import { type Merge, MergeFiller, readMerges } from './xlsx/merges.ts'
import { scanPart } from './xlsx/scan-part.ts'
import { readSharedStrings } from './xlsx/shared-strings.ts'
import { type SheetFacts, SheetScan } from './xlsx/sheet-scan.ts'
import { openWorkbook, type SheetInfo, type Workbook } from './xlsx/workbook.ts'

/** Opens one sheet of a workbook: the one the profile names, else the first that is not hidden. Its rows are read as they come. */
export async function openXlsx(file: ExportFile, declared: Profile['xlsx'], no_records: NoRecords): Promise<Source> {
  const book = await openWorkbook(file)
  const notes = notesOf(book)
  const sheet = chooseSheet(book.sheets, declared.sheet, file, notes)
  const needsMerges = declared.heading_rows.length > 1 || declared.fill_merged
  const merges = needsMerges ? await readMerges(book, sheet.path) : []
  const shared = await readSharedStrings(book)
  const scan = new SheetScan({ shared, date_styles: await readDateStyles(book), date_system: book.date_system })
  const below = merges.filter(({ top }) => top > Math.max(...declared.heading_rows))
  const filler = declared.fill_merged ? new MergeFiller(below) : null
  const source = await sourceOf(
    sheetRows(book, sheet, scan, filler, notes),
    {
      format: 'xlsx',
      encoding: null,
      delimiter: null,
      sheet: sheet.name,
      serial_dates: book.date_system,
      notes,
      physicalLines: () => scan.facts.last_row,
    },
    {
      file_name: file.file_name,
      corrections: file.corrections,
      heading_rows: declared.heading_rows,
      skip_rows: declared.skip_rows,
      footer_starts_with: no_records.footer_starts_with,
      second_headings: no_records.second_headings,
      are_rows_padded: true,
      join: (rows) => joinHeadings(rows, merges),
    },
  )
  if (source.headings.length <= LIMITS.columns) return source
  await source.close()
  throw refused(
    file.file_name,
    `has more than ${LIMITS.columns} columns in its heading row. Name the sheet and the row of the headings.`,
  )
}

/** Names of the sheets that are not hidden. */
export async function visibleSheets(file: ExportFile): Promise<readonly string[]> {
  const { sheets } = await openWorkbook(file)
  return sheets.filter((sheet) => !sheet.is_hidden).map((sheet) => sheet.name)
}

async function* sheetRows(
  book: Workbook,
  sheet: SheetInfo,
  scan: SheetScan,
  filler: MergeFiller | null,
  notes: string[],
): AsyncGenerator<Iterable<Row>> {
  yield* scanPart(book, sheet.path, scan, () => {
    const rows = scan.takeRows()
    if (rows.length === 0) return null
    return filler === null ? rows : rows.map((row) => filler.fill(row))
  })
  notes.push(...notesOfSheet(scan.facts, book.is_stale))
}

function notesOf(book: Workbook): string[] {
  const has = (pattern: RegExp) => [...book.parts.keys()].some((path) => pattern.test(path))
  return [
    ...(has(/vbaproject\.bin$/) ? ['The workbook has macros. They were not run.'] : []),
    ...(has(/\/externallinks\//) ? ['The workbook links to other workbooks. They were not opened.'] : []),
  ]
}

const STALE =
  'The workbook asks to be calculated afresh, so values of formulas may be old. Open it in Excel and save it.'

function notesOfSheet(facts: SheetFacts, isStale: boolean): string[] {
  const { n_hidden_rows, n_hidden_columns, n_formulas, n_never_calculated, is_filtered } = facts
  const calculated = n_formulas - n_never_calculated
  const full = fullSheetNote(facts.last_row)
  return [
    ...(n_hidden_rows > 0
      ? [
          `${count(n_hidden_rows, 'hidden row')} ${were(n_hidden_rows)} read like any other${is_filtered ? '; the sheet is filtered' : ''}.`,
        ]
      : []),
    ...(n_hidden_columns > 0
      ? [`${count(n_hidden_columns, 'hidden column')} ${were(n_hidden_columns)} read like any other.`]
      : []),
    ...(calculated > 0
      ? [
          `${count(calculated, 'cell')} ${calculated === 1 ? 'is a formula' : 'are formulas'}: the values saved with them were read.`,
        ]
      : []),
    ...(calculated > 0 && isStale ? [STALE] : []),
    ...(full === null ? [] : [full]),
  ]
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`
}

function were(n: number): string {
  return n === 1 ? 'was' : 'were'
}

function chooseSheet(
  sheets: readonly SheetInfo[],
  asked: string | undefined,
  file: ExportFile,
  notes: string[],
): SheetInfo {
  const hidden = sheets.filter((sheet) => sheet.is_hidden)
  const same = (name: string) => name.trim().toLowerCase() === asked?.trim().toLowerCase()
  const chosen =
    asked === undefined ? (sheets.find((sheet) => !sheet.is_hidden) ?? sheets[0]) : sheets.find((it) => same(it.name))
  if (chosen === undefined) {
    const names = sheets.map((sheet) => `"${sheet.name}"`).join(', ')
    throw refused(file.file_name, `has no sheet "${asked ?? ''}", which the profile names. It has: ${names}.`)
  }
  if (chosen.is_hidden) notes.push('The sheet that was read is hidden in the workbook.')
  const others = hidden.length - (chosen.is_hidden ? 1 : 0)
  if (others > 0) notes.push(`The workbook has ${others} more hidden ${others === 1 ? 'sheet' : 'sheets'}, not read.`)
  const unread = sheets.length - hidden.length - (chosen.is_hidden ? 0 : 1)
  if (unread > 0 && asked === undefined) {
    notes.push(`The first sheet, "${chosen.name}", was read; ${unread} more ${unread === 1 ? 'was' : 'were'} not.`)
  }
  return chosen
}

/** A merged heading stands over every column it covers; a part that repeats the one above it is not said twice. */
function joinHeadings(rows: readonly TextRow[], merges: readonly Merge[]): string[] {
  const width = Math.max(...rows.map((row) => row.cells.length))
  const grid = new Map(rows.map((row) => [row.row_number, Array.from({ length: width }, (_, i) => row.cells[i] ?? '')]))
  for (const { top, bottom, left, right } of merges) {
    const text = grid.get(top)?.[left - 1]
    if (text === undefined) continue
    for (const [row, cells] of grid) if (row >= top && row <= bottom) cells.fill(text, left - 1, right)
  }
  const lines = [...grid.values()]
  return Array.from({ length: width }, (_, column) => {
    const parts = lines.map((line) => (line[column] ?? '').trim()).filter((part) => part !== '')
    return parts.filter((part, index) => part !== parts[index - 1]).join(' / ')
  })
}
