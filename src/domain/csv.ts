import { EXIT, OperatorError } from './operator-error.ts'

/** One record of a CSV text: its cells as strings, untouched, and the physical line (from 1) on which it starts. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Reads RFC 4180 text: quoted cells may hold commas, line breaks and doubled quotation marks; lines end in LF, CRLF or CR.
 * A byte order mark is dropped, empty lines are left out, and no cell is trimmed or turned into a number.
 * @throws OperatorError (input refused) naming the line of a quotation mark that is never closed, or is followed by text.
 */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = []
  const scan = { text: text.replace(/\r\n?/g, '\n'), at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 }
  while (scan.at < scan.text.length) {
    const line = scan.line
    const cells = readRecord(scan)
    if (cells.length > 1 || cells[0] !== '') records.push({ line, cells })
  }
  return records
}

interface Scan {
  readonly text: string
  at: number
  line: number
}

function readRecord(scan: Scan): string[] {
  const cells: string[] = []
  for (;;) {
    cells.push(scan.text[scan.at] === '"' ? readQuoted(scan) : readPlain(scan))
    const end = scan.text[scan.at]
    scan.at += 1
    if (end !== ',') {
      scan.line += 1
      return cells
    }
  }
}

function readPlain(scan: Scan): string {
  const start = scan.at
  while (scan.at < scan.text.length && scan.text[scan.at] !== ',' && scan.text[scan.at] !== '\n') scan.at += 1
  return scan.text.slice(start, scan.at)
}

function readQuoted(scan: Scan): string {
  const opened = scan.line
  let cell = ''
  for (;;) {
    const close = scan.text.indexOf('"', scan.at + 1)
    if (close === -1) throw broken(opened, 'a quotation mark is opened and never closed')
    const part = scan.text.slice(scan.at + 1, close)
    cell += part
    scan.line += part.split('\n').length - 1
    scan.at = close + 1
    const next = scan.text[scan.at]
    if (next === undefined || next === ',' || next === '\n') return cell
    if (next !== '"') throw broken(scan.line, 'text follows a closing quotation mark')
    cell += '"'
  }
}

function broken(line: number, what: string): OperatorError {
  return new OperatorError(`This is not a readable CSV file: line ${line}: ${what}.`, EXIT.input_refused)
}
