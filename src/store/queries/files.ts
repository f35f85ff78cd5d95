import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../database.ts'
import type { ImportFileTable } from '../table-types.ts'

/** Records of one file with one fault or doubt. A record with the fault in two columns is one record. */
export interface IssueCount {
  file_id: number
  file_name: string
  service_code: string | null
  code: string
  n_records: number
}

/** Every file and sheet that was read, with its lines and records accounted for, in the order of reading. */
export function readFiles(kysely: Kysely<Database>): Promise<Selectable<ImportFileTable>[]> {
  return kysely.selectFrom('import_file').selectAll().orderBy('file_id').execute()
}

/** Why records were held back, by file and code. */
export function readFaultCounts(kysely: Kysely<Database>): Promise<IssueCount[]> {
  return countIssues(kysely, 'quarantine_row')
}

/** Doubts about records that were loaded all the same, by file and code. */
export function readFlagCounts(kysely: Kysely<Database>): Promise<IssueCount[]> {
  return countIssues(kysely, 'flagged_row')
}

function countIssues(kysely: Kysely<Database>, table: 'quarantine_row' | 'flagged_row'): Promise<IssueCount[]> {
  return kysely
    .selectFrom('import_file')
    .innerJoin(
      kysely.selectFrom(table).select(['file_id', 'row_number', 'code']).as('issue'),
      'issue.file_id',
      'import_file.file_id',
    )
    .select(({ fn }) => [
      'import_file.file_id',
      'import_file.file_name',
      'import_file.service_code',
      'issue.code',
      fn.count<number>('issue.row_number').distinct().as('n_records'),
    ])
    .groupBy(['import_file.file_id', 'import_file.file_name', 'import_file.service_code', 'issue.code'])
    .orderBy('import_file.file_id')
    .orderBy('issue.code')
    .execute()
}
