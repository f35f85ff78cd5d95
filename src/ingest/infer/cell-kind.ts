import { type IsoDate, isoDate } from '../../domain/iso-date.ts'
import { readNhsNumber } from '../../domain/nhs-number.ts'
import { isVerhoeffValid } from '../../measures/registry.ts'
import { readDate } from '../read-date.ts'

/** Texts that stand for an empty cell in one export or another. */
const BLANK_WORDS = new Set(
  [
    '-',
    '--',
    '.',
    '?',
    'n/a',
    'na',
    '#n/a',
    'n/k',
    'nk',
    'null',
    '#null!',
    'none',
    'nil',
    'unknown',
    'missing',
    'blank',
    'declined',
  ].concat(['not known', 'not recorded', 'not stated', 'not completed', 'not answered', 'not asked', 'not applicable']),
)

/** What one cell's text could be, whatever its column. */
export interface CellKind {
  /** A word that stands for nothing. */
  readonly is_blank_word: boolean
  /** Null where it is no number. A comma before the last digits is a decimal one. */
  readonly number: number | null
  readonly has_decimal_comma: boolean
  readonly is_nhs_shape: boolean
  readonly is_nhs_valid: boolean
  /** A number with a SNOMED CT code's length and a right check digit. */
  readonly is_snomed: boolean
  readonly date: DateKind | null
}

/** How a date is written: year first or with the month's name (one meaning only), or as two numbers that leave the order open. */
export interface DateKind {
  readonly written: 'one_meaning' | 'numbers'
  readonly dmy: IsoDate | null
  readonly mdy: IsoDate | null
  readonly has_two_digit_year: boolean
}

export function isBlankWord(text: string): boolean {
  return BLANK_WORDS.has(text.toLowerCase())
}

/** @param text without surrounding space, not empty */
export function cellKind(text: string): CellKind {
  const number = numberOf(text)
  return {
    is_blank_word: isBlankWord(text),
    number,
    has_decimal_comma: number !== null && text.includes(','),
    is_nhs_shape: /^\d{3}[ -]?\d{3}[ -]?\d{4}(\.0)?$/.test(text),
    is_nhs_valid: readNhsNumber(text.replace(/\.0$/, '')) !== null,
    is_snomed: text.length >= 8 && isVerhoeffValid(text),
    date: dateKind(text),
  }
}

function numberOf(text: string): number | null {
  if (!/^-?\d{1,9}([.,]\d{1,6})?$/.test(text)) return null
  return Number(text.replace(',', '.'))
}

const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T ,])/

function dateKind(text: string): DateKind | null {
  if (text.length > 40 || !/^(\d|[a-z]{3,9}\.? \d)/i.test(text)) return null
  const match = YEAR_LAST.exec(text)
  if (match !== null) return numbersOnly(match)
  const read = readDate(text, 'ymd')
  if ('date' in read) return { written: 'one_meaning', dmy: read.date, mdy: read.date, has_two_digit_year: false }
  return read.fault === 'two_digit_year'
    ? { written: 'one_meaning', dmy: null, mdy: null, has_two_digit_year: true }
    : null
}

function numbersOnly(match: RegExpExecArray): DateKind | null {
  const [, first, , second, year] = match.map(String) as [string, string, string, string, string]
  const full = year.length === 4 ? Number(year) : 2000 + Number(year)
  const dmy = isoDate(full, Number(second), Number(first))
  const mdy = isoDate(full, Number(first), Number(second))
  if (dmy === null && mdy === null) return null
  return { written: 'numbers', dmy, mdy, has_two_digit_year: year.length === 2 }
}
