import type { Database } from 'better-sqlite3'
import { recordTables } from './record-tables.ts'

/**
 * Adds to `chosen_record` the records all of whose days are before `day`. A referral that has not ended lasts until its person's
 * last record; what describes a person, and has no day of its own, goes with the last of their records.
 */
export function choosePastRecords(db: Database, day: number): void {
  fillDatedRows(db)
  db.prepare(`
    insert or ignore into chosen_record
    select file_id, row_number, 'past_retention' from dated_row
    group by file_id, row_number having max(last_day) < ? and max(is_open) = 0`).run(day)
  db.prepare(`
    insert or ignore into chosen_record
    select dated_row.file_id, dated_row.row_number, 'past_retention' from dated_row
    where is_open = 1 and not exists (select 1 from dated_row as later where later.last_day >= @day and ${ofOnePerson('later')})
    group by file_id, row_number having max(last_day) < @day`).run({ day })
  db.exec(`
    insert or ignore into chosen_record
    select dated_row.file_id, dated_row.row_number, 'past_retention' from person_record as dated_row
    where exists (select 1 from dated_row as other where ${ofOnePerson('other')})
      and not exists (
        select 1 from dated_row as other
        left join chosen_record on chosen_record.file_id = other.file_id and chosen_record.row_number = other.row_number
        where chosen_record.file_id is null and ${ofOnePerson('other')})`)
}

function ofOnePerson(other: string): string {
  return `(${other}.nhs_identity_key = dated_row.nhs_identity_key or ${other}.local_identity_key = dated_row.local_identity_key)`
}

/** A day of death is not when the record was made; a submission says when a record was sent, not what day it is about. */
const UNDATED = new Set(['person_record', 'submission_row'])

/** Every row that has a day, with the last of its days. */
function fillDatedRows(db: Database): void {
  db.exec(`
    create temp table if not exists dated_row (
      file_id integer, row_number integer, nhs_identity_key integer, local_identity_key integer,
      last_day integer not null, is_open integer not null
    );
    delete from dated_row;
    create index if not exists temp.dated_row_nhs on dated_row (nhs_identity_key);
    create index if not exists temp.dated_row_local on dated_row (local_identity_key);`)
  for (const { name, has_identity, days: columns } of recordTables()) {
    const days = columns.map((column) => `coalesce(${column}, ${-1_000_000})`)
    if (days.length === 0 || UNDATED.has(name)) continue
    const keys = has_identity ? 'nhs_identity_key, local_identity_key' : 'null, null'
    const isOpen = name === 'referral_record' ? 'coalesce(discharge_day, rejected_day) is null' : '0'
    const last = days.length === 1 ? days[0] : `max(${days.join(', ')})`
    db.exec(`insert into dated_row select file_id, row_number, ${keys}, ${last}, ${isOpen} from ${name}`)
  }
}
