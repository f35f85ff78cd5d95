import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { findBytes } from './find-bytes.ts'

const CHUNK_BYTES = 4 << 20

export interface Searched {
  readonly name: string
  readonly n_bytes: number
  /** How many of the traces lie in it. */
  readonly n_found: number
}

/** How many of the traces lie in a file's bytes, whatever part of it they are in. */
export function searchFile(path: string, name: string, traces: readonly Buffer[]): Searched {
  return { name, n_bytes: statSync(path).size, n_found: findBytes(chunksOf(path), traces).size }
}

/** The same for the pages of an open store as they are without encryption. */
export function searchPages(db: Database, name: string, traces: readonly Buffer[]): Searched {
  const pages = db.serialize()
  return { name, n_bytes: pages.length, n_found: findBytes([pages], traces).size }
}

function* chunksOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      const n = readSync(file, chunk, 0, chunk.length, null)
      if (n === 0) return
      yield chunk.subarray(0, n)
    }
  } finally {
    closeSync(file)
  }
}
