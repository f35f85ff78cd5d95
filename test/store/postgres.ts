import { PGlite } from '@electric-sql/pglite'
import type { Executor, Row } from '../../src/store/executor.ts'
import type { Store } from '../../src/store/open.ts'
import { ddlFor, tableDefinitions } from '../../src/store/tables.ts'

export interface Postgres {
  readonly executor: Executor
  /** Puts the loaded rows of a store in place of whatever is there. */
  fillFrom(store: Store): Promise<void>
  close(): Promise<void>
}

/** PostgreSQL without a server, with the store's tables and nothing in them. */
export async function openPostgres(): Promise<Postgres> {
  const engine = await PGlite.create()
  for (const statement of ddlFor('postgres')) await engine.exec(statement)
  const tables = tableDefinitions().map(({ name }) => name)
  return {
    executor: {
      exec: async (sql) => void (await engine.exec(sql)),
      all: async (sql) => (await engine.query<Row>(sql)).rows,
    },
    fillFrom: async (store) => {
      await engine.exec(`truncate ${tables.join(', ')}`)
      for (const table of tables) {
        const rows = store.sqlite.prepare(`select * from ${table}`).all()
        const insert = `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`
        if (rows.length > 0) await engine.query(insert, [JSON.stringify(rows)])
      }
    },
    close: () => engine.close(),
  }
}
