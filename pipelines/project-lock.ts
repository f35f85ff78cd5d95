import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database, SqliteError } from 'better-sqlite3'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'

const held = new Map<string, Database>()

/**
 * Takes the project for this process until it ends, however it ends: the lock is the operating system's, on `lock.sqlite` in the
 * store's folder, so that none is left behind by a crash.
 * @throws OperatorError (input refused) where another process has it.
 */
export function holdProject(storeDir: string): void {
  if (held.has(storeDir)) return
  const path = join(storeDir, 'lock.sqlite')
  writeFileSync(path, '', { flag: 'a', mode: 0o600 })
  const lock = new Sqlite(path, { timeout: 0 })
  try {
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    throw error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY') ? taken() : error
  }
  held.set(storeDir, lock)
}

function taken(): OperatorError {
  return new OperatorError(
    'Another outcomes command is at work on this project. Nothing was changed: wait until it has finished, then run this one again.',
    EXIT.input_refused,
  )
}
