import type { Database } from 'better-sqlite3'
import { storedList } from './fill-people-lists.ts'
import { insertRows } from './insert-rows.ts'

/** What outlives a fresh reading of the exports: which key the store is bound to, and whom and what it was told to forget. */
const LASTING = ['pseudonym_key', 'purged_identity', 'retention'] as const

/** Copies these into the empty store that is to take its place, and the opt-out list where the project does not name one itself. */
export function carryOver(from: Database, into: Database): void {
  into.transaction(() => {
    for (const table of LASTING) insertRows(into, table, from.prepare(`select * from ${table}`).all() as never)
    const list = storedList(from, 'opt_out')
    if (list?.named_in !== 'command') return
    insertRows(into, 'people_list', [list])
    insertRows(into, 'opt_out', from.prepare(`select * from opt_out where met = 'list'`).all() as never)
  })()
}
