import { closeSync, existsSync, openSync } from 'node:fs'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { type ConnectOptions, connect } from './connect.ts'
import type { Database } from './database.ts'
import { isSqliteError } from './sqlite-error.ts'
import { ddlFor } from './tables.ts'

export const SCHEMA_VERSION = 5

export interface Store {
  /** The connection itself: prepared statements for the bulk path. */
  readonly sqlite: SqliteDatabase
  /** Typed reads over the same connection. */
  readonly kysely: Kysely<Database>
  readonly is_encrypted: boolean
  close(): void
}

/**
 * Opens the store at `path` (or `:memory:`), making it where there is none: one file, readable by its owner only.
 * A committed transaction survives a power cut; an uncommitted one leaves no trace.
 * Throws an OperatorError for a file that is not a store, or that another version of this program has written.
 */
export function openStore(path: string, options: ConnectOptions = {}): Store {
  const isReadonly = options.readonly ?? false
  makeWhereMissing(path, isReadonly)
  const sqlite = connect(path, options)
  try {
    const isNew = readLayout(sqlite, path) === 'empty'
    if (isNew && isReadonly) throw notAStore(path)
    setPragmas(sqlite, path === ':memory:' ? 'memory' : 'wal', isReadonly)
    if (isNew) createTables(sqlite)
  } catch (error) {
    sqlite.close()
    throw isSqliteError(error) && error.code === 'SQLITE_NOTADB' ? notAStore(path) : error
  }
  const kysely = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) })
  const is_encrypted = options.encryption_key !== undefined
  return { sqlite, kysely, is_encrypted, close: () => sqlite.close() }
}

function makeWhereMissing(path: string, isReadonly: boolean): void {
  if (path === ':memory:' || existsSync(path)) return
  if (isReadonly) throw refusal(`There is no store at ${path} yet. Run "outcomes run" or "outcomes ingest" first.`)
  makeOwnerOnlyFile(path)
}

/** SQLite itself would make the file readable by everyone; its side files take over the main file's mode. */
function makeOwnerOnlyFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    throw refusal(`No store can be made at ${path}: the folder is missing or cannot be written to.`)
  }
}

function setPragmas(sqlite: SqliteDatabase, journalMode: string, isReadonly: boolean): void {
  if (!isReadonly) setPragma(sqlite, 'journal_mode', journalMode, journalMode)
  setPragma(sqlite, 'synchronous', 'full', 2)
  setPragma(sqlite, 'foreign_keys', 'on', 1)
  setPragma(sqlite, 'trusted_schema', 'off', 0)
  setPragma(sqlite, 'temp_store', 'memory', 2)
  setPragma(sqlite, 'secure_delete', 'on', 1)
  sqlite.pragma('busy_timeout = 5000')
}

/** SQLite ignores a setting that it does not know or cannot grant, so each one is read back. */
function setPragma(sqlite: SqliteDatabase, name: string, value: string, expected: string | number): void {
  sqlite.pragma(`${name} = ${value}`)
  const found = sqlite.pragma(name, { simple: true })
  if (found !== expected) throw new Error(`SQLite did not accept ${name} = ${value}`)
}

/** Looked at before anything is set, so that a file which is not ours is left as it was. */
function readLayout(sqlite: SqliteDatabase, path: string): 'empty' | 'ours' {
  const version = sqlite.pragma('user_version', { simple: true }) as number
  if (version === SCHEMA_VERSION) return 'ours'
  if (version > SCHEMA_VERSION)
    throw refusal(
      `The store ${path} was written by a newer version of this program (layout ${version}; this one reads ${SCHEMA_VERSION}). Update the program.`,
    )
  if (version > 0)
    throw refusal(
      `The store ${path} was written by an older version of this program (layout ${version}; this one reads ${SCHEMA_VERSION}). Move it away and run the command again: it is made afresh from the exports.`,
    )
  const nTables = sqlite.prepare('select count(*) from sqlite_master').pluck().get() as number
  if (nTables > 0) throw notAStore(path)
  return 'empty'
}

function createTables(sqlite: SqliteDatabase): void {
  sqlite
    .transaction(() => {
      for (const statement of ddlFor('sqlite')) sqlite.exec(statement)
      sqlite.pragma(`user_version = ${SCHEMA_VERSION}`)
    })
    .immediate()
}

function notAStore(path: string): OperatorError {
  return refusal(
    `${path} is not a store of this program, or it is encrypted. If it is encrypted, name its key file in OUTCOMES_STORE_KEY_FILE. If not, move it away and run the command again: the exports are read afresh.`,
  )
}

function refusal(message: string): OperatorError {
  return new OperatorError(message, EXIT.input_refused)
}
