import type { Database } from 'better-sqlite3'

type Value = string | number | null

/** Longer rows are recognised by their beginning: the rest of a very long one lies on pages of its own. */
const MOST_BYTES = 400

/**
 * The bytes by which SQLite keeps a table's row in its file (https://sqlite.org/fileformat2.html#record_format): what to look for when
 * it has to be shown that a row is gone. Gives a function of the row's values in the order of the table's columns.
 */
export function rowEncoder(db: Database, table: string): (row: readonly Value[]) => Buffer {
  const columns = db.pragma(`table_info(${table})`) as { type: string; pk: number }[]
  const keys = columns.filter(({ pk }) => pk > 0)
  const isRowNumber = (at: number) => keys.length === 1 && columns[at]?.pk === 1 && columns[at]?.type === 'INTEGER'
  return (row) => {
    const cells = row.map((value, at) => cellBytes(isRowNumber(at) ? null : value, columns[at]?.type === 'REAL'))
    const types = Buffer.concat(cells.map(({ type }) => varint(type)))
    // a heading of up to 126 bytes states its own length in one
    const heading = Buffer.concat([varint(types.length + (types.length < 127 ? 1 : 2)), types])
    return Buffer.concat([heading, ...cells.map(({ bytes }) => bytes)]).subarray(0, MOST_BYTES)
  }
}

interface Cell {
  readonly type: number
  readonly bytes: Buffer
}

function cellBytes(value: Value, isReal: boolean): Cell {
  if (value === null) return { type: 0, bytes: Buffer.alloc(0) }
  if (typeof value === 'number') {
    const isWhole = Number.isSafeInteger(value) && !(isReal && Math.abs(value) >= 2 ** 47)
    return isWhole ? wholeNumber(value) : { type: 7, bytes: realNumber(value) }
  }
  const bytes = Buffer.from(value, 'utf8')
  return { type: 13 + 2 * bytes.length, bytes }
}

/** Widths of whole numbers in bytes, with the type that says so. */
const WIDTHS = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [6, 5],
  [8, 6],
] as const

function wholeNumber(value: number): Cell {
  if (value === 0 || value === 1) return { type: 8 + value, bytes: Buffer.alloc(0) }
  for (const [width, type] of WIDTHS) {
    if (value >= -(2 ** (8 * width - 1)) && value < 2 ** (8 * width - 1)) {
      const eight = Buffer.alloc(8)
      eight.writeBigInt64BE(BigInt(value))
      return { type, bytes: eight.subarray(8 - width) }
    }
  }
  throw new Error('not a whole number of eight bytes')
}

function realNumber(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

function varint(value: number): Buffer {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return Buffer.from(bytes)
}
