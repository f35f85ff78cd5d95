import { dateOfDay, dayNumber, type IsoDate } from '../domain/iso-date.ts'

const DAY_0_OF_1904 = dayNumber('1904-01-01' as IsoDate)
const DAY_0_OF_1900 = dayNumber('1899-12-31' as IsoDate)
const LAST_SERIAL = 2_958_465

/** The date of a spreadsheet's day number, or null where there is none: day 60 of the 1900 system, 29 February 1900, never was. */
export function dateOfSerial(serial: number, system: '1900' | '1904'): IsoDate | null {
  const day = Math.floor(serial)
  if (day > LAST_SERIAL) return null
  if (system === '1904') return dateOfDay(DAY_0_OF_1904 + day)
  if (day < 1 || day === 60) return null
  return dateOfDay(DAY_0_OF_1900 + (day > 60 ? day - 1 : day))
}
