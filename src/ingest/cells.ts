import type { Issue } from './issues.ts'

/** The cells of one record. A reader may give the same object for every record: it is good until the next one. */
export interface Cells {
  readonly length: number
  /** The cell's text as it stands; undefined beyond the last. */
  at(index: number): string | undefined
  /** True where there is nothing but white space, or no such cell. */
  isBlank(index: number): boolean
  /** A whole number of one to three digits, written plainly; -1 for anything else. */
  whole(index: number): number
  /** Writes the cell's text, without the white space around it, as UTF-8. The bytes written, or -1 where there is no room. */
  copyTrimmed(index: number, target: Buffer, at: number): number
}

export interface Row {
  /** The number a spreadsheet or editor shows beside the row's first line; 1 is the first. */
  readonly row_number: number
  readonly line_count: number
  readonly cells: Cells
  /** Set where the reader could make nothing of the row: it is held back whole. */
  readonly fault?: Issue | undefined
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

  isBlank(index: number): boolean {
    const text = this.#texts[index]
    return text === undefined || text.trim() === ''
  }

  whole(index: number): number {
    const text = this.#texts[index]
    return text !== undefined && /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : -1
  }

  copyTrimmed(index: number, target: Buffer, at: number): number {
    return copyText(this.#texts[index] ?? '', target, at)
  }
}

/** See `Cells.copyTrimmed`. */
export function copyText(text: string, target: Buffer, at: number): number {
  const trimmed = text.trim()
  if (trimmed === '') return 0
  if (Buffer.byteLength(trimmed) > target.length - at) return -1
  return target.write(trimmed, at)
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
