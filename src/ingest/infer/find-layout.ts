import { looksLikeData } from '../mask.ts'
import { measuresNamed } from './measure-names.ts'
import { listed, wordsOf } from './words.ts'

/** A row as it stands in the file. */
export interface GridRow {
  readonly row_number: number
  readonly cells: readonly string[]
}

/** Where the headings of a sheet are. */
export interface FoundLayout {
  /** Several where a row of group headings stands above the headings. */
  readonly heading_rows: readonly number[]
  /** Rows right below the headings that are no records. */
  readonly skip_rows: number
  readonly evidence: readonly string[]
}

const MOST_ROWS_ABOVE = 40

/** Finds the headings among a sheet's first rows (blank ones left out); null where no row can be them. */
export function findLayout(rows: readonly GridRow[], canJoin: boolean): FoundLayout | null {
  const width = usualWidth(rows)
  const found = mainHeading(rows, width)
  if (found === null) return null
  const { at, below } = found
  const main = rows[at] as GridRow
  const above = rows[at - 1]
  const isGrouped = canJoin && above !== undefined && isGroupRow(above, main)
  const evidence = [
    at === 0
      ? `the headings are in row ${main.row_number}`
      : `the headings are in row ${main.row_number}: the first row that names ${width} columns with records below it`,
  ]
  if (below > 0) {
    const numbers = rows.slice(at + 1, at + 1 + below).map(({ row_number }) => String(row_number))
    evidence.push(
      `row ${listed(numbers)} below them holds words where every record holds numbers and dates, so it is no record`,
    )
  }
  if (isGrouped) evidence.push(`row ${above.row_number} holds headings of groups of columns`)
  return {
    heading_rows: isGrouped ? [above.row_number, main.row_number] : [main.row_number],
    skip_rows: below,
    evidence,
  }
}

function filled(row: GridRow): string[] {
  return row.cells.filter((cell) => cell.trim() !== '')
}

/** The width that most rows have, judged by the rows with two cells or more. */
function usualWidth(rows: readonly GridRow[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of rows) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])
  return best?.[0] ?? 1
}

function isData(cell: string): boolean {
  const text = cell.trim()
  return /^[-+]?\d/.test(text) ? looksLikeData(text) || /^\d{1,2}[ -][a-z]{3}/i.test(text) : looksLikeData(text)
}

function dataShare(row: GridRow): number {
  const texts = filled(row)
  return texts.length === 0 ? 0 : texts.filter(isData).length / texts.length
}

interface MainHeading {
  readonly at: number
  readonly below: number
}

/** Of the rows that could be headings: the one whose cells name the most things we know, else the first. */
function mainHeading(rows: readonly GridRow[], width: number): MainHeading | null {
  const first = rows.findIndex(
    (row, at) => at < MOST_ROWS_ABOVE && isHeadingLike(row, width) && hasRecordsBelow(rows, at, width),
  )
  if (first < 0) return null
  let last = first
  while (last < rows.length - 1 && isNoRecord(rows, last + 1, width)) last++
  const candidates = rows.slice(first, last + 1)
  const best = candidates.reduce((a, b, at) => (known(b) > known(candidates[a] as GridRow) ? at : a), 0)
  return { at: first + best, below: candidates.length - 1 - best }
}

function isHeadingLike(row: GridRow, width: number): boolean {
  const texts = filled(row)
  return texts.length >= Math.max(2, width * 0.7) && dataShare(row) < 0.15 && new Set(texts).size >= texts.length * 0.5
}

function hasRecordsBelow(rows: readonly GridRow[], at: number, width: number): boolean {
  const next = rows.slice(at + 1, at + 21)
  const records = next.filter((row) => row.cells.length >= width * 0.6 && dataShare(row) >= 0.15)
  return next.length === 0 || records.length >= Math.min(next.length, Math.max(1, next.length * 0.4))
}

/** A row right below a heading is no record where it has words in columns that hold numbers and dates in every later row. */
function isNoRecord(rows: readonly GridRow[], at: number, width: number): boolean {
  const row = rows[at] as GridRow
  if (!isHeadingLike(row, width * 0.7)) return false
  const later = rows.slice(at + 1).filter((it) => dataShare(it) >= 0.15)
  if (later.length === 0) return false
  const dataColumns = Array.from({ length: width }, (_, column) => column).filter((column) => {
    const cells = later.map((it) => it.cells[column]?.trim() ?? '').filter((cell) => cell !== '')
    return cells.length >= 1 && cells.filter(isData).length >= cells.length * 0.9
  })
  const words = dataColumns.filter(
    (column) => /[a-z]{2}/i.test(row.cells[column] ?? '') && !isData(row.cells[column] ?? ''),
  )
  return words.length >= Math.max(2, dataColumns.length * 0.5)
}

/** How many cells name a thing that an export of outcomes has. Long texts are questions, not headings. */
function known(row: GridRow): number {
  const texts = filled(row)
  const named = texts.filter((cell) => {
    const words = wordsOf(cell)
    return cell.length <= 60 && (KNOWN.test(words) || measuresNamed(words).length > 0)
  })
  return named.length
}

const KNOWN =
  /\b(id|nhs|number|no|date|dob|total|score|patient|client|person|team|service|gender|postcode|item \d+|q \d+|q\d+)\b/

/** Few cells, not the first alone, above a row that names more. */
function isGroupRow(above: GridRow, main: GridRow): boolean {
  if (above.row_number !== main.row_number - 1) return false
  const positions = above.cells.flatMap((cell, index) => (cell.trim() === '' ? [] : [index]))
  return positions.some((index) => index > 0) && positions.length < filled(main).length && dataShare(above) === 0
}
