import { tableDefinitions } from './tables.ts'

/** Tables of the accounting itself: they name records, and hold nothing that was read of them. */
const ACCOUNTS = new Set(['import_row', 'quarantine_row', 'flagged_row', 'corrected_row'])

/** The tables that rows of records are loaded into. */
export function storedTables(): readonly string[] {
  const isOfRecords = ({ name, sql }: { name: string; sql: string }) =>
    /^ +file_id /m.test(sql) && /^ +row_number /m.test(sql) && !ACCOUNTS.has(name)
  return tableDefinitions()
    .filter(isOfRecords)
    .map(({ name }) => name)
}

/** Those of them that are about a person, whose identity keys they hold. */
export function tablesAboutPeople(): ReadonlySet<string> {
  const names = tableDefinitions().filter(({ sql }) => /^ +nhs_identity_key /m.test(sql))
  return new Set(names.map(({ name }) => name))
}
