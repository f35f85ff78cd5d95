import { type CsvRecord, readCsv } from '../domain/csv.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'

/** A line of a table the operator may edit: its cells by column name, trimmed. */
export interface TableLine {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** Reads a CSV table that has a heading line with at least the given columns. Column order is free. */
export function readTable(name: string, text: string, columns: readonly string[]): TableLine[] {
  const [heading, ...records] = readCsv(text)
  const names = (heading?.cells ?? []).map((cell) => cell.trim())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) throw tableRefusal(name, [`line 1: the columns ${missing.join(', ')} are missing`])
  const ragged = records.filter((record) => record.cells.length !== names.length)
  if (ragged.length > 0)
    throw tableRefusal(
      name,
      ragged.map((record) => raggedFault(record, names.length)),
    )
  return records.map((record) => ({
    line: record.line,
    cells: Object.fromEntries(names.map((column, i) => [column, (record.cells[i] ?? '').trim()])),
  }))
}

/** All the faults of a table in one message, each with its line. */
export function tableRefusal(name: string, faults: readonly string[]): OperatorError {
  const list = faults.map((fault) => `  ${fault}`).join('\n')
  return new OperatorError(`${name} cannot be used:\n${list}\nCorrect the table and run again.`, EXIT.wrong_usage)
}

function raggedFault(record: CsvRecord, width: number): string {
  return `line ${record.line}: has ${record.cells.length} cells where the heading has ${width}; a comma in a cell needs quotation marks`
}
