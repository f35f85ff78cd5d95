import { EXIT, OperatorError } from '../domain/operator-error.ts'
import type { Issue } from './issues.ts'

/** A row's cells as text. An array of strings is one; a reader may also cut each cell out only when it is asked for. */
export interface Cells {
  readonly length: number
  /** Positions count from 0; none is negative. */
  at(index: number): string | undefined
}

/** A row as it stands in the file, before anyone has said what it means. */
export interface RawRow {
  /** The number a spreadsheet or editor shows beside the row's first line; 1 is the first. */
  readonly row_number: number
  readonly line_count: number
  readonly cells: Cells
  /** Set where the record could not be taken apart at all: it is held back for this, and its cells are never read. */
  readonly fault?: Issue
}

export interface CsvOptions {
  readonly file_name: string
  readonly delimiter: string
  /** Lines before this one are read whole, as one cell: a report's title may hold a lone quote. */
  readonly heading_row: number
  /** Counted apart from the rows, so that the two can be checked against each other. */
  readonly count: { physical_lines: number }
}

const LONGEST_FIELD = 1 << 20
const MOST_CELLS = 2000

/**
 * Rows of delimited text by RFC 4180, as exports really write it: any line end, quotes anywhere at a field's start, line ends
 * and doubled quotes inside them, text after a closing quote kept. Refuses a quote that is never closed.
 */
export async function* csvRows(
  chunks: Iterable<string> | AsyncIterable<string>,
  options: CsvOptions,
): AsyncGenerator<RawRow> {
  const delimiter = options.delimiter.charCodeAt(0)
  let state = 'start' as 'start' | 'plain' | 'quoted' | 'quote_seen'
  let cells: string[] = []
  let field = ''
  let line = 1
  let rowLine = 1
  let quoteLine = 1
  let afterReturn = false
  let hasText = false

  const endField = () => {
    if (cells.length >= MOST_CELLS) throw refusedAt(options, rowLine, `has more than ${MOST_CELLS} cells`)
    if (field.length > LONGEST_FIELD) throw refusedAt(options, rowLine, fieldTooLong(false, quoteLine))
    cells.push(field)
    field = ''
    state = 'start'
  }
  const endRow = (): RawRow => {
    endField()
    const row = { row_number: rowLine, line_count: line - rowLine + 1, cells }
    cells = []
    rowLine = line + 1
    hasText = false
    return row
  }

  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const char = chunk.charCodeAt(at)
      const isLineFeedOfPair = afterReturn && char === LINE_FEED
      afterReturn = false
      if (state === 'quoted') {
        if (char === QUOTE) {
          field += chunk.slice(from, at)
          state = 'quote_seen'
        } else if (char === RETURN || (char === LINE_FEED && !isLineFeedOfPair)) {
          afterReturn = char === RETURN
          line++
        }
        continue
      }
      if (isLineFeedOfPair) {
        from = at + 1
        continue
      }
      hasText = true
      if (char === RETURN || char === LINE_FEED) {
        if (state === 'plain') field += chunk.slice(from, at)
        yield endRow()
        afterReturn = char === RETURN
        line++
        from = at + 1
      } else if (line < options.heading_row) {
        if (state === 'start') from = at
        state = 'plain'
      } else if (char === delimiter) {
        if (state === 'plain') field += chunk.slice(from, at)
        endField()
      } else if (state === 'start' && char === QUOTE) {
        state = 'quoted'
        quoteLine = line
        from = at + 1
      } else if (state === 'quote_seen' && char === QUOTE) {
        field += '"'
        state = 'quoted'
        from = at + 1
      } else if (state !== 'plain') {
        state = 'plain'
        from = at
      }
    }
    if (state === 'plain' || state === 'quoted') field += chunk.slice(from)
    if (field.length > LONGEST_FIELD) throw refusedAt(options, rowLine, fieldTooLong(state === 'quoted', quoteLine))
  }
  if (state === 'quoted') throw refusedAt(options, quoteLine, UNCLOSED)
  if (hasText) yield endRow()
  else line--
  options.count.physical_lines = line
}

const QUOTE = 34
const LINE_FEED = 10
const RETURN = 13
const UNCLOSED = 'opens a quotation mark that is never closed, so the rows after it cannot be told apart'

function fieldTooLong(isQuoted: boolean, quoteLine: number): string {
  return isQuoted
    ? `has a cell of more than 1 MiB, opened by a quotation mark on line ${quoteLine}`
    : 'has a cell of more than 1 MiB'
}

function refusedAt(options: CsvOptions, line: number, what: string): OperatorError {
  return new OperatorError(
    `${options.file_name}: line ${line} ${what}. Nothing was loaded. Export the file again, or put that line right.`,
    EXIT.input_refused,
  )
}
