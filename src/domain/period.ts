import { addMonths, dateOfDay, dayNumber, type IsoDate, isIsoDate, monthOf } from './iso-date.ts'

/** The days from `start` to `end`, both included. */
export interface Period {
  readonly start: IsoDate
  readonly end: IsoDate
}

/** Reads `2025-09` (a month), `2025-09..2025-11` (months) or `2025-09-01..2025-09-28` (days); null for anything else. */
export function readPeriod(text: string): Period | null {
  const [from, to, ...rest] = text.split('..').map((part) => part.trim())
  const start = firstDay(from as string)
  const end = lastDay(to ?? (/^\d{4}-\d{2}$/.test(from as string) ? (from as string) : ''))
  return start === null || end === null || rest.length > 0 || end < start ? null : { start, end }
}

/** As `readPeriod` reads it, the shorter way where there is one. */
export function periodText({ start, end }: Period): string {
  const [from, to] = [monthOf(start), monthOf(end)]
  if (firstDay(from) !== start || lastDay(to) !== end) return `${start}..${end}`
  return from === to ? from : `${from}..${to}`
}

/** The calendar month that a day is in. */
export function monthAround(date: IsoDate): Period {
  const month = monthOf(date)
  return { start: firstDay(month) as IsoDate, end: lastDay(month) as IsoDate }
}

function firstDay(text: string): IsoDate | null {
  const date = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
  return isIsoDate(date) ? date : null
}

function lastDay(text: string): IsoDate | null {
  if (!/^\d{4}-\d{2}$/.test(text)) return isIsoDate(text) ? text : null
  const first = firstDay(text)
  return first === null ? null : dateOfDay(dayNumber(addMonths(first, 1)) - 1)
}
