import type { Database } from 'better-sqlite3'
import { recordTables } from './record-tables.ts'

/**
 * Temporary tables that say which people and which records are meant, each with the reason: `chosen_identity`, `chosen_reference`,
 * `chosen_record`. They live in memory and go with the connection.
 */
export function clearChoice(db: Database): void {
  db.exec(`
    create temp table if not exists chosen_identity (identity_key integer primary key, reason text not null);
    create temp table if not exists chosen_reference (
      kind text, pseudonym text, reason text not null, primary key (kind, pseudonym)
    );
    create temp table if not exists chosen_record (
      file_id integer, row_number integer, reason text not null, primary key (file_id, row_number)
    );
    delete from chosen_identity; delete from chosen_reference; delete from chosen_record;`)
}

/** Adds the local identifiers that stand beside a chosen NHS number in some record. */
export function chooseLinkedIdentities(db: Database): void {
  for (const { name } of identityTables()) {
    db.exec(`
      insert or ignore into chosen_identity
      select ${name}.local_identity_key, chosen_identity.reason from ${name}
      join chosen_identity on chosen_identity.identity_key = ${name}.nhs_identity_key
      where ${name}.local_identity_key is not null`)
  }
}

/**
 * Adds every record of the chosen identities: by its NHS number; without one, by its local identifier; without either, by a
 * reference that it shares with another record of theirs, however many steps away.
 */
export function chooseTheirRecords(db: Database): void {
  for (const { name } of identityTables()) {
    db.exec(`
      insert or ignore into chosen_record
      select ${name}.file_id, ${name}.row_number, chosen_identity.reason from ${name}
      join chosen_identity on chosen_identity.identity_key = coalesce(${name}.nhs_identity_key, ${name}.local_identity_key)`)
  }
  const byReference = recordTables().flatMap(({ name, has_identity, references }) =>
    references.flatMap((column) => [
      `insert or ignore into chosen_reference
       select '${column}', ${name}.${column}, chosen_record.reason from ${name}
       join chosen_record on ${isChosen(name)}
       where ${name}.${column} is not null`,
      `insert or ignore into chosen_record
       select ${name}.file_id, ${name}.row_number, chosen_reference.reason from ${name}
       join chosen_reference on chosen_reference.kind = '${column}' and chosen_reference.pseudonym = ${name}.${column}
       ${has_identity ? `where coalesce(${name}.nhs_identity_key, ${name}.local_identity_key) is null` : ''}`,
    ]),
  )
  const statements = byReference.map((sql) => db.prepare(sql))
  while (statements.reduce((added, statement) => added + statement.run().changes, 0) > 0) {
    // a contact leads to its activities, and these to their scores
  }
}

/** Adds the copies of chosen records: the same row, met again in this file or another. */
export function chooseTheirCopies(db: Database): void {
  db.exec(`
    insert or ignore into chosen_record
    select copy.file_id, copy.row_number, chosen_record.reason from import_row as copy
    join import_row as original on original.row_hash = copy.row_hash
    join chosen_record on ${isChosen('original')}`)
}

/** Takes what chosen records said out of every table that holds it. Scores are derived from it: they are all emptied. */
export function deleteChosenRows(db: Database): Record<string, number> {
  db.prepare('delete from assessment_score').run()
  const names = [...recordTables().map((table) => table.name), 'flagged_row']
  return Object.fromEntries(names.map((name) => [name, deleteChosen(db, name)]))
}

/** Takes the chosen records out of one table. Gives the number of rows. */
export function deleteChosen(db: Database, table: string): number {
  return db.prepare(`delete from ${table} where exists (select 1 from chosen_record where ${isChosen(table)})`).run()
    .changes
}

/** Forgets identities that no record has any more. */
export function deleteIdleIdentities(db: Database): number {
  const used = identityTables().flatMap(({ name }) => [
    `select nhs_identity_key from ${name} where nhs_identity_key is not null`,
    `select local_identity_key from ${name} where local_identity_key is not null`,
  ])
  return db.prepare(`delete from identity where identity_key not in (${used.join(' union ')})`).run().changes
}

/** Counts of every file as its rows stand now. */
export function recountFiles(db: Database): void {
  const counts = db.prepare<[], { file_id: number; loaded: number; duplicate: number; quarantined: number }>(`
    select import_file.file_id, count(*) filter (where outcome = 'loaded') as loaded,
      count(*) filter (where outcome = 'duplicate') as duplicate, count(*) filter (where outcome = 'quarantined') as quarantined
    from import_file left join import_row using (file_id) group by import_file.file_id`)
  const update = db.prepare(`
    update import_file set n_loaded = @loaded, n_duplicates = @duplicate, n_quarantined = @quarantined,
      n_records = @loaded + @duplicate + @quarantined where file_id = @file_id`)
  for (const count of counts.all()) update.run(count)
}

export function isChosen(table: string): string {
  return `chosen_record.file_id = ${table}.file_id and chosen_record.row_number = ${table}.row_number`
}

function identityTables() {
  return recordTables().filter((table) => table.has_identity)
}
