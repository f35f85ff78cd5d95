import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { DqFindingRow } from '../mart-types.ts'

/** A finding with the file it is in. */
export interface Finding extends DqFindingRow {
  file_name: string
  sheet: string
}

/** How many rows of a service break a rule; of one measure where the rule is about scores. */
export interface FindingCount {
  rule_code: string
  service_code: string | null
  measure_id: string | null
  n_rows: number
}

/** Every finding, in the order of files and rows. */
export function readFindings(kysely: Kysely<Database>): Promise<Finding[]> {
  return kysely
    .selectFrom('dq_findings')
    .innerJoin('import_file', 'import_file.file_id', 'dq_findings.file_id')
    .selectAll('dq_findings')
    .select(['import_file.file_name', 'import_file.sheet'])
    .orderBy('dq_findings.file_id')
    .orderBy('dq_findings.row_number', (order) => order.asc().nullsFirst())
    .orderBy('dq_findings.rule_code')
    .orderBy('dq_findings.measure_id', (order) => order.asc().nullsLast())
    .execute()
}

export function readFindingCounts(kysely: Kysely<Database>): Promise<FindingCount[]> {
  return kysely
    .selectFrom('dq_findings')
    .select(({ fn }) => ['rule_code', 'service_code', 'measure_id', fn.countAll<number>().as('n_rows')])
    .groupBy(['rule_code', 'service_code', 'measure_id'])
    .orderBy('rule_code')
    .orderBy('service_code', (order) => order.asc().nullsLast())
    .orderBy('measure_id', (order) => order.asc().nullsLast())
    .execute()
}
