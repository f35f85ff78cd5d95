import { readCsv } from '../domain/csv.ts'
import { type NhsNumber, readNhsNumber } from '../domain/nhs-number.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { codeKey } from './columns.ts'
import { isScientific } from './identifiers.ts'

/** The end of a map: NHS numbers, or the local identifiers of the organisation `provider`. */
export interface MapEnd {
  readonly column: string
  readonly provider?: string | undefined
}

/** What an identifier is pseudonymised from. It goes no further than that. */
export interface Identifier {
  readonly kind: 'nhs_number' | 'local_id'
  readonly canonical: string
}

export interface IdentityMap {
  readonly pairs: readonly (readonly [Identifier, Identifier])[]
  /** Lines on which one end is blank or cannot be an identifier. */
  readonly faulty_lines: readonly number[]
}

/**
 * The NHS numbers of an opt-out list: one a line, with or without a heading, or under the heading `column`.
 * @throws OperatorError (input refused) naming the lines that hold no valid NHS number: a person must not slip through.
 */
export function readOptOutList(text: string, column: string | null, name: string): NhsNumber[] {
  const [first, ...rest] = readCsv(text)
  if (first === undefined) return []
  const at = column === null ? 0 : placeOf(first.cells, column, name)
  const hasHeading = column !== null || !/\d/.test(first.cells[0] ?? '')
  const read = (hasHeading ? rest : [first, ...rest]).map(({ line, cells }) => ({
    line,
    number: readNhsNumber((cells[at] ?? '').replace(/\.0$/, '')),
  }))
  const faulty = read.filter(({ number }) => number === null).map(({ line }) => line)
  if (faulty.length > 0) throw refusal(name, `${lineNumbers(faulty)} no valid NHS number. Ask for the list again`)
  return read.map(({ number }) => number as NhsNumber)
}

/** The pairs of a map, which is a CSV file with a heading for each end. */
export function readIdentityMap(text: string, from: MapEnd, to: MapEnd, name: string): IdentityMap {
  const [headings, ...records] = readCsv(text)
  const places = [from, to].map((end) => placeOf(headings?.cells ?? [], end.column, name))
  const pairs: (readonly [Identifier, Identifier])[] = []
  const faulty_lines: number[] = []
  for (const { line, cells } of records) {
    const [one, other] = [from, to].map((end, nth) => identifier(cells[places[nth] as number] ?? '', end))
    if (one && other) pairs.push([one, other])
    else faulty_lines.push(line)
  }
  return { pairs, faulty_lines }
}

/** `line 3 has`, `lines 3, 4 and 5 more have`: never what stands there. */
export function lineNumbers(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]} has`
  const shown = lines.slice(0, 10).join(', ')
  return `lines ${shown}${lines.length > 10 ? ` and ${lines.length - 10} more` : ''} have`
}

function identifier(cell: string, { provider }: MapEnd): Identifier | null {
  const text = cell.trim().normalize('NFC')
  if (text === '' || isScientific(text)) return null
  if (provider !== undefined) return { kind: 'local_id', canonical: `${provider}:${text}` }
  const number = readNhsNumber(text.replace(/\.0$/, ''))
  return number === null ? null : { kind: 'nhs_number', canonical: number }
}

function placeOf(headings: readonly string[], column: string, name: string): number {
  const at = headings.findIndex((heading) => codeKey(heading) === codeKey(column))
  if (at < 0) throw refusal(name, `there is no column "${column}" in its first line. Correct outcomes.yaml`)
  return at
}

function refusal(name: string, what: string): OperatorError {
  return new OperatorError(`${name}: ${what}. Nothing was changed.`, EXIT.input_refused)
}
