import { dateOfSerial } from '../serial-date.ts'
import { withoutEscapes } from './shared-strings.ts'

/** What a sheet says of a cell. */
export interface RawCell {
  /** The letters of its type; '' is a number. */
  readonly type: string
  readonly is_date: boolean
  readonly has_formula: boolean
  /** Of its value; null where the cell has none. */
  readonly value: string | null
  readonly inline_text: string
}

/** The mark of a formula that was never calculated, in place of the value that is not there. */
export const NEVER_CALCULATED = '#NEVER CALCULATED!'

/**
 * A cell as text, losing nothing: whole numbers keep every digit, dates become YYYY-MM-DD, with a time where there is one, error
 * cells stay what Excel shows. A day number that is no date (29 February 1900 never was) stays a number.
 */
export function cellText(cell: RawCell, shared: readonly string[], system: '1900' | '1904'): string | null {
  const { type, value } = cell
  if (type === 'inlineStr') return withoutEscapes(cell.inline_text)
  if (value === null || (value === '' && type !== 'str')) return cell.has_formula ? NEVER_CALCULATED : ''
  if (type === 's') return /^\d+$/.test(value) ? (shared[Number(value)] ?? null) : null
  if (type === 'str') return withoutEscapes(value)
  if (type === 'b') return value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE'
  if (type === 'e') return value.trim()
  if (type === 'd') return isoText(value.trim())
  const number = NUMBER.test(value) ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) return null
  return (cell.is_date ? dateText(number, system) : null) ?? numberText(number)
}

/** As XML writes one: `Number` alone would take 0x1F too. */
const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(E[-+]?\d+)?\s*$/i

/** Excel keeps 15 significant digits: 12.3 may be stored as 12.300000000000001. */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : '#NUM!'
  return String(Number(value.toPrecision(15)))
}

const SECONDS = 86_400

function dateText(serial: number, system: '1900' | '1904'): string | null {
  const seconds = Math.round(serial * SECONDS)
  const day = Math.floor(seconds / SECONDS)
  const time = timeText(seconds - day * SECONDS)
  if (day === 0 && system === '1900') return time === '00:00:00' ? null : time
  const date = serial < 0 ? null : dateOfSerial(day, system)
  if (date === null) return null
  return time === '00:00:00' ? date : `${date} ${time}`
}

function timeText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function isoText(value: string): string {
  return value.replace(/T00:00:00(\.0+)?Z?$/, '').replace('T', ' ')
}
