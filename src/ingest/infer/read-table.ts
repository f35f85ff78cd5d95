import { OperatorError } from '../../domain/operator-error.ts'
import { textsOf } from '../cells.ts'
import type { ExportFile } from '../examine-file.ts'
import { openSource } from '../open-source.ts'
import { type Profile, profileSchema } from '../profile.ts'
import { ColumnCounter, type ColumnFacts } from './column-facts.ts'
import { type Footer, findFooter } from './find-footers.ts'
import { type FoundLayout, findLayout, type GridRow } from './find-layout.ts'

/** How a file is opened: the part of a profile that says where the cells are. */
export type Opening = Pick<Profile, 'reads' | 'csv' | 'xlsx' | 'fhir' | 'footer_starts_with'>

/** One sheet, read with its headings found. Rows beyond the first 20,000 count towards the facts only. */
export interface Table {
  readonly file_name: string
  readonly opening: Opening
  readonly sheet: string
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly layout: FoundLayout
  readonly serial_dates: '1900' | '1904' | null
  /** Words of the file's name, the sheet's name and the lines above the headings. */
  readonly title: string
  readonly headings: readonly string[]
  readonly columns: readonly ColumnFacts[]
  /** Cells without surrounding space; words that stand for nothing are ''. */
  readonly rows: readonly (readonly string[])[]
  readonly n_rows: number
  /** Rows with more or fewer cells than there are headings; in no fact. */
  readonly n_ragged: number
}

const MOST_ROWS = 20_000
const ROWS_TO_LOOK_AT = 120
const DELIMITERS = [',', ';', '\t', '|'] as const

/** The first rows of a sheet, as they stand. */
export interface Grid {
  readonly opening: Opening
  readonly rows: readonly GridRow[]
}

/** Reads a sheet's first rows, choosing the delimiter that parts the most of them into the same number of cells. */
export async function readGrid(file: ExportFile, sheet: string | undefined): Promise<Grid> {
  if (file.kind !== 'csv') return firstRows(file, openingOf(file, sheet))
  const grids: Grid[] = []
  for (const delimiter of DELIMITERS) {
    const opening = openingOf(file, undefined)
    grids.push(await firstRows(file, { ...opening, csv: { ...opening.csv, delimiter } }))
  }
  return grids.reduce((best, grid) => (evenness(grid.rows) > evenness(best.rows) ? grid : best))
}

/** Reads a whole sheet with its headings; null where no row can be headings. */
export async function readTable(file: ExportFile, grid: Grid, sheet: string | undefined): Promise<Table | null> {
  const layout = file.kind === 'json' || file.kind === 'fhir' ? KEYS : findLayout(grid.rows, file.kind === 'xlsx')
  if (layout === null) return null
  const above = grid.rows.filter(({ row_number }) => row_number < Math.min(...layout.heading_rows))
  const opening = withLayout(grid.opening, layout)
  const source = await openSource(file, { profile: 'inspect', ...opening })
  const counters = source.headings.map((heading, index) => new ColumnCounter(index, heading))
  const rows: (readonly string[])[] = []
  const footers: Footer[] = []
  let n_rows = 0
  let n_ragged = 0
  for await (const { cells } of source.records) {
    const texts = textsOf(cells).map((text) => text.trim())
    const footer = findFooter(texts, counters.length)
    if (footer !== null) footers.push(footer)
    else if (texts.length !== counters.length) n_ragged++
    else {
      n_rows++
      for (const [index, counter] of counters.entries()) counter.add(texts[index] as string)
      if (rows.length < MOST_ROWS) rows.push(texts)
    }
  }
  const footer_starts_with = [...new Set(footers.map(({ starts_with }) => starts_with))]
  return {
    file_name: file.file_name,
    opening: { ...opening, footer_starts_with: withoutRecords(footer_starts_with, rows) },
    sheet: source.sheet,
    encoding: source.encoding,
    delimiter: source.delimiter,
    serial_dates: source.serial_dates,
    layout,
    title: [file.file_name, sheet ?? source.sheet, ...above.flatMap(({ cells }) => cells)].join(' · '),
    headings: source.headings,
    columns: counters.map((counter) => counter.facts()),
    rows,
    n_rows,
    n_ragged,
  }
}

const KEYS: FoundLayout = { heading_rows: [], skip_rows: 0, evidence: ['the headings are the names of the fields'] }

function openingOf({ kind }: ExportFile, sheet: string | undefined): Opening {
  const { reads, csv, xlsx, fhir, footer_starts_with } = profileSchema.parse({
    profile: 'inspect',
    title: 'a file looked at',
    reads: kind,
    xlsx: sheet === undefined ? {} : { sheet },
    date_order: 'ymd',
    yields: [{ kind: 'person' }],
  })
  return { reads, csv, xlsx, fhir, footer_starts_with }
}

function withLayout(opening: Opening, { heading_rows, skip_rows }: FoundLayout): Opening {
  if (opening.reads === 'csv') {
    return { ...opening, csv: { ...opening.csv, heading_row: heading_rows.at(-1) as number, skip_rows } }
  }
  return opening.reads === 'xlsx'
    ? { ...opening, xlsx: { ...opening.xlsx, heading_rows: [...heading_rows], skip_rows } }
    : opening
}

/** Rows above the headings may be anything, so the first row that opens is where reading starts. */
async function firstRows(file: ExportFile, opening: Opening): Promise<Grid> {
  for (let first = 1; first <= 20; first++) {
    try {
      return { opening, rows: await rowsFrom(file, opening, first) }
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      if (first === 20 || file.kind === 'json' || file.kind === 'fhir') throw error
    }
  }
  return { opening, rows: [] }
}

async function rowsFrom(file: ExportFile, opening: Opening, first: number): Promise<readonly GridRow[]> {
  const source = await openSource(file, {
    profile: 'inspect',
    ...opening,
    csv: { ...opening.csv, heading_row: first },
    xlsx: { ...opening.xlsx, heading_rows: [first] },
  })
  const rows: GridRow[] = [{ row_number: first, cells: source.headings }]
  for await (const row of source.records) {
    rows.push({ row_number: row.row_number, cells: withoutTrailingBlanks(textsOf(row.cells)) })
    if (rows.length >= ROWS_TO_LOOK_AT) break
  }
  await source.close()
  // A line that names the delimiter is counted in the file's row numbers, and not in the profile's.
  const shift = source.notes().some((note) => note.startsWith('The first line names the delimiter')) ? 1 : 0
  return rows.map((row, at) => (at === 0 ? row : { ...row, row_number: row.row_number - shift }))
}

function withoutTrailingBlanks(cells: readonly string[]): readonly string[] {
  let end = cells.length
  while (end > 0 && (cells[end - 1] as string).trim() === '') end--
  return cells.slice(0, end)
}

/** Cells that rows of the same width have, over all rows: a delimiter that is none leaves one cell a row. */
function evenness(rows: readonly GridRow[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  return Math.max(0, ...[...counts].map(([width, n]) => ((width - 1) * n) / rows.length))
}

/** A word that also begins a record's first cell would keep that record out. */
function withoutRecords(starts: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const firsts = rows.map((cells) => cells.find((cell) => cell !== '')?.toLowerCase() ?? '')
  return starts.filter((start) => !firsts.some((first) => first.startsWith(start.toLowerCase())))
}
