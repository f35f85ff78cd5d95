import { type Cells, type Row, TextCells, textsOf } from './cells.ts'
import { normaliseHeading } from './headings.ts'
import { refused } from './refused.ts'

/** What a team has sent back about one row of its file. */
export interface RowCorrection {
  /** The key that the sheet names the row by: see `rowKey`. */
  readonly row_key: string
  /** The right text of each column, by its heading as `normaliseHeading` gives it; '' makes the cell blank. */
  readonly cells: ReadonlyMap<string, string>
  /** The team says that the row is to be ignored. */
  readonly is_left_out: boolean
  /** The sheet and line where it says so, for messages. */
  readonly said_in: string
}

/** Of one file and sheet, by the number of the row. */
export type Corrections = ReadonlyMap<number, RowCorrection>

/** A corrected row's cells as the file holds them. */
export interface AsRead {
  readonly cells: Cells
  readonly correction: RowCorrection
}

/** The name of a row in a sheet: its keyed fingerprint, after a letter that keeps a spreadsheet from taking it for a number or a sum. */
export function rowKey(row_hash: string): string {
  return `r${row_hash}`
}

interface Place {
  readonly file_name: string
  readonly headings: readonly string[]
  /** The row with a cell under each heading, as far as its format allows. */
  fit(row: Row): Row
}

/** Puts the right texts into the cells of the rows they are for. @throws OperatorError where a row or column cannot be corrected so. */
export function corrector(corrections: Corrections | undefined, place: Place): ((row: Row) => Row) | null {
  if (corrections === undefined) return null
  return (row) => {
    const correction = corrections.get(row.row_number)
    if (correction === undefined) return row
    const texts = textsOf((row.fault === undefined ? place.fit(row) : row).cells)
    const as_read = { cells: new TextCells(texts), correction }
    if (correction.is_left_out) return { ...row, cells: as_read.cells, as_read }
    if (row.fault !== undefined || texts.length < place.headings.length) throw wholeRow(correction, place)
    return { ...row, cells: new TextCells(correctedTexts(texts, correction, place)), as_read }
  }
}

function correctedTexts(texts: readonly string[], correction: RowCorrection, place: Place): string[] {
  const corrected = [...texts]
  for (const [heading, text] of correction.cells) corrected[positionOf(heading, correction, place)] = text
  return corrected
}

function positionOf(heading: string, { said_in }: RowCorrection, { headings, file_name }: Place): number {
  const positions = headings.flatMap((each, at) => (normaliseHeading(each) === heading ? [at] : []))
  const [only, another] = positions
  if (only !== undefined && another === undefined) return only
  throw refused(
    said_in,
    `names a column that ${file_name} ${only === undefined ? 'does not have' : 'has more than once'}. Write the heading as it stands in that file.`,
  )
}

function wholeRow({ said_in }: RowCorrection, { file_name }: Place) {
  return refused(
    said_in,
    `corrects a cell of a row of ${file_name} that could not be read as a whole. Have the file exported again, or write "leave out".`,
  )
}

/** Every correction has to be for a record of the file. */
export function refuseUnmet(corrections: Corrections, met: ReadonlySet<number>, file_name: string): void {
  for (const [row_number, { said_in }] of corrections) {
    if (met.has(row_number)) continue
    throw refused(
      said_in,
      `is about row ${row_number} of ${file_name}, which would be no record. If the row is to be ignored, write "leave out".`,
    )
  }
}

/** The sheet was made from another row than the one that stands there. */
export function otherRow({ said_in }: RowCorrection, row_number: number, file_name: string) {
  return refused(
    said_in,
    `does not have the row key of row ${row_number} of ${file_name}. Take the sheet that "outcomes quarantine --export" wrote, and leave its keys and row numbers as they are.`,
  )
}
