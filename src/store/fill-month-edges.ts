import type { Database as SqliteDatabase } from 'better-sqlite3'
import { addMonths, dateOfDay, dayNumber } from '../domain/iso-date.ts'

/** Months before and after an index day for which an edge is stored: two years each way, or the project's window where that is longer. */
const LEAST_MONTHS = 24

/**
 * Stores the month edges of every day that may become an index day: a referral, a first contact, an attended contact,
 * or from which a follow-up is counted: a discharge. The settings must be there.
 * A day that has its edges already keeps them: they never change.
 */
export function fillMonthEdges(sqlite: SqliteDatabase): void {
  const window = sqlite.prepare('select window_months from settings').pluck().get() as number | undefined
  const furthest = Math.max(LEAST_MONTHS, window ?? 0)
  const days = sqlite
    .prepare(
      `select referral_day as index_day from referral_record
       union select first_contact_day from referral_record where first_contact_day is not null
       union select discharge_day from referral_record where discharge_day is not null
       union select contact_day from contact_record where attendance = 'attended'
       except select index_day from month_edge where month_offset = ?
       order by index_day`,
    )
    .pluck()
    .all(furthest) as number[]
  const insert = sqlite.prepare('insert or ignore into month_edge (index_day, month_offset, edge_day) values (?, ?, ?)')
  sqlite.transaction(() => {
    for (const day of days) {
      const date = dateOfDay(day)
      for (let offset = -furthest; offset <= furthest; offset++) {
        insert.run(day, offset, dayNumber(addMonths(date, offset)))
      }
    }
  })()
}
