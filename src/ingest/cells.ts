import type { AsRead } from './corrections.ts'
import type { Issue } from './issues.ts'
import type { Remembered } from './remembered.ts'

/** The cells of one record. A reader may give the same object for every record: it is good until the next one. */
export interface Cells {
  readonly length: number
  /** The cell's text as it stands; undefined beyond the last. */
  at(index: number): string | undefined
  /** True where there is nothing but white space, or no such cell. */
  isBlank(index: number): boolean
  /** What the cell's text, written just so, came to before; undefined where nothing is remembered. */
  recall<Value>(index: number, memory: Remembered<Value>): Value | undefined
  /** A whole number of one to three digits, written plainly; -1 for anything else. */
  whole(index: number): number
  /** The same of several cells, into `into`; false where any is something else. */
  wholes(positions: Int32Array, into: Int16Array): boolean
  /**
   * Writes the texts of several cells, without the white space around them, as UTF-8, each after its length. Where it ended, or -1
   * where there is no room.
   */
  copyTrimmed(positions: Int32Array, target: Buffer, at: number): number
}

export interface Row {
  /** The number a spreadsheet or editor shows beside the row's first line; 1 is the first. */
  readonly row_number: number
  readonly line_count: number
  readonly cells: Cells
  /** Set where the reader could make nothing of the row: it is held back whole. */
  readonly fault?: Issue | undefined
  /** Set where a team has corrected the row: `cells` are the corrected ones. */
  readonly as_read?: AsRead | undefined
}

/** Cells that a reader holds as texts. */
export class TextCells implements Cells {
  readonly #texts: readonly string[]

  constructor(texts: readonly string[]) {
    this.#texts = texts
  }

  get length(): number {
    return this.#texts.length
  }

  at(index: number): string | undefined {
    return this.#texts[index]
  }

  recall<Value>(index: number, memory: Remembered<Value>): Value | undefined {
    const text = this.#texts[index]
    return text === undefined ? undefined : memory.get(text)
  }

  isBlank(index: number): boolean {
    const text = this.#texts[index]
    return text === undefined || text.trim() === ''
  }

  whole(index: number): number {
    const text = this.#texts[index]
    return text !== undefined && /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : -1
  }

  wholes(positions: Int32Array, into: Int16Array): boolean {
    return wholesOf(this, positions, into)
  }

  copyTrimmed(positions: Int32Array, target: Buffer, at: number): number {
    return copyTexts(this, positions, target, at)
  }
}

/** `Cells.wholes`, cell by cell. */
export function wholesOf(cells: Pick<Cells, 'whole'>, positions: Int32Array, into: Int16Array): boolean {
  return positions.every((position, n) => {
    const whole = cells.whole(position)
    into[n] = whole
    return whole >= 0
  })
}

/** `Cells.copyTrimmed`, by way of the texts. */
export function copyTexts(cells: Pick<Cells, 'at'>, positions: Int32Array, target: Buffer, at: number): number {
  let end = at
  for (const position of positions) {
    const text = (cells.at(position) ?? '').trim()
    const length = Buffer.byteLength(text)
    end = writeLength(length, target, end)
    if (end < 0 || end + length > target.length) return -1
    end += target.write(text, end)
  }
  return end
}

const LONG = 0xffff

/** Two bytes, or six for a long text. Where they ended, or -1 where there is no room. */
export function writeLength(length: number, target: Buffer, at: number): number {
  if (at + 6 > target.length) return -1
  if (length < LONG) {
    target[at] = length & 0xff
    target[at + 1] = length >> 8
    return at + 2
  }
  target.writeUInt16LE(LONG, at)
  return target.writeUInt32LE(length, at + 2)
}

/** A row of a format whose cells come as texts. */
export interface TextRow {
  readonly row_number: number
  readonly line_count: number
  readonly cells: readonly string[]
  readonly fault?: Issue | undefined
}

/** Every cell's text, as it stands. */
export function textsOf(cells: Cells): string[] {
  return Array.from({ length: cells.length }, (_, index) => cells.at(index) as string)
}
