import type { Database as SqliteDatabase } from 'better-sqlite3'
import { addMonths, dateOfDay, dayNumber } from '../domain/iso-date.ts'

/** Months before and after an index day for which an edge is stored: two years each way. */
export const FURTHEST_MONTH = 24

/**
 * Stores the month edges of every day that may become an index day: a referral, a first contact, an attended contact,
 * or from which a follow-up is counted: a discharge.
 * A day that has its edges already keeps them: they never change.
 */
export function fillMonthEdges(sqlite: SqliteDatabase): void {
  const days = sqlite
    .prepare(
      `select referral_day as index_day from referral_record
       union select first_contact_day from referral_record where first_contact_day is not null
       union select discharge_day from referral_record where discharge_day is not null
       union select contact_day from contact_record where attendance = 'attended'
       except select index_day from month_edge
       order by index_day`,
    )
    .pluck()
    .all() as number[]
  const insert = sqlite.prepare('insert into month_edge (index_day, month_offset, edge_day) values (?, ?, ?)')
  sqlite.transaction(() => {
    for (const day of days) {
      const date = dateOfDay(day)
      for (let offset = -FURTHEST_MONTH; offset <= FURTHEST_MONTH; offset++) {
        insert.run(day, offset, dayNumber(addMonths(date, offset)))
      }
    }
  })()
}
