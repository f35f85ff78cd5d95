import type { FileKind } from '../../src/ingest/examine-file.ts'
import type { Row } from './spell.ts'

/** The cells of a file, headings first. */
export type Grid = readonly (readonly string[])[]

export interface SlowRecord {
  /** 0 where the form does not number its records. */
  readonly row_number: number
  readonly row: Row
  /** The record's own text, to know it again by; blank where it cannot be told for certain where it ends. */
  readonly text: string
}

/** What an independent reader makes of a file's bytes. */
export interface SlowFile {
  readonly headings: readonly string[]
  readonly records: readonly SlowRecord[]
  /** Null where lines are not what the form is made of. */
  readonly n_lines: number | null
}

/** A file as it is written: the bytes that its cells stand in, what is packed around them, and how they are read slowly. */
export interface Written {
  readonly body: Buffer
  pack(body: Buffer): Buffer
  read(body: Buffer): SlowFile
}

export interface Form {
  readonly name: string
  readonly file_name: string
  readonly reads: FileKind
  readonly member: string | null
  /** Bytes around the body that hold checksums of it. */
  readonly is_packed: boolean
  write(grid: Grid): Written
}

export function asIs(body: Buffer): Buffer {
  return body
}

export function rowOf(headings: readonly string[], cells: readonly string[]): Row {
  const at = new Map(headings.map((heading, index) => [sameHeading(heading), index]))
  return (heading) => cells[at.get(heading) ?? -1] ?? ''
}

export function sameHeading(heading: string): string {
  return heading.trim().replace(/\s+/g, ' ').toLowerCase()
}

export function withoutBlankEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  return cells.slice(0, last + 1)
}
