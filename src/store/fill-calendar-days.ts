import type { Database as SqliteDatabase } from 'better-sqlite3'
import { dateOfDay, daysInMonth } from '../domain/iso-date.ts'

/** Stores every day between the first and the last month edge, so that the month of an event from joining is a sum. The month edges must be there. */
export function fillCalendarDays(sqlite: SqliteDatabase): void {
  const { first, last } = sqlite
    .prepare<[], { first: number | null; last: number | null }>(
      'select min(edge_day) as first, max(edge_day) as last from month_edge',
    )
    .get() as { first: number | null; last: number | null }
  const insert = sqlite.prepare(
    'insert into calendar_day (day, month_number, day_of_month, days_in_month) values (?, ?, ?, ?)',
  )
  sqlite.transaction(() => {
    sqlite.exec('delete from calendar_day')
    if (first === null || last === null) return
    for (let day = first; day <= last; day++) {
      const [year, month, dayOfMonth] = dateOfDay(day).split('-').map(Number) as [number, number, number]
      insert.run(day, 12 * year + month - 1, dayOfMonth, daysInMonth(year, month))
    }
  })()
}
