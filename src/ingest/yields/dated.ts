import { dayNumber, type IsoDate } from '../../domain/iso-date.ts'

/** A date as the store keeps it: as text for people, as a day number for arithmetic. */
export function dated(name: string, date: IsoDate | null): Record<string, string | number | null> {
  return { [`${name}_date`]: date, [`${name}_day`]: date === null ? null : dayNumber(date) }
}
