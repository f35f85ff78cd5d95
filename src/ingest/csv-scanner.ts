import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { type Cells, copyTexts, type Row, writeLength } from './cells.ts'
import { LIMITS } from './limits.ts'
import type { Remembered } from './remembered.ts'

export interface CsvOptions {
  readonly file_name: string
  readonly delimiter: string
  /** Lines before this one are read whole, as one cell: a report's title may hold a lone quote. */
  readonly heading_row: number
  /** none: a quotation mark is a character like any other. */
  readonly quotes?: 'double' | 'none'
  /** Text of a cell that is not plain ASCII. */
  decode(bytes: Buffer, from: number, to: number): string
}

export const LONGEST_FIELD = LIMITS.cell_characters
export const MOST_CELLS = LIMITS.columns

const QUOTE = 34
const LINE_FEED = 10
const RETURN = 13
/** What a byte means outside quotation marks. */
const PLAIN = 0
const HIGH = 1
const STOP = 2
const NO_BYTES = Buffer.alloc(0)

/**
 * Rows of delimited text by RFC 4180, as exports really write it: any line end, quotes anywhere at a field's start, line ends and
 * doubled quotes inside them, text after a closing quote kept. Refuses a quote that is never closed. Works on bytes of UTF-8 or of a
 * single-byte encoding, where no part of a character looks like a delimiter; a cell becomes text only when it is asked for.
 */
export class CsvScanner {
  readonly #options: CsvOptions
  readonly #delimiter: number
  /** -1, which no byte is, where quotation marks mean nothing. */
  readonly #quote: number
  readonly #kinds = new Uint8Array(256)
  readonly #row: ScannedRow
  #carry: Buffer = NO_BYTES
  #line = 1
  #wasReturn = false

  constructor(options: CsvOptions) {
    this.#options = options
    this.#delimiter = options.delimiter.charCodeAt(0)
    this.#quote = options.quotes === 'none' ? -1 : QUOTE
    this.#kinds.fill(HIGH, 128)
    for (const byte of [this.#delimiter, LINE_FEED, RETURN]) this.#kinds[byte] = STOP
    this.#row = new ScannedRow((bytes, from, to) => options.decode(bytes, from, to))
  }

  /** Lines met so far: the file's own count, once the last bytes are given. */
  get physical_lines(): number {
    return this.#line - 1
  }

  /** The rows that end within these bytes: one object, good until the next. `isLast` lets the file's end stand for a line's. */
  *rows(chunk: Buffer, isLast: boolean): Generator<Row> {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk])
    let at = 0
    while (at < bytes.length) {
      if (this.#wasReturn && bytes[at] === LINE_FEED) at++
      this.#wasReturn = false
      if (at === bytes.length) break
      this.#row.begin(bytes, this.#line)
      const next = this.#scan(bytes, at, isLast)
      if (next < 0) break
      at = next
      yield this.#row
    }
    this.#carry = at === bytes.length ? NO_BYTES : Buffer.from(bytes.subarray(at))
  }

  /** Finds the cells of the row that starts at `at`. Where the next row starts; -1 where this one does not end yet. */
  #scan(bytes: Buffer, at: number, isLast: boolean): number {
    const row = this.#row
    const stop =
      row.row_number < this.#options.heading_row ? this.#scanTitle(bytes, at) : this.#scanCells(bytes, at, isLast)
    if (stop < 0 || (stop === bytes.length && !isLast)) return -1
    this.#wasReturn = bytes[stop] === RETURN
    this.#line += row.line_count
    return Math.min(stop + 1, bytes.length)
  }

  /** The row's end, its cells noted; -1 inside an open quotation mark. The loop that every byte of a file goes through. */
  #scanCells(bytes: Buffer, at: number, isLast: boolean): number {
    const row = this.#row
    const { starts, ends, raw } = row
    const kinds = this.#kinds
    const end = bytes.length
    const delimiter = this.#delimiter
    const quote = this.#quote
    let isAscii = true
    let n = 0
    for (let from = at; ; from++) {
      const isQuoted = bytes[from] === quote
      let stop = isQuoted ? this.#afterQuotes(bytes, from, isLast) : from
      if (stop < 0) return -1
      for (; stop < end; stop++) {
        const kind = kinds[bytes[stop] as number] as number
        if (kind === PLAIN) continue
        if (kind === STOP) break
        isAscii = false
      }
      if (stop - from > LONGEST_FIELD) this.#refuseLong(isQuoted)
      if (n >= MOST_CELLS) throw this.#refusedAt(this.#line, `has more than ${MOST_CELLS} cells`)
      const isSimple = isQuoted && isSimplyQuoted(bytes, from, stop)
      starts[n] = isSimple ? from + 1 : from
      ends[n] = isSimple ? stop - 1 : stop
      raw[n++] = isQuoted && !isSimple ? 1 : 0
      from = stop
      if (bytes[stop] === delimiter && stop < end) continue
      row.length = n
      row.is_ascii &&= isAscii
      return stop
    }
  }

  /** The line's end, the whole of it one cell. */
  #scanTitle(bytes: Buffer, at: number): number {
    const row = this.#row
    let stop = at
    for (; stop < bytes.length && bytes[stop] !== LINE_FEED && bytes[stop] !== RETURN; stop++) {
      if ((bytes[stop] as number) > 127) row.is_ascii = false
    }
    if (stop - at > LONGEST_FIELD) this.#refuseLong(false)
    row.starts[0] = at
    row.ends[0] = stop
    row.raw[0] = 0
    row.length = 1
    return stop
  }

  #afterQuotes(bytes: Buffer, from: number, isLast: boolean): number {
    const row = this.#row
    const quoteLine = row.row_number + row.line_count - 1
    for (let at = from + 1; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) return at + 1
        at++
      } else if (byte === LINE_FEED || (byte === RETURN && bytes[at + 1] !== LINE_FEED)) row.line_count++
      else if (byte > 127) row.is_ascii = false
    }
    if (bytes.length - from > LONGEST_FIELD) this.#refuseLong(true)
    if (isLast) throw this.#refusedAt(quoteLine, UNCLOSED)
    return -1
  }

  #refuseLong(isQuoted: boolean): never {
    const opened = isQuoted ? `, opened by a quotation mark on line ${this.#line}` : ''
    throw this.#refusedAt(this.#line, `has a cell of more than 1 MiB${opened}`)
  }

  #refusedAt(line: number, what: string): OperatorError {
    return new OperatorError(
      `${this.#options.file_name}: line ${line} ${what}. Nothing was loaded. Export the file again, or put that line right.`,
      EXIT.input_refused,
    )
  }
}

