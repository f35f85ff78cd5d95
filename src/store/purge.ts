import type { Database } from 'better-sqlite3'
import { choosePastRecords } from './choose-past-records.ts'
import {
  chooseTheirCopies,
  chooseTheirRecords,
  clearChoice,
  deleteChosen,
  deleteChosenRows,
  deleteIdleIdentities,
  isChosen,
  recountFiles,
} from './choose-records.ts'
import { readModels } from './models.ts'
import { recordTables } from './record-tables.ts'
import { RecordsHash } from './records-hash.ts'
import { rowEncoder } from './row-bytes.ts'
import { purgeMark } from './withheld-people.ts'

export interface PurgePlan {
  /** Files that the records came in: they still hold them. */
  readonly files: readonly { readonly origin: string; readonly records: number }[]
  readonly records: number
  /** Records of a chosen person's local identifier that another NHS number came with too: nobody can say whose they are. */
  readonly ambiguous_records: number
  /** What must be nowhere in the files afterwards: pseudonyms, hashes of records, and rows as the file holds them. */
  readonly traces: readonly Buffer[]
  /** All there were, of which `traces` are a spread where there are very many. */
  readonly n_traces: number
}

export interface Deleted {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>
  /** Tables made from those rows, everyone's, that were emptied too. */
  readonly n_derived_tables: number
}

/** Tables that name records by their place or hash. */
const BOOKS = ['import_row', 'quarantine_row', 'corrected_row'] as const

const MOST_TRACES = 50_000

/** Chooses every record of the people with these identities. Nothing is changed yet. */
export function planPersonPurge(db: Database, identityKeys: readonly number[]): PurgePlan {
  clearChoice(db)
  const choose = db.prepare(`insert or ignore into chosen_identity values (?, 'purged')`)
  for (const key of identityKeys) choose.run(key)
  chooseTheirRecords(db)
  return planOf(db, ambiguousRecords(db))
}

/** Chooses every record all of whose days are before `day`, and the people who have none besides. Nothing is changed yet. */
export function planPastPurge(db: Database, day: number): PurgePlan {
  clearChoice(db)
  choosePastRecords(db, day)
  return planOf(db, 0)
}

/** Deletes what was chosen, and everything derived from it. The caller holds the transaction. */
export function deleteChosenRecords(db: Database): Deleted {
  const n_derived_tables = deleteDerived(db)
  const rows = deleteChosenRows(db)
  const books = Object.fromEntries(BOOKS.map((table) => [table, deleteChosen(db, table)]))
  const maps = db
    .prepare(`
      delete from identity_map where exists (
        select 1 from chosen_identity join identity using (identity_key)
        where identity.pseudonym in (local_pseudonym, other_pseudonym))`)
    .run().changes
  const identities = deleteIdleIdentities(db)
  recountFiles(db)
  renewHashes(db)
  const all = { ...rows, ...books, identity_map: maps, identity: identities }
  return { rows: Object.fromEntries(Object.entries(all).filter(([, n]) => n > 0)), n_derived_tables }
}

/** Remembers the chosen people by marks, so that a later file cannot bring them back unseen. */
export function rememberPurged(db: Database, date: string): void {
  const insert = db.prepare('insert or ignore into purged_identity (mark, kind, purged_date) values (?, ?, ?)')
  const identifiers = db
    .prepare<[], { pseudonym: string; kind: string }>(`
      select pseudonym, kind from chosen_identity join identity using (identity_key)
      union select pseudonym, kind from chosen_reference`)
    .all()
  for (const { pseudonym, kind } of identifiers) insert.run(purgeMark(pseudonym), kind, date)
}

/** Remembers from which day on records may be kept; a later day stays. */
export function rememberRetention(db: Database, date: string, day: number): void {
  db.prepare(`
    insert into retention (retention_id, purged_before_date, purged_before_day) values (1, ?, ?)
    on conflict (retention_id) do update set
      purged_before_date = max(purged_before_date, excluded.purged_before_date),
      purged_before_day = max(purged_before_day, excluded.purged_before_day)`).run(date, day)
}

/** Leaves nothing in the file but what the tables hold: the log is emptied into it, and the file written afresh. */
export function rewriteFile(db: Database): void {
  db.pragma('wal_checkpoint(truncate)')
  db.exec('vacuum')
  db.pragma('wal_checkpoint(truncate)')
}

function planOf(db: Database, ambiguous_records: number): PurgePlan {
  chooseTheirCopies(db)
  const files = db
    .prepare<[], { origin: string; records: number }>(`
      select origin, count(*) as records from chosen_record join import_file using (file_id)
      group by file_id order by file_id`)
    .all()
  const traces = tracesOf(db)
  const step = Math.max(1, Math.ceil(traces.length / MOST_TRACES))
  return {
    files,
    records: files.reduce((sum, file) => sum + file.records, 0),
    ambiguous_records,
    traces: traces.filter((_, nth) => nth % step === 0),
    n_traces: traces.length,
  }
}

function ambiguousRecords(db: Database): number {
  const tables = recordTables().filter((table) => table.has_identity)
  const beside = tables.map(
    ({ name }) => `
      select local_identity_key from ${name} join chosen_identity on chosen_identity.identity_key = nhs_identity_key
      where local_identity_key is not null and local_identity_key not in (select identity_key from chosen_identity)`,
  )
  const theirs = tables.map(
    ({ name }) => `
      select file_id, row_number from ${name} where nhs_identity_key is null and local_identity_key in (${beside.join(' union ')})`,
  )
  return db
    .prepare<[], number>(`select count(*) from (${theirs.join(' union ')})`)
    .pluck()
    .get() as number
}

function tracesOf(db: Database): Buffer[] {
  const texts = db
    .prepare<[], string>(`
      select pseudonym from chosen_identity join identity using (identity_key)
      union select pseudonym from chosen_reference
      union select row_hash from import_row join chosen_record using (file_id, row_number)
      union select row_hash from corrected_row join chosen_record using (file_id, row_number)`)
    .pluck()
    .all()
  const tables = [...recordTables().map(({ name }) => name), 'flagged_row', ...BOOKS]
  return [...texts.map((text) => Buffer.from(text)), ...tables.flatMap((table) => rowTraces(db, table))]
}

function rowTraces(db: Database, table: string): Buffer[] {
  const encode = rowEncoder(db, table)
  return db
    .prepare<[], (string | number | null)[]>(
      `select ${table}.* from ${table} where exists (select 1 from chosen_record where ${isChosen(table)})`,
    )
    .raw()
    .all()
    .map(encode)
}

/** Models and month edges name days and people; they are made again when next they are needed. */
function deleteDerived(db: Database): number {
  const standing = new Set(db.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[])
  const models = readModels().filter(({ name }) => standing.has(name))
  for (const { name } of models) db.exec(`drop table main.${name}`)
  db.exec('delete from assessment_score; delete from month_edge; delete from calendar_month')
  return models.length + 3
}

function renewHashes(db: Database): void {
  const hashes = new Map<number, RecordsHash>()
  const rows = db.prepare<[], { file_id: number; row_hash: string }>('select file_id, row_hash from import_row')
  for (const { file_id, row_hash } of rows.iterate()) {
    const hash = hashes.get(file_id) ?? new RecordsHash()
    hashes.set(file_id, hash)
    hash.add(Buffer.from(row_hash, 'base64url'))
  }
  const update = db.prepare('update import_file set records_hash = ? where file_id = ?')
  for (const file_id of db.prepare('select file_id from import_file').pluck().all() as number[]) {
    update.run((hashes.get(file_id) ?? new RecordsHash()).toString(), file_id)
  }
}
