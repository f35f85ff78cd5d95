import { readNhsNumber } from '../domain/nhs-number.ts'
import { NEVER_CALCULATED } from './xlsx/cell-text.ts'

const ERROR_CELLS = new Set([
  '#N/A',
  '#REF!',
  '#DIV/0!',
  '#VALUE!',
  '#NAME?',
  '#NULL!',
  '#NUM!',
  '#SPILL!',
  '#CALC!',
  '#GETTING_DATA',
  NEVER_CALCULATED,
])

/** True for what a spreadsheet shows where a formula failed, here or in the file it was saved from. */
export function isErrorCell(text: string): boolean {
  return text.startsWith('#') && (ERROR_CELLS.has(text.toUpperCase()) || /^#+$/.test(text))
}

/** Why an error cell is held back. */
export function errorCode(text: string): 'error_cell' | 'formula_without_value' {
  return text === NEVER_CALCULATED ? 'formula_without_value' : 'error_cell'
}

/** True for a number that a spreadsheet has turned into scientific notation: its last digits are gone. */
export function isScientific(text: string): boolean {
  return /^\d([.,]\d+)?E\+?\d{1,3}$/i.test(text)
}

const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i
const EMAIL = /[^\s@]@[^\s@]/
const TEN_DIGITS = /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g

/** True for a text with a valid NHS number, a postcode or an e-mail address in it. */
export function holdsIdentifier(text: string): boolean {
  if (POSTCODE.test(text) || EMAIL.test(text)) return true
  return (text.match(TEN_DIGITS) ?? []).some((digits) => readNhsNumber(digits) !== null)
}
