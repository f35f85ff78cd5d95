import type { Database } from 'better-sqlite3'

/** A row of import_file, as far as accounting needs it. */
export interface StoredFile {
  file_id: number
  sha256: string
  sheet: string
  file_name: string
  profile_id: string
  encoding: string | null
  delimiter: string | null
  n_physical_lines: number
  n_heading_lines: number
  n_blank_lines: number
  n_other_lines: number
  n_record_lines: number
  n_records: number
  n_loaded: number
  n_duplicates: number
  n_quarantined: number
  columns_left_out: string
}

/**
 * Re-derives every file's counts from the tables. Returns what does not add up, one sentence each; empty when all is well.
 */
export function checkAccounting(db: Database): string[] {
  const files = db.prepare<[], StoredFile>('select * from import_file order by file_id').all()
  return files.flatMap((file) => violationsOf(db, file))
}

/** What does not add up about one file. */
export function violationsOf(db: Database, file: StoredFile): string[] {
  const say = (text: string) => `file ${file.file_id} (${file.file_name}): ${text}`
  const outcomes = countBy(
    db,
    'select outcome as name, count(*) as n from import_row where file_id = ? group by outcome',
    file,
  )
  const held = db
    .prepare<[number], { n: number }>('select count(distinct row_number) as n from quarantine_row where file_id = ?')
    .get(file.file_id) as { n: number }
  const lines = file.n_heading_lines + file.n_blank_lines + file.n_other_lines + file.n_record_lines
  const faults: string[] = []
  for (const [column, outcome] of [
    ['n_loaded', 'loaded'],
    ['n_duplicates', 'duplicate'],
    ['n_quarantined', 'quarantined'],
  ] as const) {
    const n = outcomes[outcome] ?? 0
    if (n !== file[column]) faults.push(say(`${column} is ${file[column]}, but import_row holds ${n}`))
  }
  if (file.n_records !== file.n_loaded + file.n_duplicates + file.n_quarantined) {
    faults.push(say(`n_records is ${file.n_records}, not loaded + duplicates + quarantined`))
  }
  if (held.n !== file.n_quarantined) faults.push(say(`quarantine_row names ${held.n} rows, not ${file.n_quarantined}`))
  if (file.n_physical_lines !== lines)
    faults.push(say(`${file.n_physical_lines} lines, but ${lines} are accounted for`))
  return faults
}

/** Counts of a file's rows by a name; the query gives `name` and `n` for the file's id. */
export function countBy(db: Database, sql: string, file: StoredFile): Record<string, number> {
  const rows = db.prepare<[number], { name: string; n: number }>(sql).all(file.file_id)
  return Object.fromEntries(rows.map((row) => [row.name, row.n]))
}
