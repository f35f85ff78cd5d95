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

/** Nothing outlives the process, so no log is kept; and no sort need go by way of a file. */
const NOTHING_TO_RECOVER = [
  'wal_level = minimal',
  'max_wal_senders = 0',
  'full_page_writes = off',
  'work_mem = 64MB',
  'maintenance_work_mem = 64MB',
]

/** PostgreSQL without a server, with the store's tables and nothing in them. */
export async function openPostgres(): Promise<Postgres> {
  const engine = await PGlite.create({ postgresqlconf: NOTHING_TO_RECOVER })
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
        const rows = store.sqlite.prepare<[], Cells>(`select * from ${table}`).raw().all()
        const blob = new Blob([rows.map(csvLine).join('\n')])
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

type Cells = readonly (string | number | null)[]

/** A line of CSV as PostgreSQL reads it, and writes it when told to quote: nothing, unquoted, is null; quoted, it is empty text. */
export function csvLine(row: Cells): string {
  return row.map(csvCell).join(',')
}

function csvCell(value: Cells[number]): string {
  if (value === null) return ''
  return typeof value === 'string' && value.includes('"') ? `"${value.replaceAll('"', '""')}"` : `"${value}"`
}