const UNCLOSED = 'opens a quotation mark that is never closed, so the rows after it cannot be told apart'

/** One row's place in the bytes; itself its cells, so that a file of millions of rows makes no object a row. */
class ScannedRow implements Row, Cells {
  row_number = 0
  line_count = 1
  length = 0
  is_ascii = true
  readonly starts = new Int32Array(MOST_CELLS)
  readonly ends = new Int32Array(MOST_CELLS)
  /** 1 where the cell still stands with its quotation marks. */
  readonly raw = new Uint8Array(MOST_CELLS)
  #bytes: Buffer = NO_BYTES
  readonly #decode: CsvOptions['decode']

  constructor(decode: CsvOptions['decode']) {
    this.#decode = decode
  }

  get cells(): Cells {
    return this
  }

  begin(bytes: Buffer, line: number): void {
    this.#bytes = bytes
    this.row_number = line
    this.line_count = 1
    this.length = 0
    this.is_ascii = true
  }

  at(index: number): string | undefined {
    if (index < 0 || index >= this.length) return undefined
    const from = this.starts[index] as number
    const to = this.ends[index] as number
    const text = this.is_ascii ? this.#bytes.toString('latin1', from, to) : this.#decode(this.#bytes, from, to)
    return this.raw[index] === 1 ? unquoted(text) : text
  }

  recall<Value>(index: number, memory: Remembered<Value>): Value | undefined {
    if (index >= this.length) return undefined
    if (!this.is_ascii || this.raw[index] === 1) return memory.get(this.at(index) as string)
    return memory.getBytes(this.#bytes, this.starts[index] as number, this.ends[index] as number)
  }

  isBlank(index: number): boolean {
    if (index >= this.length) return true
    if (!this.is_ascii || this.raw[index] === 1) return (this.at(index) as string).trim() === ''
    const to = this.ends[index] as number
    for (let at = this.starts[index] as number; at < to; at++) if (!isSpace(this.#bytes[at] as number)) return false
    return true
  }

  whole(index: number): number {
    const from = this.starts[index] as number
    const digits = (this.ends[index] as number) - from
    if (index >= this.length || digits < 1 || digits > 3) return -1
    let value = 0
    for (let at = from; at < from + digits; at++) {
      const digit = (this.#bytes[at] as number) - 48
      if (digit < 0 || digit > 9 || (value === 0 && at > from)) return -1
      value = value * 10 + digit
    }
    return value
  }

  wholes(positions: Int32Array, into: Int16Array): boolean {
    const bytes = this.#bytes
    for (let n = 0; n < positions.length; n++) {
      const position = positions[n] as number
      const from = this.starts[position] as number
      const digit = (bytes[from] as number) - 48
      const isOneDigit = (this.ends[position] as number) === from + 1 && position < this.length
      const whole = isOneDigit && digit >= 0 && digit <= 9 ? digit : this.whole(position)
      if (whole < 0) return false
      into[n] = whole
    }
    return true
  }

  copyTrimmed(positions: Int32Array, target: Buffer, at: number): number {
    if (!this.is_ascii || this.#isAnyRaw()) return copyTexts(this, positions, target, at)
    const bytes = this.#bytes
    let end = at
    for (let n = 0; n < positions.length; n++) {
      const position = positions[n] as number
      let from = this.starts[position] as number
      let to = position < this.length ? (this.ends[position] as number) : from
      while (from < to && isSpace(bytes[from] as number)) from++
      while (to > from && isSpace(bytes[to - 1] as number)) to--
      end = writeLength(to - from, target, end)
      if (end < 0 || end + to - from > target.length) return -1
      while (from < to) target[end++] = bytes[from++] as number
    }
    return end
  }

  #isAnyRaw(): boolean {
    for (let n = 0; n < this.length; n++) if (this.raw[n] === 1) return true
    return false
  }
}

/** True where the quotation marks stand at both ends and nowhere between. */
function isSimplyQuoted(bytes: Buffer, from: number, to: number): boolean {
  if (to - from < 2 || bytes[to - 1] !== QUOTE) return false
  for (let at = from + 1; at < to - 1; at++) if (bytes[at] === QUOTE) return false
  return true
}

/** What `String.trim` takes off, among the ASCII characters. */
function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

/** A cell that opens with a quotation mark: what is inside, doubled marks halved, and any text after the closing one. */
function unquoted(text: string): string {
  let inside = ''
  for (let from = 1; ; ) {
    const quote = text.indexOf('"', from)
    inside += text.slice(from, quote)
    if (text[quote + 1] !== '"') return inside + text.slice(quote + 1)
    inside += '"'
    from = quote + 2
  }
}
