import { type CsvRecord, readCsv } from '../src/domain/csv.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'

/** What a column must hold. A blank is allowed only where it says so; a number is never guessed from other text. */
export interface NumberColumn {
  readonly name: string
  readonly is_whole?: boolean
  readonly at_least?: number
  readonly may_be_blank?: boolean
  /** The file need not have the column: its values are then all absent. */
  readonly may_be_absent?: boolean
  /** Also as a program writes very small numbers: 2.5e-05. */
  readonly may_have_exponent?: boolean
}

/** The column that names a row, of which each value stands once, and what a row is. */
export interface KeyColumn {
  readonly name: 'person_id' | 'date' | 'unit' | 'draw'
  readonly one_row_per: string
  /** Each value stands once for every value of this column, which no row may leave blank. */
  readonly within?: 'strategy'
}

const PERSON: KeyColumn = { name: 'person_id', one_row_per: 'person' }

export interface AnalysisRow {
  readonly key: string
  /** The row's number in the file, the heading being row 1. */
  readonly row: number
  readonly values: Readonly<Record<string, number | null>>
  /** Of the column `group`, or of the one that the key stands within. */
  readonly group: string | null
}

/** Faults listed before the rest are only counted. */
const LISTED = 20

/**
 * Reads an analysis-ready CSV: one row per `person_id` (or another key), the given number columns, and `group` where there is one. Headings
 * match without case or surrounding space; other columns are left alone.
 * @throws OperatorError (input refused) naming row and column of every fault, and never a value.
 */
export function readAnalysisFile(
  file: string,
  text: string,
  columns: readonly NumberColumn[],
  key: KeyColumn = PERSON,
): AnalysisRow[] {
  const [heading, ...records] = parsed(file, text)
  if (heading === undefined) throw refusal(file, ['it is empty: the first row must hold the column names'])
  const names = heading.cells.map((cell) => cell.trim().toLowerCase())
  const at = columnPositions(file, names, columns, key)
  if (records.length === 0) throw refusal(file, ['it has column names and no rows'])
  const faults: string[] = []
  const rows = records.map((record) => readRow(record, { names, at, columns, key, faults }))
  faults.push(...repeatedKeys(records, at, key))
  if (faults.length > 0) throw refusal(file, faults)
  return rows
}

interface Reading {
  readonly names: readonly string[]
  readonly at: ReadonlyMap<string, number>
  readonly columns: readonly NumberColumn[]
  readonly key: KeyColumn
  readonly faults: string[]
}

function readRow(record: CsvRecord, { names, at, columns, key, faults }: Reading): AnalysisRow {
  const cell = (name: string) => (record.cells[at.get(name) ?? -1] ?? '').trim()
  const fault = (what: string) => faults.push(`row ${record.line}${what}`)
  if (record.cells.length > names.length) {
    fault(`: has ${record.cells.length} cells where the heading has ${names.length}`)
  }
  for (const name of namesOf(key)) if (cell(name) === '') fault(`, column ${name}: is blank`)
  const values = columns.map((column) => {
    const text = cell(column.name)
    const what = faultOf(text, column)
    if (what !== null) fault(`, column ${column.name}: ${what}`)
    return [column.name, text === '' || what !== null ? null : Number(text)] as const
  })
  return {
    row: record.line,
    key: cell(key.name),
    values: Object.fromEntries(values),
    group: cell(key.within ?? 'group') || null,
  }
}

function namesOf({ name, within }: KeyColumn): string[] {
  return within === undefined ? [name] : [within, name]
}

function faultOf(text: string, { is_whole, at_least, may_be_blank, may_have_exponent }: NumberColumn): string | null {
  if (text === '') return may_be_blank === true ? null : 'is blank'
  // Number('0x2') is 2 and Number('1e3') is 1000: digits only, checked before converting.
  const digits = may_have_exponent === true ? /^-?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i : /^-?\d+(\.\d+)?$/
  if (!digits.test(text)) {
    return `is not a number written in digits${may_be_blank === true ? '; leave it blank if it is missing' : ''}`
  }
  if (is_whole === true && !/^-?\d+(\.0+)?$/.test(text)) return 'is not a whole number'
  return at_least !== undefined && Number(text) < at_least ? `is below ${at_least}` : null
}

function columnPositions(file: string, names: readonly string[], columns: readonly NumberColumn[], key: KeyColumn) {
  const wanted: string[] = [...namesOf(key), ...columns.map((column) => column.name)]
  const needed = [...namesOf(key), ...columns.filter((it) => it.may_be_absent !== true).map((it) => it.name)]
  const missing = needed.filter((name) => !names.includes(name))
  const twice = [...wanted, 'group'].filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  const faults = [
    ...missing.map((name) => `row 1: there is no column ${name}; expected ${needed.join(', ')}`),
    ...twice.map((name) => `row 1: the column ${name} is there more than once`),
  ]
  if (faults.length > 0) throw refusal(file, faults)
  return new Map([...wanted, 'group'].map((name) => [name, names.indexOf(name)]))
}

function repeatedKeys(records: readonly CsvRecord[], at: ReadonlyMap<string, number>, key: KeyColumn): string[] {
  const first = new Map<string, number>()
  return records.flatMap(({ line, cells }) => {
    const parts = namesOf(key).map((name) => (cells[at.get(name) as number] ?? '').trim())
    const one = JSON.stringify(parts)
    const earlier = first.get(one)
    if (parts.includes('')) return []
    if (earlier !== undefined)
      return [`row ${line}, column ${key.name}: repeats row ${earlier}; one row per ${key.one_row_per}`]
    first.set(one, line)
    return []
  })
}

function parsed(file: string, text: string): CsvRecord[] {
  try {
    return readCsv(text)
  } catch (error) {
    if (error instanceof OperatorError) throw refusal(file, [error.message])
    throw error
  }
}

/** The whole file is refused: nothing is computed from the rows that would have passed. */
export function refusal(file: string, faults: readonly string[]): OperatorError {
  const listed = faults.slice(0, LISTED).map((fault) => `  ${fault}`)
  const more = faults.length > LISTED ? [`  and ${faults.length - LISTED} more`] : []
  return new OperatorError(
    `${file} cannot be analysed:\n${[...listed, ...more].join('\n')}\nPut this right and run the command again.`,
    EXIT.input_refused,
  )
}
