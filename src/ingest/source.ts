import { type Cells, type Row, TextCells, type TextRow, textsOf } from './cells.ts'
import { type Corrections, corrector } from './corrections.ts'
import { type FileKind, refused } from './examine-file.ts'
import type { Profile } from './profile.ts'
import type { LineCounts } from './reading.ts'
import { NEVER, secondHeadings } from './second-headings.ts'

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
  /** Records as they are read, a chunk of the file at a time; walked once, instead of `records`. A row is good until the next. */
  readonly batches: AsyncIterable<Iterable<Row>>
  /** The same, one by one. */
  readonly records: AsyncIterable<Row>
  lines(): Readonly<LineCounts>
  notes(): readonly string[]
  /** Lets go of the file; needed only where the records are not walked to their end. */
  close(): Promise<void>
}

/** What a profile says of rows that are no records. */
export type NoRecords = Pick<Profile, 'footer_starts_with' | 'second_headings'>

export interface Layout {
  readonly file_name: string
  /** Rows that together make the headings. */
  readonly heading_rows: readonly number[]
  readonly footer_starts_with: readonly string[]
  readonly second_headings?: Profile['second_headings']
  /** A row shorter than the headings is whole: blank cells at its end are not written in this format. */
  readonly are_rows_padded: boolean
  /** Of the file's rows, by their numbers. */
  readonly corrections?: Corrections | undefined
  /** Rows right below the headings that are no records, blank ones not counted. */
  readonly skip_rows: number
  /** Turns the heading rows into headings; left out: the one row as it is. */
  readonly join?: (rows: readonly TextRow[]) => string[]
}

export type SourceFacts = Pick<Source, 'format' | 'encoding' | 'delimiter' | 'sheet' | 'serial_dates'> & {
  notes: string[]
  /** Counted by the reader itself; asked when the rows are walked. */
  physicalLines: () => number
}

/** Finds the headings, then sorts every other row: record, blank, repeated heading, footer. */
export async function sourceOf(
  batches: AsyncIterable<Iterable<Row>>,
  facts: SourceFacts,
  layout: Layout,
): Promise<Source> {
  const counts: LineCounts = { physical_lines: 0, heading_lines: 0, blank_lines: 0, other_lines: 0, record_lines: 0 }
  const rows = new RowStream(batches)
  const headings = await findHeadings(rows, counts, layout)
  const sorted = recordBatches(rows, recordSorter(headings, counts, layout))
  return {
    ...facts,
    headings,
    batches: sorted,
    records: oneByOne(sorted),
    lines: () => ({ ...counts, physical_lines: facts.physicalLines() }),
    notes: () => facts.notes,
    close: () => rows.close(),
  }
}

const ROWS_IN_A_BATCH = 500

