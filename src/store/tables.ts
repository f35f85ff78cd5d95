import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Dependent, dependencyOrder } from './dependency-order.ts'

export type Engine = 'sqlite' | 'postgres'

export interface TableDefinition extends Dependent {
  /** The file's text: a grain comment and one `create table`. */
  readonly sql: string
}

const TABLES = join(import.meta.dirname, '../../sql/tables')

let known: readonly TableDefinition[] | undefined

/** The store's tables as `sql/tables` defines them, each after the tables it refers to. Read once. */
export function tableDefinitions(): readonly TableDefinition[] {
  known ??= readDefinitions()
  return known
}

function readDefinitions(): TableDefinition[] {
  const files = readdirSync(TABLES).filter((file) => file.endsWith('.sql'))
  return dependencyOrder(files.sort().map((file) => tableDefinition(file.slice(0, -'.sql'.length))))
}

/**
 * The `create table` statements for an engine, in dependency order. Two things differ and no more: SQLite tables are
 * strict, and PostgreSQL calls an eight-byte number `double precision` (its `real` has four).
 */
export function ddlFor(engine: Engine): string[] {
  return tableDefinitions().map(({ sql }) =>
    engine === 'sqlite' ? sql.replace(/\)\s*$/, ') strict') : sql.replace(/^( +\w+ )real\b/gm, '$1double precision'),
  )
}

function tableDefinition(name: string): TableDefinition {
  const sql = readFileSync(join(TABLES, `${name}.sql`), 'utf8').trim()
  return { name, sql, needs: [...sql.matchAll(/\breferences (\w+)/g)].map((match) => match[1] as string) }
}
