import { context, pseudonymiser } from '../ingest/reading-room.ts'

/**
 * What a cell's text says, read strictly and without the product's own readers. null: it is blank. NOTHING: it says nothing that
 * may be loaded.
 */
export type Said<Value> = Value | null | typeof NOTHING
export const NOTHING = Symbol('nothing')

export type Row = (heading: string) => string

const TIME = '([T ]|, ?)\\d{1,2}:\\d\\d(:\\d\\d([.,]\\d+)?)? ?([AP]M)?(Z|[+-]\\d\\d:?\\d\\d)?'
const MONTHS = 'january february march april may june july august september october november december'.split(' ')

export function number(text: string): Said<number> {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return /^-?[0-9]+(\.[0-9]+)?$/.test(trimmed) ? Number.parseFloat(trimmed) : NOTHING
}

export function date(text: string, order: 'dmy' | 'ymd'): Said<string> {
  const whole = text.trim()
  if (whole === '') return null
  const day = whole.replace(new RegExp(`${TIME}$`, 'i'), '')
  if (/^[0-9]{8}$/.test(whole)) return written(whole.slice(0, 4), whole.slice(4, 6), whole.slice(6))
  const [a = '', first, b = '', second, c = ''] = day.split(/([-/. ])/)
  if (!/^[a-z0-9]+$/i.test(a + b + c) || day.split(/[-/. ]/).length !== 3) return NOTHING
  const month = MONTHS.findIndex((name) => b.length > 2 && name.startsWith(b.toLowerCase())) + 1
  if (month > 0) return written(c, String(month), a.replace(/(st|nd|rd|th)$/i, ''))
  if (first !== second || first === ' ') return NOTHING
  if (a.length === 4) return written(a, b, c)
  return order === 'dmy' ? written(c, b, a) : NOTHING
}

function written(year: string, month: string, day: string): string | typeof NOTHING {
  if (!/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$/.test(`${year}-${month}-${day}`)) return NOTHING
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const there = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(there.getTime()) && there.toISOString().startsWith(text) ? text : NOTHING
}

export function label(text: string): Said<string> {
  const words = text
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return null
  return words.some((word) => word.includes('\ufffd')) ? NOTHING : words.join(' ')
}

/** One of the words made up here, or a code; any other word is not kept, and the record is flagged. */
export function gender(text: string): Said<string> {
  const word = label(text)
  if (typeof word !== 'string' || /^[a-z0-9]{1,2}$/i.test(word)) return word
  return word.split(/[^\p{L}\p{N}]+/u).every((part) => /^(|female|male|not|stated)$/i.test(part)) ? word : 'flagged'
}

/** A service by the code made of its name; the file's own where the record names none. */
export function service(text: string): Said<string> {
  const name = label(text)
  if (name === null || name === NOTHING) return name === null ? context.service : NOTHING
  const words = name.toLowerCase().match(/[a-z0-9]+/g)
  return words === null ? 'this-service' : words.join('-')
}

export function nhsNumber(text: string): Said<string> {
  const digits = text
    .trim()
    .replace(/\.0$/, '')
    .split(/[ \u00a0-]/)
    .join('')
  if (digits === '') return text.trim() === '' ? null : NOTHING
  if (!/^[0-9]{10}$/.test(digits)) return NOTHING
  const sum = [...digits].slice(0, 9).reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const isRight = (sum + Number(digits[9])) % 11 === 0 && new Set(digits).size > 1
  return isRight ? pseudonymiser.pseudonym('nhs_number', digits) : NOTHING
}

export function localId(text: string): Said<string> {
  const id = text.trim().normalize('NFC')
  if (id === '') return null
  return id.includes('\ufffd') ? NOTHING : pseudonymiser.pseudonym('local_id', `${context.provider}:${id}`)
}

export function reference(text: string): Said<string> {
  const name = text.trim()
  if (name === '') return null
  return name.includes('\ufffd') ? NOTHING : pseudonymiser.pseudonym('local_id', `${context.provider}:ref:${name}`)
}

export function oneOf(text: string, words: Readonly<Record<string, string>>): Said<string> {
  const word = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (text.trim() === '') return null
  return words[word] ?? NOTHING
}
