import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import Sqlite, { type Database as SqliteDatabase } from 'better-sqlite3'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { isSqliteError } from './sqlite-error.ts'

export interface ConnectOptions {
  readonly readonly?: boolean
  /** 32 bytes. Given: the file is encrypted, page by page, and each page carries a tag that no one can forge without the key. */
  readonly encryption_key?: Uint8Array | undefined
}

const CIPHERED_DRIVER = 'better-sqlite3-multiple-ciphers'
const CIPHER = 'chacha20'
const PLAIN_HEADING = 'SQLite format 3\0'

/**
 * A connection to the file at `path`, made where it is missing; the encrypting driver is loaded only where there is a key.
 * Throws an OperatorError where key and file do not belong together, or the driver is not installed.
 */
export function connect(path: string, options: ConnectOptions = {}): SqliteDatabase {
  const { encryption_key: key } = options
  const readonly = options.readonly ?? false
  if (key === undefined || path === ':memory:') return new Sqlite(path, { readonly })
  refusePlain(path)
  const sqlite = new (cipheredDriver())(path, { readonly })
  try {
    unlock(sqlite, key)
    sqlite.prepare('select count(*) from sqlite_master').get()
    return sqlite
  } catch (error) {
    sqlite.close()
    throw isSqliteError(error) && error.code === 'SQLITE_NOTADB' ? otherKey(path) : error
  }
}

function unlock(sqlite: SqliteDatabase, key: Uint8Array): void {
  sqlite.pragma(`cipher = '${CIPHER}'`)
  sqlite.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`)
  if (sqlite.pragma('cipher', { simple: true }) !== CIPHER) throw new Error('SQLite did not accept the cipher')
}

function cipheredDriver(): typeof Sqlite {
  try {
    return createRequire(import.meta.url)(CIPHERED_DRIVER) as typeof Sqlite
  } catch {
    throw refusal(
      `An encrypted store needs the package ${CIPHERED_DRIVER}, which is not installed here. Run "npm ci" again, on a machine that can build it.`,
    )
  }
}

function refusePlain(path: string): void {
  if (!existsSync(path) || headingOf(path) !== PLAIN_HEADING) return
  throw refusal(
    `The store ${path} is not encrypted, and a key to encrypt with was given (OUTCOMES_STORE_KEY_FILE). Move the store away and run the command again: it is made afresh, encrypted. Or leave the key out.`,
  )
}

function headingOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(PLAIN_HEADING.length)
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(file)
  }
}

function otherKey(path: string): OperatorError {
  return refusal(
    `The store ${path} cannot be opened with this key: it was encrypted with another one, or is damaged. Name the key file it was made with in OUTCOMES_STORE_KEY_FILE.`,
  )
}

function refusal(message: string): OperatorError {
  return new OperatorError(message, EXIT.input_refused)
}
