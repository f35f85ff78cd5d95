import { dayNumber, type IsoDate } from '../../domain/iso-date.ts'

/** A date as the store keeps it: as text for people, as a day number for arithmetic. */
export function dated(name: string, date: IsoDate | null): Record<string, string | number | null> {
  return { [`${name}_date`]: date, [`${name}_day`]: date === null ? null : dayOf(date) }
}

const MOST_DAYS = 1 << 16
const days = new Map<IsoDate, number>()

/** The day number of a date; a file has few different ones. */
export function dayOf(date: IsoDate): number {
  let day = days.get(date)
  if (day === undefined) {
    day = dayNumber(date)
    if (days.size === MOST_DAYS) days.clear()
    days.set(date, day)
  }
  return day
}
