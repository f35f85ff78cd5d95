import { storedTables } from './stored-tables.ts'
import { tableDefinitions } from './tables.ts'

/** A table that holds what records said. */
export interface RecordTable {
  readonly name: string
  /** Its rows may say whose they are. */
  readonly has_identity: boolean
  /** Columns with numbers of things that are one person's: a referral, a contact, an activity. Rows may name a person by these alone. */
  readonly references: readonly string[]
  /** Columns that name a day, so that rows can be told older from newer. */
  readonly days: readonly string[]
}

/** Teams have numbers too, and serve many people. */
const OF_MANY = new Set(['team_ref'])

/** The tables that hold what records said, found by their columns: a table added later is among them. */
export function recordTables(): RecordTable[] {
  const names = new Set(storedTables())
  return tableDefinitions()
    .filter(({ name }) => names.has(name))
    .map(({ name, sql }) => {
      const columns = [...sql.matchAll(/^ {4}(\w+) (?:integer|real|text)\b/gm)].map((it) => it[1] as string)
      return {
        name,
        has_identity: columns.includes('nhs_identity_key') && columns.includes('local_identity_key'),
        references: columns.filter((column) => column.endsWith('_ref') && !OF_MANY.has(column)),
        days: columns.filter((column) => column.endsWith('_day')),
      }
    })
}
