import { PGlite } from '@electric-sql/pglite'
import type { Executor, Row } from '../../src/store/executor.ts'
import type { Store } from '../../src/store/open.ts'
import { ddlFor, tableDefinitions } from '../../src/store/tables.ts'

export interface Postgres {
  readonly executor: Executor
  /** Puts the loaded rows of a store in place of whatever is there. */
  fillFrom(store: Store): Promise<void>
  /** A model's rows as lines of CSV, its column names first, every value quoted and an absent one blank. */
  linesOf(model: string): Promise<string[]>
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
      // SQLite has held these rows to their foreign keys already
      await engine.exec(`set session_replication_role = replica; truncate ${tables.join(', ')}`)
      for (const table of tables) {
        const rows = store.sqlite.prepare<[], Row>(`select * from ${table}`).all()
        const blob = new Blob([rows.map(csvLine).join('')])
        await engine.query(`copy ${table} from '/dev/blob' with (format csv)`, [], { blob })
      }
      await engine.exec('analyze')
    },
    linesOf: async (model) => {
      const { blob } = await engine.query(`copy ${model} to '/dev/blob' with (format csv, header, force_quote *)`)
      return ((await blob?.text()) ?? '').trimEnd().split('\n')
    },
    close: () => engine.close(),
  }
}

/** An unquoted nothing is null to PostgreSQL; quoted, it is empty text. */
function csvLine(row: Row): string {
  const cells = Object.values(row).map((value) => {
    if (value === null) return ''
    return typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : String(value)
  })
  return `${cells.join(',')}\n`
}
