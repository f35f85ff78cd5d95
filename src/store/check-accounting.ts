import type { Database } from 'better-sqlite3'
import { RecordsHash } from './records-hash.ts'
import { storedTables } from './stored-tables.ts'

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
  records_hash: string
  period_start_day: number | null
  period_end_day: number | null
  superseded_by: number | null
}

/**
 * Re-derives every file's counts, and the hash of its records, from the tables. Returns what does not add up, one sentence each;
 * empty when all is well.
 */
export function checkAccounting(db: Database): string[] {
  const files = db.prepare<[], StoredFile>('select * from import_file order by file_id').all()
  const rows = rowsByFile(db)
  const held = heldByFile(db)
  const hashes = hashesByFile(db)
  return [
    ...files.flatMap((file) => {
      const faults = violationsOf(file, rows.get(file.file_id) ?? NO_ROWS, held.get(file.file_id) ?? 0)
      const isSame = (hashes.get(file.file_id) ?? new RecordsHash()).toString() === file.records_hash
      return isSame ? faults : [...faults, about(file, 'the records held are not those that were read')]
    }),
    ...unloadedRows(db),
  ]
}

/** The same for the file just loaded, whose rows of import_row come after `lastRow`. */
export function checkLoaded(db: Database, file: StoredFile, lastRow: number): string[] {
  const held = db.prepare('select count(distinct row_number) from quarantine_row where file_id = ?').pluck()
  return violationsOf(file, rowsSince(db, file, lastRow), held.get(file.file_id) as number)
}

interface RowCounts {
  readonly loaded: number
  readonly duplicate: number
  readonly quarantined: number
}

const NO_ROWS: RowCounts = { loaded: 0, duplicate: 0, quarantined: 0 }

function violationsOf(file: StoredFile, rows: RowCounts, held: number): string[] {
  const faults: string[] = []
  for (const [column, outcome] of [
    ['n_loaded', 'loaded'],
    ['n_duplicates', 'duplicate'],
    ['n_quarantined', 'quarantined'],
  ] as const) {
    const n = rows[outcome]
    if (n !== file[column]) faults.push(`${column} is ${file[column]}, but import_row holds ${n}`)
  }
  if (file.n_records !== file.n_loaded + file.n_duplicates + file.n_quarantined) {
    faults.push(`n_records is ${file.n_records}, not loaded + duplicates + quarantined`)
  }
  if (held !== file.n_quarantined) faults.push(`quarantine_row names ${held} rows, not ${file.n_quarantined}`)
  const lines = file.n_heading_lines + file.n_blank_lines + file.n_other_lines + file.n_record_lines
  if (file.n_physical_lines !== lines) faults.push(`${file.n_physical_lines} lines, but ${lines} are accounted for`)
  return faults.map((fault) => about(file, fault))
}

function about(file: StoredFile, text: string): string {
  return `file ${file.file_id} (${file.file_name}): ${text}`
}

function rowsByFile(db: Database): Map<number, RowCounts> {
  const rows = db
    .prepare<[], RowCounts & { file_id: number }>(
      `select
         file_id,
         sum(outcome = 'loaded') as loaded,
         sum(outcome = 'duplicate') as duplicate,
         sum(outcome = 'quarantined') as quarantined
       from import_row group by file_id`,
    )
    .all()
  return new Map(rows.map((row) => [row.file_id, row]))
}

/** Of the one file whose rows come after `lastRow`: without reading each of them. */
function rowsSince(db: Database, { file_id }: StoredFile, lastRow: number): RowCounts {
  const all = db.prepare<[number], number>('select count(*) from import_row where rowid > ?').pluck()
  const keptOut = db
    .prepare<[number, string], number>(
      `select count(*) from import_row where file_id = ? and outcome = ? and outcome <> 'loaded'`,
    )
    .pluck()
  const duplicate = keptOut.get(file_id, 'duplicate') as number
  const quarantined = keptOut.get(file_id, 'quarantined') as number
  return { loaded: (all.get(lastRow) as number) - duplicate - quarantined, duplicate, quarantined }
}

function heldByFile(db: Database): Map<number, number> {
  const held = db.prepare<[], { file_id: number; n: number }>(
    'select file_id, count(distinct row_number) as n from quarantine_row group by file_id',
  )
  return new Map(held.all().map(({ file_id, n }) => [file_id, n]))
}

function hashesByFile(db: Database): Map<number, RecordsHash> {
  const hashes = new Map<number, RecordsHash>()
  const rows = db.prepare<[], { file_id: number; row_hash: string }>('select file_id, row_hash from import_row')
  for (const { file_id, row_hash } of rows.iterate()) {
    const hash = hashes.get(file_id) ?? new RecordsHash()
    hashes.set(file_id, hash)
    hash.add(Buffer.from(row_hash, 'base64url'))
  }
  return hashes
}

/** A record counted as loaded has a row in some table, and a row in a table is of a record counted as loaded. */
function unloadedRows(db: Database): string[] {
  const tables = storedTables()
    .map((table) => `select file_id, row_number from ${table}`)
    .join(' union ')
  const counted = `select file_id, row_number from import_row where outcome = 'loaded'`
  const count = (sql: string) => db.prepare<[], number>(`select count(*) from (${sql})`).pluck().get() as number
  const absent = count(`${counted} except select * from (${tables})`)
  const uncounted = count(`select * from (${tables}) except ${counted}`)
  return [
    ...(absent === 0 ? [] : [`${absent} records are counted as loaded, but no table holds a row of theirs`]),
    ...(uncounted === 0 ? [] : [`rows of ${uncounted} records are held that are not counted as loaded`]),
  ]
}

/** Counts of a file's rows by a name; the query gives `name` and `n` for the file's id. */
export function countBy(db: Database, sql: string, file: StoredFile): Record<string, number> {
  const rows = db.prepare<[number], { name: string; n: number }>(sql).all(file.file_id)
  return Object.fromEntries(rows.map((row) => [row.name, row.n]))
}
