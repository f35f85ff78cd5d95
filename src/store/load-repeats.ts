import type { Database } from 'better-sqlite3'
import { recountFiles } from './choose-records.ts'
import { storedTables } from './stored-tables.ts'
import { tableDefinitions } from './tables.ts'

/**
 * Loads records that stand as duplicates of nothing but superseded ones: the first of each. A duplicate is the same record to the last
 * kept cell, so what the other one said is what it says.
 */
export function loadRepeatsOfSuperseded(db: Database): void {
  db.exec(`
    create temp table if not exists repeat_of_superseded (
      file_id integer, row_number integer, from_file_id integer, from_row_number integer, primary key (file_id, row_number)
    );
    delete from repeat_of_superseded;
    insert into repeat_of_superseded
    select file_id, row_number, from_file_id, from_row_number from (
      select duplicate.file_id, duplicate.row_number, original.file_id as from_file_id, original.row_number as from_row_number,
        row_number() over (
          partition by duplicate.row_hash order by duplicate.file_id, duplicate.row_number, original.file_id desc
        ) as nth
      from import_row as duplicate
      join import_row as original on original.row_hash = duplicate.row_hash and original.outcome = 'loaded'
      where duplicate.outcome = 'duplicate' and not ${isSuperseded('duplicate')} and ${isSuperseded('original')}
        and not exists (
          select 1 from import_row as standing
          where standing.row_hash = duplicate.row_hash and standing.outcome = 'loaded' and not ${isSuperseded('standing')}
        )
    ) where nth = 1 order by file_id, row_number`)
  if (db.prepare('select 1 from repeat_of_superseded limit 1').get() === undefined) return
  for (const table of [...storedTables(), 'flagged_row']) db.exec(copyRows(table))
  db.exec(`
    update import_row set outcome = 'loaded'
    where outcome = 'duplicate' and exists (
      select 1 from repeat_of_superseded as it where it.file_id = import_row.file_id and it.row_number = import_row.row_number
    )`)
  recountFiles(db)
}

function isSuperseded(row: string): string {
  return `${row}.file_id in (select file_id from import_file where superseded_by is not null)`
}

function copyRows(table: string): string {
  const columns = otherColumns(table)
  return `
    insert into ${table} (file_id, row_number, ${columns.join(', ')})
    select it.file_id, it.row_number, ${columns.map((column) => `original.${column}`).join(', ')}
    from repeat_of_superseded as it
    join ${table} as original on original.file_id = it.from_file_id and original.row_number = it.from_row_number
    order by it.file_id, it.row_number, original.rowid`
}

/** All but the row's place, and the number that the store counts up. */
function otherColumns(table: string): string[] {
  const sql = tableDefinitions().find(({ name }) => name === table)?.sql ?? ''
  return [...sql.matchAll(/^ {4}(\w+) (?:integer|real|text)\b(?! primary key)/gm)]
    .map((it) => it[1] as string)
    .filter((column) => column !== 'file_id' && column !== 'row_number')
}
