import type { Cells, RawRow } from './csv-rows.ts'
import { type FileKind, refused } from './examine-file.ts'
import type { LineCounts } from './reading.ts'

/** An export opened: its headings, and its records one by one. `lines()` and `notes()` are whole once the records are walked. */
export interface Source {
  readonly format: FileKind
  readonly encoding: string | null
  readonly delimiter: string | null
  /** '' where the format has none. */
  readonly sheet: string
  readonly headings: readonly string[]
  /** Set where a bare number in a date column may be a spreadsheet's day number. */
  readonly serial_dates: '1900' | '1904' | null
  readonly records: AsyncIterable<RawRow>
  lines(): Readonly<LineCounts>
  notes(): readonly string[]
  /** Lets go of the file; needed only where the records are not walked to their end. */
  close(): Promise<void>
}

export interface Layout {
  readonly file_name: string
  /** Rows that together make the headings. */
  readonly heading_rows: readonly number[]
  readonly footer_starts_with: readonly string[]
  /** A row shorter than the headings is whole: blank cells at its end are not written in this format. */
  readonly are_rows_padded: boolean
  /** Rows right below the headings that are no records, blank ones not counted. */
  readonly skip_rows: number
  /** Turns the heading rows into headings; left out: the one row as it is. */
  readonly join?: (rows: readonly RawRow[]) => string[]
}

export type SourceFacts = Pick<Source, 'format' | 'encoding' | 'delimiter' | 'sheet' | 'serial_dates'> & {
  notes: string[]
  /** Counted by the reader itself; asked when the rows are walked. */
  physicalLines: () => number
}

/** Finds the headings, then sorts every other row: record, blank, repeated heading, footer. */
export async function sourceOf(rows: AsyncIterator<RawRow>, facts: SourceFacts, layout: Layout): Promise<Source> {
  const counts: LineCounts = { physical_lines: 0, heading_lines: 0, blank_lines: 0, other_lines: 0, record_lines: 0 }
  const headings = await findHeadings(rows, counts, layout)
  return {
    ...facts,
    headings,
    records: records(rows, headings, counts, layout),
    lines: () => ({ ...counts, physical_lines: facts.physicalLines() }),
    notes: () => facts.notes,
    close: async () => {
      await rows.return?.()
    },
  }
}

async function findHeadings(
  rows: AsyncIterator<RawRow>,
  counts: LineCounts,
  layout: Layout,
): Promise<readonly string[]> {
  const last = Math.max(...layout.heading_rows)
  const found: RawRow[] = []
  let next = 1
  for (;;) {
    const { value: row, done } = await rows.next()
    if (done === true || row.row_number > last) throw noHeadings(layout, last)
    counts.blank_lines += Math.max(0, row.row_number - next)
    next = row.row_number + row.line_count
    if (layout.heading_rows.includes(row.row_number)) {
      counts.heading_lines += row.line_count
      found.push(row)
    } else if (isBlank(row)) counts.blank_lines += row.line_count
    else counts.other_lines += row.line_count
    if (row.row_number >= last || next > last) break
  }
  const [first] = found
  if (first === undefined || found.every(isBlank)) throw noHeadings(layout, last)
  return withoutTrailingBlanks(layout.join === undefined ? textsOf(first.cells) : layout.join(found))
}

async function* records(
  rows: AsyncIterator<RawRow>,
  headings: readonly string[],
  counts: LineCounts,
  layout: Layout,
): AsyncGenerator<RawRow> {
  let next = counts.heading_lines + counts.blank_lines + counts.other_lines + 1
  let toSkip = layout.skip_rows
  for (;;) {
    const { value: row, done } = await rows.next()
    if (done === true) return
    counts.blank_lines += Math.max(0, row.row_number - next)
    next = row.row_number + row.line_count
    if (row.fault !== undefined) {
      counts.record_lines += row.line_count
      yield row
    } else if (isBlank(row)) counts.blank_lines += row.line_count
    else if (toSkip > 0) {
      toSkip--
      counts.other_lines += row.line_count
    } else if (isRepeated(row.cells, headings)) counts.heading_lines += row.line_count
    else if (isFooter(row, layout.footer_starts_with)) counts.other_lines += row.line_count
    else {
      counts.record_lines += row.line_count
      yield fitted(row, headings.length, layout.are_rows_padded)
    }
  }
}

/** Blank cells beyond the headings say nothing; a missing one at a padded row's end is blank. */
function fitted(row: RawRow, width: number, arePadded: boolean): RawRow {
  if (row.cells.length === width) return row
  const cells = row.cells.length > width ? [...withoutTrailingBlanks(textsOf(row.cells))] : textsOf(row.cells)
  if (arePadded || row.cells.length > width) while (cells.length < width) cells.push('')
  return { ...row, cells }
}

function withoutTrailingBlanks(cells: readonly string[]): readonly string[] {
  let end = cells.length
  while (end > 0 && (cells[end - 1] as string).trim() === '') end--
  return end === cells.length ? cells : cells.slice(0, end)
}

/** True where the cells are the headings again, with nothing but blanks after them. */
function isRepeated(cells: Cells, headings: readonly string[]): boolean {
  for (let i = 0; i < headings.length; i++) if (cells.at(i) !== headings[i]) return false
  return isBlankFrom(cells, headings.length)
}

function isBlank(row: RawRow): boolean {
  return isBlankFrom(row.cells, 0)
}

function isBlankFrom(cells: Cells, from: number): boolean {
  for (let i = from; i < cells.length; i++) if ((cells.at(i) as string).trim() !== '') return false
  return true
}

function textsOf(cells: Cells): string[] {
  return Array.from({ length: cells.length }, (_, i) => cells.at(i) as string)
}

function isFooter(row: RawRow, starts: readonly string[]): boolean {
  if (starts.length === 0) return false
  let first = ''
  for (let i = 0; i < row.cells.length && first === ''; i++) first = (row.cells.at(i) as string).trim().toLowerCase()
  return starts.some((start) => first.startsWith(start.trim().toLowerCase()))
}

function noHeadings(layout: Layout, last: number) {
  return refused(
    layout.file_name,
    `has no headings in row ${last}, where they are expected. If they stand elsewhere, say so in the profile ("heading_row").`,
  )
}
