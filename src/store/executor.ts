import type { Database as SqliteDatabase } from 'better-sqlite3'

export type Row = Record<string, string | number | null>

/** The little that models ask of an engine, so that one SQL text runs on SQLite and on PostgreSQL. */
export interface Executor {
  /** Runs statements and ignores what they return. */
  exec(sql: string): void | Promise<void>
  all(sql: string): Row[] | Promise<Row[]>
}

export function sqliteExecutor(sqlite: SqliteDatabase): Executor {
  return {
    exec: (sql) => void sqlite.exec(sql),
    all: (sql) => sqlite.prepare(sql).all() as Row[],
  }
}
