import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { EXIT, OperatorError } from '../domain/operator-error.ts'

const CHUNK_BYTES = 1 << 20

/**
 * A seal is the hash of a store's file, kept beside it while nobody writes. SQLite notices a page that makes no sense, and not a digit
 * that has changed on the disk: the seal notices both. Whoever writes breaks the seal first, so one that is missing means no more
 * than that the last writer was stopped.
 */
export function sealPath(storePath: string): string {
  return `${storePath}.seal`
}

/** False where there is no seal. @throws OperatorError (check failed) where the file is not what was sealed. */
export function checkSeal(storePath: string): boolean {
  const path = sealPath(storePath)
  if (!existsSync(path)) return false
  if (readFileSync(path, 'utf8') === hashOf(storePath)) return true
  throw new OperatorError(
    `The store is damaged, or something else has written to it: its bytes are not those that this program left. Nothing was read from it. Put back a copy of it from before, or delete the folder .outcomes in the project and run "outcomes run": it is made afresh from exports/. Files that "outcomes ingest" read from elsewhere have to be read again.`,
    EXIT.check_failed,
  )
}

export function breakSeal(storePath: string): void {
  rmSync(sealPath(storePath), { force: true })
  syncFolder(dirname(storePath))
}

/** Does nothing while SQLite keeps changes beside the file: another process reads it, and the file is not final. */
export function seal(storePath: string): void {
  if (existsSync(`${storePath}-wal`)) return
  const path = sealPath(storePath)
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, hashOf(storePath), 0)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
  syncFolder(dirname(storePath))
}

function hashOf(path: string): string {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let n = readSync(file, buffer); n > 0; n = readSync(file, buffer)) hash.update(buffer.subarray(0, n))
    return hash.digest('hex')
  } finally {
    closeSync(file)
  }
}

/** Makes the change of a name last through a power cut, where the system lets a folder be opened at all. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
