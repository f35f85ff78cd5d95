import type { Database as SqliteDatabase } from 'better-sqlite3'
import { addMonths, dateOfDay, dayNumber, type IsoDate, monthOf } from '../domain/iso-date.ts'

/** Stores every calendar month in which somebody can have been followed. The settings and the month edges must be there. */
export function fillCalendarMonths(sqlite: SqliteDatabase): void {
  const { first, last } = sqlite
    .prepare<[], { first: number | null; last: number | null }>(
      'select min(index_day) as first, (select data_end_day from settings) as last from month_edge',
    )
    .get() as { first: number | null; last: number | null }
  const insert = sqlite.prepare('insert into calendar_month (first_day, next_day, month) values (?, ?, ?)')
  sqlite.transaction(() => {
    sqlite.exec('delete from calendar_month')
    if (first === null || last === null) return
    let month = `${monthOf(dateOfDay(first))}-01` as IsoDate
    while (dayNumber(month) <= last) {
      const next = addMonths(month, 1)
      insert.run(dayNumber(month), dayNumber(next), monthOf(month))
      month = next
    }
  })()
}
