import type { CellValue, MergeRange } from 'hucre/xlsx'
import type { TextRow } from './cells.ts'
import { type ExportFile, refused } from './examine-file.ts'
import type { Profile } from './profile.ts'
import { type NoRecords, type Source, sourceOf, textBatches } from './source.ts'
import { refuseUnsafeWorkbook } from './xlsx-limits.ts'

const LARGEST_BYTES = 256 * 2 ** 20
const FULL_SHEET = 1_048_576

/** Opens one sheet of a workbook: the one the profile names, else the first that is not hidden. */
export async function openXlsx(file: ExportFile, declared: Profile['xlsx'], no_records: NoRecords): Promise<Source> {
  const bytes = await workbookBytes(file)
  const notes: string[] = []
  const book = await sheetsOf(bytes, file)
  const sheet = chooseSheet(book.sheets, declared.sheet, file, notes)
  const merges = declared.heading_rows.length > 1 ? await mergesOf(bytes, sheet) : []
  const count = { physical_lines: 0 }
  const serial_dates = book.dateSystem
  return sourceOf(
    textBatches(sheetRows(bytes, sheet, count, notes)),
    {
      format: 'xlsx',
      encoding: null,
      delimiter: null,
      sheet,
      serial_dates,
      notes,
      physicalLines: () => count.physical_lines,
    },
    {
      file_name: file.file_name,
      heading_rows: declared.heading_rows,
      skip_rows: declared.skip_rows,
      footer_starts_with: no_records.footer_starts_with,
      second_headings: no_records.second_headings,
      are_rows_padded: true,
      join: (rows) => joinHeadings(rows, merges),
    },
  )
}

/** Names of the sheets that are not hidden. */
export async function visibleSheets(file: ExportFile): Promise<readonly string[]> {
  const { sheets } = await sheetsOf(await workbookBytes(file), file)
  return sheets.filter((sheet) => !sheet.hidden).map((sheet) => sheet.name)
}

interface SheetInfo {
  name: string
  hidden: boolean
}

async function workbookBytes(file: ExportFile): Promise<Buffer> {
  if (file.n_bytes > LARGEST_BYTES) throw refused(file.file_name, 'is a workbook of more than 256 MiB. Save it as CSV.')
  const parts: Buffer[] = []
  for await (const chunk of file.chunks()) parts.push(Buffer.from(chunk))
  const bytes = Buffer.concat(parts)
  await refuseUnsafeWorkbook(bytes, file.file_name)
  return bytes
}

async function sheetsOf(
  bytes: Buffer,
  file: ExportFile,
): Promise<{ sheets: SheetInfo[]; dateSystem: '1900' | '1904' }> {
  const { readXlsx } = await import('hucre/xlsx')
  const sheets: SheetInfo[] = []
  try {
    const book = await readXlsx(bytes, {
      sheets: (info) => {
        sheets.push({ name: info.name, hidden: info.hidden === true || info.veryHidden === true })
        return false
      },
    })
    return { sheets, dateSystem: book.dateSystem ?? '1900' }
  } catch {
    throw refused(file.file_name, 'cannot be read as a workbook. Open it in Excel and save it again as .xlsx.')
  }
}

function chooseSheet(
  sheets: readonly SheetInfo[],
  asked: string | undefined,
  file: ExportFile,
  notes: string[],
): string {
  const hidden = sheets.filter((sheet) => sheet.hidden)
  const same = (name: string) => name.trim().toLowerCase() === asked?.trim().toLowerCase()
  const chosen =
    asked === undefined ? (sheets.find((sheet) => !sheet.hidden) ?? sheets[0]) : sheets.find((it) => same(it.name))
  if (chosen === undefined) {
    const names = sheets.map((sheet) => `"${sheet.name}"`).join(', ')
    throw refused(file.file_name, `has no sheet "${asked ?? ''}", which the profile names. It has: ${names}.`)
  }
  if (chosen.hidden) notes.push('The sheet that was read is hidden in the workbook.')
  const others = hidden.length - (chosen.hidden ? 1 : 0)
  if (others > 0) notes.push(`The workbook has ${others} more hidden ${others === 1 ? 'sheet' : 'sheets'}, not read.`)
  const unread = sheets.length - hidden.length - (chosen.hidden ? 0 : 1)
  if (unread > 0 && asked === undefined) {
    notes.push(`The first sheet, "${chosen.name}", was read; ${unread} more ${unread === 1 ? 'was' : 'were'} not.`)
  }
  return chosen.name
}

async function mergesOf(bytes: Buffer, sheet: string): Promise<readonly MergeRange[]> {
  const { readXlsx } = await import('hucre/xlsx')
  const book = await readXlsx(bytes, { sheets: [sheet] })
  return book.sheets[0]?.merges ?? []
}

async function* sheetRows(
  bytes: Buffer,
  sheet: string,
  count: { physical_lines: number },
  notes: string[],
): AsyncGenerator<TextRow> {
  const { streamXlsxRows } = await import('hucre/xlsx')
  const options = { sheet }
  for await (const row of streamXlsxRows(bytes, options)) {
    count.physical_lines = row.index + 1
    yield { row_number: row.index + 1, line_count: 1, cells: row.values.map(textOf) }
  }
  if (count.physical_lines >= FULL_SHEET) notes.push('The sheet is full: check that the export was not cut off.')
}

/** A merged heading stands over every column it covers; a part that repeats the one above it is not said twice. */
function joinHeadings(rows: readonly TextRow[], merges: readonly MergeRange[]): string[] {
  const width = Math.max(...rows.map((row) => row.cells.length))
  const grid = new Map(rows.map((row) => [row.row_number, Array.from({ length: width }, (_, i) => row.cells[i] ?? '')]))
  for (const { startRow, endRow, startCol, endCol } of merges) {
    const text = grid.get(startRow + 1)?.[startCol]
    if (text === undefined) continue
    for (let row = startRow; row <= endRow; row++) grid.get(row + 1)?.fill(text, startCol, endCol + 1)
  }
  const lines = [...grid.values()]
  return Array.from({ length: width }, (_, column) => {
    const parts = lines.map((line) => (line[column] ?? '').trim()).filter((part) => part !== '')
    return parts.filter((part, index) => part !== parts[index - 1]).join(' / ')
  })
}

/** A cell as text, losing nothing: whole numbers keep every digit, dates become YYYY-MM-DD, with a time where there is one. */
function textOf(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'number') return numberText(value)
  return value instanceof Date ? dateText(value) : String(value)
}

/** Excel keeps 15 significant digits: 12.3 may be stored as 12.300000000000001. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : '#NUM!'
  return String(Number(value.toPrecision(15)))
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '#NUM!'
  const iso = value.toISOString()
  const time = iso.slice(11, 19)
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`
}
