import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../database.ts'
import type { ImportFileTable } from '../table-types.ts'

/** Records of one file with one fault. A record with the fault in two columns is one record. */
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

/** Why records were held back, by file and code. A file in whose place another stands is nobody's to put right. */
export function readFaultCounts(kysely: Kysely<Database>): Promise<IssueCount[]> {
  return kysely
    .selectFrom('quarantine_row')
    .innerJoin('import_file', 'import_file.file_id', 'quarantine_row.file_id')
    .select(({ fn }) => [
      'import_file.file_id',
      'import_file.file_name',
      'import_file.service_code',
      'quarantine_row.code',
      fn.count<number>('quarantine_row.row_number').distinct().as('n_records'),
    ])
    .where('import_file.superseded_by', 'is', null)
    .groupBy(['import_file.file_id', 'import_file.file_name', 'import_file.service_code', 'quarantine_row.code'])
    .orderBy('import_file.file_id')
    .orderBy('quarantine_row.code')
    .execute()
}

/** The same by column as well; null where the fault belongs to the whole record. */
export function readFaultCountsByColumn(
  kysely: Kysely<Database>,
): Promise<(IssueCount & { sheet: string; column_name: string | null })[]> {
  return kysely
    .selectFrom('quarantine_row')
    .innerJoin('import_file', 'import_file.file_id', 'quarantine_row.file_id')
    .select(({ fn }) => [
      'import_file.file_id',
      'import_file.file_name',
      'import_file.sheet',
      'import_file.service_code',
      'quarantine_row.code',
      'quarantine_row.column_name',
      fn.count<number>('quarantine_row.row_number').distinct().as('n_records'),
    ])
    .where('import_file.superseded_by', 'is', null)
    .groupBy([
      'import_file.file_id',
      'import_file.file_name',
      'import_file.sheet',
      'import_file.service_code',
      'quarantine_row.code',
      'quarantine_row.column_name',
    ])
    .orderBy('n_records', 'desc')
    .orderBy('import_file.file_id')
    .orderBy('quarantine_row.code')
    .orderBy('quarantine_row.column_name', (order) => order.asc().nullsLast())
    .execute()
}
