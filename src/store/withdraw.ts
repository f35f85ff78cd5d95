import type { Database } from 'better-sqlite3'
import { WITHHELD } from '../domain/withheld.ts'
import { choosePastRecords } from './choose-past-records.ts'
import {
  chooseLinkedIdentities,
  chooseTheirCopies,
  chooseTheirRecords,
  clearChoice,
  deleteChosenRows,
  deleteIdleIdentities,
  isChosen,
  recountFiles,
} from './choose-records.ts'
import { recordTables } from './record-tables.ts'
import type { IdentityMapTable } from './table-types.ts'
import { purgeMark, type WithheldPeople, withheldPeople } from './withheld-people.ts'

/**
 * Takes back every loaded record of people who have opted out or were purged, and every record past its retention, whatever link gave
 * it away and whichever file came first: afterwards they stand as held back, with the reason, and nothing they said is in any
 * table. Gives the number of records.
 */
export function withdraw(db: Database): number {
  return db.transaction(() => {
    const people = withheldPeople(db)
    const day = db.prepare('select purged_before_day from retention').pluck().get() as number | undefined
    if (people.is_empty && day === undefined) return 0
    clearChoice(db)
    do {
      chooseWithheldIdentities(db)
      chooseLinkedIdentities(db)
      noteIdentities(db, people)
    } while (noteMapped(db, people) > 0)
    chooseWithheldReferences(db)
    chooseTheirRecords(db)
    noteReferences(db, people)
    if (day !== undefined) choosePastRecords(db, day)
    chooseTheirCopies(db)
    const n = holdBackChosen(db)
    deleteIdleIdentities(db)
    return n
  })()
}

function chooseWithheldIdentities(db: Database): void {
  db.exec(`
    insert or ignore into chosen_identity
    select identity.identity_key, 'opted_out' from identity
    join opt_out on opt_out.pseudonym = identity.pseudonym and opt_out.kind = identity.kind`)
  const choose = db.prepare(`insert or ignore into chosen_identity values (?, 'purged')`)
  const identities = 'select kind, pseudonym, identity_key from identity'
  for (const { identity_key } of marked(db, identities)) choose.run(identity_key)
}

function chooseWithheldReferences(db: Database): void {
  db.exec(`
    insert or ignore into chosen_reference
    select kind, pseudonym, 'opted_out' from opt_out where kind not in ('nhs_number', 'local_id')`)
  const choose = db.prepare(`insert or ignore into chosen_reference values (?, ?, 'purged')`)
  const references = recordTables().flatMap(({ name, references }) =>
    references.map(
      (column) => `select '${column}' as kind, ${column} as pseudonym from ${name} where ${column} is not null`,
    ),
  )
  for (const { kind, pseudonym } of marked(db, references.join(' union '))) choose.run(kind, pseudonym)
}

interface Marked {
  readonly kind: string
  readonly pseudonym: string
  readonly identity_key?: number
}

/** Purged pseudonyms are known by their marks alone, so each pseudonym that is there has to be marked and looked up. */
function marked(db: Database, pseudonyms: string): Marked[] {
  const marks = new Set(db.prepare(`select kind || ' ' || mark from purged_identity`).pluck().all())
  if (marks.size === 0) return []
  return db
    .prepare<[], Marked>(pseudonyms)
    .all()
    .filter(({ kind, pseudonym }) => marks.has(`${kind} ${purgeMark(pseudonym)}`))
}

/** Adds the local identifiers that declared maps join to those of withheld people, one step further. Gives how many. */
function noteMapped(db: Database, people: WithheldPeople): number {
  let added = 0
  const pairs = db.prepare<[], IdentityMapTable>('select * from identity_map').all()
  for (const { local_pseudonym: local, other_pseudonym: other, other_kind } of pairs) {
    const [reason, otherReason] = [people.reasonOf(local, 'local_id'), people.reasonOf(other, other_kind)]
    if (reason === null && otherReason !== null) people.note(local, 'local_id', otherReason)
    else if (reason !== null && otherReason === null && other_kind === 'local_id')
      people.note(other, other_kind, reason)
    else continue
    added++
  }
  return added
}

interface Link {
  readonly pseudonym: string
  readonly kind: string
  readonly reason: 'opted_out' | 'purged'
}

/** What has given the person away once will do so again, when the next file comes. */
function noteIdentities(db: Database, people: WithheldPeople): void {
  const links = db.prepare<[], Link>(`
    select identity.pseudonym, identity.kind, chosen_identity.reason from chosen_identity
    join identity on identity.identity_key = chosen_identity.identity_key and identity.kind = 'local_id'`)
  for (const { pseudonym, kind, reason } of links.all()) people.note(pseudonym, kind, reason)
}

function noteReferences(db: Database, people: WithheldPeople): void {
  const links = db.prepare<[], Link>('select pseudonym, kind, reason from chosen_reference')
  for (const { pseudonym, kind, reason } of links.all()) people.note(pseudonym, kind, reason)
}

function holdBackChosen(db: Database): number {
  deleteChosenRows(db)
  const expected = Object.entries(WITHHELD).map(([reason, words]) => `when '${reason}' then '${words}'`)
  const { changes } = db
    .prepare(`
      insert into quarantine_row (file_id, row_number, fault_number, code, column_name, expected)
      select file_id, row_number, 1, reason, null, case reason ${expected.join(' ')} end
      from chosen_record join import_row using (file_id, row_number)
      where outcome <> 'quarantined' order by file_id, row_number`)
    .run()
  if (changes === 0) return 0
  db.exec(`
    update import_row set outcome = 'quarantined'
    where outcome <> 'quarantined' and exists (select 1 from chosen_record where ${isChosen('import_row')})`)
  recountFiles(db)
  return changes
}
