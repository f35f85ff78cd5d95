import { type IsoDate, isoDate } from '../domain/iso-date.ts'
import { dateOfSerial } from './serial-date.ts'

export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** How dates are written, for a message. */
export const WRITTEN: Readonly<Record<DateOrder, string>> = {
  dmy: 'day/month/year',
  mdy: 'month/day/year',
  ymd: 'YYYY-MM-DD',
}

export type DateRead = { date: IsoDate } | { fault: 'not_a_date' | 'two_digit_year' | 'date_is_a_placeholder' }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const TIME = String.raw`(?:(?:[T ]|, ?)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?)?$`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}`, 'i')
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}`, 'i')
const NAMED_MONTH = new RegExp(String.raw`^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})${TIME}`, 'i')
const MONTH_FIRST = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})${TIME}`, 'i')

/**
 * Reads a date, with or without a time, whose date part alone is kept, as written: no time zone moves it. Year-first dates and
 * named months read the same whatever the order. A two-digit year is refused rather than guessed, unless it was declared which
 * year they count from; so are placeholders (1900-01-01, 9999-12-31 and their neighbours). `serial` lets a bare number be a
 * spreadsheet's day number.
 */
export function readDate(
  text: string,
  order: DateOrder,
  serial: '1900' | '1904' | null = null,
  two_digit_years_from: number | null = null,
): DateRead {
  const parts = partsOf(text, order)
  if (parts === null) return fromSerial(text, serial)
  const [written, month, day] = parts
  if (written.length === 2 && two_digit_years_from === null) return { fault: 'two_digit_year' }
  const year = written.length === 2 ? firstFrom(two_digit_years_from as number, Number(written)) : Number(written)
  const date = isoDate(year, month, day)
  return date === null ? { fault: 'not_a_date' } : unlessPlaceholder(date)
}

/** Reads a month (`2025-03`, `03/2025`, `March 2025`) as its first day, or a date as itself. */
export function readPeriod(
  text: string,
  order: DateOrder,
  serial: '1900' | '1904' | null = null,
  two_digit_years_from: number | null = null,
): DateRead {
  const yearFirst = /^(\d{4})-(\d{1,2})$/.exec(text)
  const monthFirst = /^(\d{1,2})[/-](\d{4})$/.exec(text)
  const named = /^([a-z]{3,9})[ -](\d{4})$/i.exec(text)
  const [year, month] =
    yearFirst !== null
      ? [Number(yearFirst[1]), Number(yearFirst[2])]
      : monthFirst !== null
        ? [Number(monthFirst[2]), Number(monthFirst[1])]
        : named !== null
          ? [Number(named[2]), monthNumber(named[1] as string)]
          : [0, 0]
  if (year === 0) return readDate(text, order, serial, two_digit_years_from)
  const date = isoDate(year, month, 1)
  return date === null ? { fault: 'not_a_date' } : unlessPlaceholder(date)
}

/** The first year from `from` on that ends in these two digits. */
function firstFrom(from: number, digits: number): number {
  const year = from - (from % 100) + digits
  return year < from ? year + 100 : year
}

/** The year as it is written, the month and the day. */
function partsOf(text: string, order: DateOrder): [string, number, number] | null {
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text)
  if (yearFirst !== null) {
    const [year, month, day] = yearFirst.length === 5 ? [1, 3, 4] : [1, 2, 3]
    return [yearFirst[year] as string, Number(yearFirst[month]), Number(yearFirst[day])]
  }
  const named = NAMED_MONTH.exec(text)
  if (named !== null) return [named[3] as string, monthNumber(named[2] as string), Number(named[1])]
  const monthFirst = MONTH_FIRST.exec(text)
  if (monthFirst !== null) return [monthFirst[3] as string, monthNumber(monthFirst[1] as string), Number(monthFirst[2])]
  const yearLast = YEAR_LAST.exec(text)
  if (yearLast === null) return null
  const year = yearLast[4] as string
  // Year-first files hold no such date; one of two digits is said to be that, and not to be in the wrong order.
  if (order === 'ymd') return year.length === 2 ? [year, 0, 0] : null
  const [day, month] = order === 'dmy' ? [1, 3] : [3, 1]
  return [year, Number(yearLast[month]), Number(yearLast[day])]
}

/** 0 where there is no such month. */
function monthNumber(name: string): number {
  const lower = name.toLowerCase()
  const index = MONTHS.indexOf(lower.slice(0, 3))
  return index >= 0 && FULL_MONTHS[index]?.startsWith(lower) === true ? index + 1 : 0
}

const FULL_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

function fromSerial(text: string, system: '1900' | '1904' | null): DateRead {
  if (system === null || !/^\d{1,7}(\.\d+)?$/.test(text)) return { fault: 'not_a_date' }
  const date = dateOfSerial(Number(text), system)
  return date === null ? { fault: 'not_a_date' } : unlessPlaceholder(date)
}

/** No one alive was born, referred or seen in 1900 or before, and 1904-01-01 is day 0 of old Macintosh workbooks. */
function unlessPlaceholder(date: IsoDate): DateRead {
  return date < '1901' || date === '1904-01-01' || date >= '9999' ? { fault: 'date_is_a_placeholder' } : { date }
}
