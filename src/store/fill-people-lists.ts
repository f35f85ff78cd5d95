import type { Database } from 'better-sqlite3'
import { insertRows } from './insert-rows.ts'
import type { IdentityMapTable, PeopleListTable } from './table-types.ts'
import { withheldPeople } from './withheld-people.ts'

/** An opt-out list in place of the earlier one; what gave its people away in records is still remembered until all is read afresh. */
export function fillOptOuts(db: Database, list: PeopleListTable, pseudonyms: Iterable<string>): void {
  db.transaction(() => {
    db.exec(`delete from opt_out where met = 'list'; delete from people_list where kind = 'opt_out'`)
    const insert = db.prepare(
      `insert into opt_out (pseudonym, kind, met) values (?, 'nhs_number', 'list') on conflict do nothing`,
    )
    for (const pseudonym of pseudonyms) insert.run(pseudonym)
    insertRows(db, 'people_list', [list])
  })()
}

export interface FilledMap {
  readonly list: PeopleListTable
  readonly pairs: Iterable<Omit<IdentityMapTable, 'map_number'>>
}

/** All maps of local identifiers, in place of the earlier ones; without people who were purged. */
export function fillIdentityMaps(db: Database, maps: readonly FilledMap[]): void {
  db.transaction(() => {
    db.exec(`delete from identity_map; delete from people_list where kind = 'identity_map'`)
    const insert = db.prepare('insert into identity_map values (?, ?, ?, ?) on conflict do nothing')
    const people = withheldPeople(db)
    const isPurged = (pseudonym: string, kind: string) => people.reasonOf(pseudonym, kind) === 'purged'
    for (const { list, pairs } of maps) {
      for (const pair of pairs) {
        if (isPurged(pair.local_pseudonym, 'local_id') || isPurged(pair.other_pseudonym, pair.other_kind)) continue
        insert.run(list.list_number, pair.local_pseudonym, pair.other_pseudonym, pair.other_kind)
      }
      insertRows(db, 'people_list', [list])
    }
  })()
}

/** Forgets the opt-out list that outcomes.yaml named and no longer names. One from the command line stays until another comes. */
export function forgetUndeclaredOptOuts(db: Database): void {
  if (storedList(db, 'opt_out')?.named_in !== 'project') return
  db.exec(`delete from opt_out where met = 'list'; delete from people_list where kind = 'opt_out'`)
}

/** True where the store goes by these lists already, whatever their dates. */
export function holdsLists(
  db: Database,
  lists: readonly Pick<PeopleListTable, 'kind' | 'list_number' | 'sha256'>[],
): boolean {
  const isDeclared = lists.some(({ kind }) => kind === 'opt_out')
  const stored = db
    .prepare<[], PeopleListTable>('select * from people_list')
    .all()
    .filter(({ kind, named_in }) => isDeclared || kind !== 'opt_out' || named_in !== 'command')
  const keys = (of: typeof lists) => of.map((it) => `${it.kind} ${it.list_number} ${it.sha256}`).sort()
  return JSON.stringify(keys(stored)) === JSON.stringify(keys(lists))
}

/** A list keeps its people and may be declared with another date. */
export function dateLists(
  db: Database,
  lists: readonly Pick<PeopleListTable, 'kind' | 'list_number' | 'list_date'>[],
): void {
  const update = db.prepare('update people_list set list_date = ? where kind = ? and list_number = ?')
  for (const { kind, list_number, list_date } of lists) update.run(list_date, kind, list_number)
}

/** The opt-out list that the store goes by; undefined where there is none. */
export function storedList(db: Database, kind: 'opt_out'): PeopleListTable | undefined {
  return db.prepare<[string], PeopleListTable>('select * from people_list where kind = ?').get(kind)
}
