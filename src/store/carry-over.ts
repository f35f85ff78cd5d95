import type { Database } from 'better-sqlite3'
import { insertRows } from './insert-rows.ts'

/** What outlives a fresh reading of the exports: which key the store is bound to, and whom and what it was told to forget. */
const LASTING = ['pseudonym_key', 'purged_identity', 'retention'] as const

/** Copies these tables from a store into the empty one that is to take its place. */
export function carryOver(from: Database, into: Database): void {
  into.transaction(() => {
    for (const table of LASTING) insertRows(into, table, from.prepare(`select * from ${table}`).all() as never)
  })()
}