/** Rows of a format whose cells come as texts, a few hundred at a time. */
export async function* textBatches(rows: AsyncIterable<TextRow>): AsyncGenerator<Iterable<Row>> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push({ ...row, cells: new TextCells(row.cells) })
    if (batch.length < ROWS_IN_A_BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

/** Rows one by one while the headings are looked for, then what is left of them batch by batch. */
class RowStream {
  readonly #batches: AsyncIterator<Iterable<Row>>
  #batch: Iterator<Row> = [][Symbol.iterator]()

  constructor(batches: AsyncIterable<Iterable<Row>>) {
    this.#batches = batches[Symbol.asyncIterator]()
  }

  async next(): Promise<Row | null> {
    for (;;) {
      const { value, done } = this.#batch.next()
      if (done !== true) return value
      if ((await this.nextBatch()) === null) return null
    }
  }

  /** The rest of a batch begun, first. */
  rest(): Iterator<Row> {
    return this.#batch
  }

  async nextBatch(): Promise<Iterator<Row> | null> {
    const { value, done } = await this.#batches.next()
    if (done === true) return null
    this.#batch = value[Symbol.iterator]()
    return this.#batch
  }

  async close(): Promise<void> {
    await this.#batches.return?.()
  }
}

async function findHeadings(rows: RowStream, counts: LineCounts, layout: Layout): Promise<readonly string[]> {
  const last = Math.max(...layout.heading_rows)
  const found: TextRow[] = []
  let next = 1
  for (;;) {
    const row = await rows.next()
    if (row === null || row.row_number > last) throw noHeadings(layout, last)
    counts.blank_lines += Math.max(0, row.row_number - next)
    next = row.row_number + row.line_count
    if (layout.heading_rows.includes(row.row_number)) {
      counts.heading_lines += row.line_count
      found.push({ row_number: row.row_number, line_count: row.line_count, cells: textsOf(row.cells) })
    } else if (isBlankFrom(row.cells, 0)) counts.blank_lines += row.line_count
    else counts.other_lines += row.line_count
    if (row.row_number >= last || next > last) break
  }
  const [first] = found
  if (first === undefined || found.every(({ cells }) => cells.every((cell) => cell.trim() === ''))) {
    throw noHeadings(layout, last)
  }
  return withoutTrailingBlanks(layout.join === undefined ? first.cells : layout.join(found))
}

type RecordSorter = (rows: Iterator<Row>) => Generator<Row>

async function* recordBatches(rows: RowStream, sort: RecordSorter): AsyncGenerator<Iterable<Row>> {
  for (let batch: Iterator<Row> | null = rows.rest(); batch !== null; batch = await rows.nextBatch()) yield sort(batch)
}

async function* oneByOne(batches: AsyncIterable<Iterable<Row>>): AsyncGenerator<Row> {
  for await (const batch of batches) yield* batch
}

/** Counts every row by what it is, and lets the records through. */
function recordSorter(headings: readonly string[], counts: LineCounts, layout: Layout): RecordSorter {
  let next = counts.heading_lines + counts.blank_lines + counts.other_lines + 1
  let toSkip = layout.skip_rows
  let isSecondHeading = secondHeadings(headings, layout.second_headings)
  const fit = (row: Row) =>
    row.cells.length === headings.length ? row : fitted(row, headings.length, layout.are_rows_padded)
  const correct = corrector(layout.corrections, { file_name: layout.file_name, headings, fit })
  return function* (rows) {
    for (let it = rows.next(); it.done !== true; it = rows.next()) {
      const row = correct === null ? it.value : correct(it.value)
      const { row_number, line_count, cells } = row
      if (row_number > next) counts.blank_lines += row_number - next
      next = row_number + line_count
      if (row.fault !== undefined) {
        counts.record_lines += line_count
        yield row
      } else if (isBlankFrom(cells, 0)) counts.blank_lines += line_count
      else if (toSkip > 0) {
        toSkip--
        counts.other_lines += line_count
      } else if (isRepeated(cells, headings)) counts.heading_lines += line_count
      else if (isFooter(cells, layout.footer_starts_with)) counts.other_lines += line_count
      else if (isSecondHeading(cells)) counts.heading_lines += line_count
      else {
        isSecondHeading = NEVER
        counts.record_lines += line_count
        yield fit(row)
      }
    }
  }
}

/** Blank cells beyond the headings say nothing; a missing one at a padded row's end is blank. */
function fitted(row: Row, width: number, arePadded: boolean): Row {
  const all = textsOf(row.cells)
  const cells = all.length > width ? [...withoutTrailingBlanks(all)] : all
  if (arePadded || all.length > width) while (cells.length < width) cells.push('')
  return { row_number: row.row_number, line_count: row.line_count, cells: new TextCells(cells), as_read: row.as_read }
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

function isBlankFrom(cells: Cells, from: number): boolean {
  for (let i = from; i < cells.length; i++) if (!cells.isBlank(i)) return false
  return true
}

function isFooter(cells: Cells, starts: readonly string[]): boolean {
  if (starts.length === 0) return false
  let first = ''
  for (let i = 0; i < cells.length && first === ''; i++) first = (cells.at(i) as string).trim().toLowerCase()
  return starts.some((start) => first.startsWith(start.trim().toLowerCase()))
}

function noHeadings(layout: Layout, last: number) {
  return refused(
    layout.file_name,
    `has no headings in row ${last}, where they are expected. If they stand elsewhere, say so in the profile ("heading_row").`,
  )
}
