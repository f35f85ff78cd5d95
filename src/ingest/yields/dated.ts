import { dayNumber, type IsoDate } from '../../domain/iso-date.ts'
import { Remembered } from '../remembered.ts'

/** A date as the store keeps it: as text for people, as a day number for arithmetic. */
export function dated(name: string, date: IsoDate | null): Record<string, string | number | null> {
  return { [`${name}_date`]: date, [`${name}_day`]: date === null ? null : dayOf(date) }
}

const days = new Remembered<number>(1 << 14)

/** The day number of a date; a file has few different ones. */
export function dayOf(date: IsoDate): number {
  const known = days.get(date)
  if (known !== undefined) return known
  const day = dayNumber(date)
  days.set(date, day)
  return day
}
