import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { Insertable } from 'kysely'
import type { StoreTables } from './table-types.ts'

/** Puts rows into a table, inside the transaction that is open or one of its own. Rows must all have the same columns. */
export function insertRows<Table extends keyof StoreTables>(
  sqlite: SqliteDatabase,
  table: Table,
  rows: readonly Insertable<StoreTables[Table]>[],
): void {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  const insert = sqlite.prepare(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((column) => `@${column}`).join(', ')})`,
  )
  sqlite.transaction(() => {
    for (const row of rows) insert.run(row)
  })()
}

/** Empties a table and fills it with these rows, or leaves it as it was. */
export function replaceRows<Table extends keyof StoreTables>(
  sqlite: SqliteDatabase,
  table: Table,
  rows: readonly Insertable<StoreTables[Table]>[],
): void {
  sqlite.transaction(() => {
    sqlite.prepare(`delete from ${table}`).run()
    insertRows(sqlite, table, rows)
  })()
}
