import type { Database, Statement } from 'better-sqlite3'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import type { IssueFacts, LineCounts, ReadIdentity, Reading, ReadRecord, StoredRow } from '../ingest/reading.ts'

/** What became of one file: an interface (`outcomes ingest --json`), so fields are only ever added. */
export interface FileReport extends LineCounts {
  readonly file: string
  readonly sheet: string
  readonly sha256: string
  readonly profile: string
  readonly encoding: string | null
  readonly delimiter: string | null
  /** The same bytes were read before: nothing was written, and the numbers are those of the first time. */
  readonly already_loaded: boolean
  readonly records: number
  readonly loaded: number
  readonly duplicates: number
  readonly quarantined: number
  /** Faults of records held back, counted by code; a record may have several. */
  readonly issues: Readonly<Record<string, number>>
  /** Doubts about loaded records, counted by code. */
  readonly flags: Readonly<Record<string, number>>
  readonly columns_left_out: readonly string[]
  readonly notes: readonly string[]
}

export interface LoadContext {
  readonly key_id: string
  /** Where the file came from, as a path below the project folder. */
  readonly origin: string
  /** ISO timestamp. */
  readonly loaded_at: string
  /** Reads and checks everything, then takes it all back. */
  readonly dry_run?: boolean
  /** Takes it all back, and refuses, when any record is held back. */
  readonly strict?: boolean
  /** Called now and then with the number of records read so far. */
  readonly onProgress?: (records: number) => void
}

const PROGRESS_EVERY = 2000
/** Row hashes fall all over their index: it must fit in memory, or a long file slows down as it goes. */
const CACHE_KIB = 65_536

/**
 * Loads one file in one transaction: all of it or, after any fault or kill, nothing. Every record ends as loaded, duplicate
 * (of a loaded record, in this file or an earlier one) or quarantined. The same bytes and sheet again change nothing.
 * Refuses (exit code 3) a store that was pseudonymised with another key.
 */
export async function loadFile(db: Database, reading: Reading, context: LoadContext): Promise<FileReport> {
  refuseOtherKey(db, context.key_id)
  const earlier = earlierReport(db, reading)
  if (earlier !== null) {
    await reading.close()
    return earlier
  }
  db.pragma(`cache_size = -${CACHE_KIB}`)
  db.exec('begin immediate')
  try {
    const report = await write(db, reading, context)
    const violations = checkFile(db, reading)
    if (violations.length > 0) throw new Error(`row accounting failed: ${violations.join('; ')}`)
    if (context.strict === true && report.quarantined > 0) throw refusedByStrict(report)
    db.exec(context.dry_run === true ? 'rollback' : 'commit')
    return report
  } catch (error) {
    if (db.inTransaction) db.exec('rollback')
    await reading.close()
    throw error
  }
}

/**
 * Re-derives every file's counts from the tables. Returns what does not add up, one sentence each; empty when all is well.
 */
export function checkAccounting(db: Database): string[] {
  const files = db.prepare<[], StoredFile>('select * from import_file order by file_id').all()
  return files.flatMap((file) => violationsOf(db, file))
}

interface StoredFile {
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

function checkFile(db: Database, reading: Reading): string[] {
  const file = storedFile(db, reading)
  return file === undefined ? ['the file is not in import_file'] : violationsOf(db, file)
}

function violationsOf(db: Database, file: StoredFile): string[] {
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

async function write(db: Database, reading: Reading, context: LoadContext): Promise<FileReport> {
  db.exec(`create index if not exists import_row_loaded on import_row (row_hash) where outcome = 'loaded'`)
  const fileId = insertFile(db, reading, context)
  const record = recordWriter(db, fileId)
  const tally = { loaded: 0, duplicate: 0, quarantined: 0 }
  let records = 0
  for await (const each of reading.records) {
    tally[record(each)]++
    records++
    if (records % PROGRESS_EVERY === 0) context.onProgress?.(records)
  }
  finishFile(db, fileId, reading, records, tally)
  return { ...reportOf(db, storedFile(db, reading) as StoredFile), notes: [...reading.notes()] }
}

type Outcome = 'loaded' | 'duplicate' | 'quarantined'

function recordWriter(db: Database, fileId: number): (record: ReadRecord) => Outcome {
  const isLoaded = db.prepare<[string], { found: number }>(
    `select 1 as found from import_row where row_hash = ? and outcome = 'loaded' limit 1`,
  )
  const insertRow = db.prepare('insert into import_row (file_id, row_number, row_hash, outcome) values (?, ?, ?, ?)')
  const insertIssue = {
    quarantine_row: issueInsert(db, 'quarantine_row', fileId),
    flagged_row: issueInsert(db, 'flagged_row', fileId),
  }
  const identityKey = identityKeys(db)
  const insertStored = storedInserts(db, fileId)

  return (record) => {
    const outcome = outcomeOf(record, isLoaded.get(record.row_hash) !== undefined)
    insertRow.run(fileId, record.row_number, record.row_hash, outcome)
    if (outcome === 'quarantined') insertIssue.quarantine_row(record.row_number, record.faults)
    if (outcome !== 'loaded') return outcome
    insertIssue.flagged_row(record.row_number, record.doubts)
    const keys = identityKey(record.identity)
    for (const row of record.rows) insertStored(row, record.row_number, keys)
    return outcome
  }
}

function outcomeOf(record: ReadRecord, isRepeat: boolean): Outcome {
  if (record.faults.length > 0) return 'quarantined'
  return isRepeat ? 'duplicate' : 'loaded'
}

function issueInsert(db: Database, table: 'quarantine_row' | 'flagged_row', fileId: number) {
  const insert = db.prepare(
    `insert into ${table} (file_id, row_number, fault_number, code, column_name, expected) values (?, ?, ?, ?, ?, ?)`,
  )
  return (rowNumber: number, issues: readonly IssueFacts[]) => {
    for (const [index, issue] of issues.entries()) {
      insert.run(fileId, rowNumber, index + 1, issue.code, issue.column_name, issue.expected)
    }
  }
}

interface IdentityKeys {
  nhs_identity_key: number | null
  local_identity_key: number | null
}

/** Keys count up in the order of first meeting. */
function identityKeys(db: Database): (identity: ReadIdentity) => IdentityKeys {
  const known = new Map<string, number>()
  const find = db.prepare<[string], { identity_key: number }>('select identity_key from identity where pseudonym = ?')
  const last = db.prepare<[], { key: number | null }>('select max(identity_key) as key from identity').get()
  const insert = db.prepare('insert into identity (identity_key, kind, pseudonym) values (?, ?, ?)')
  let next = (last?.key ?? 0) + 1
  const keyOf = (kind: 'nhs_number' | 'local_id', pseudonym: string | null): number | null => {
    if (pseudonym === null) return null
    const key = known.get(pseudonym) ?? find.get(pseudonym)?.identity_key
    if (key !== undefined) {
      known.set(pseudonym, key)
      return key
    }
    insert.run(next, kind, pseudonym)
    known.set(pseudonym, next)
    return next++
  }
  return (identity) => ({
    nhs_identity_key: keyOf('nhs_number', identity.nhs_number),
    local_identity_key: keyOf('local_id', identity.local_id),
  })
}

const WITHOUT_PERSON = new Set(['aggregate_count', 'code_list_entry'])

function storedInserts(db: Database, fileId: number) {
  const prepared = new Map<string, { statement: Statement; columns: string[] }>()
  return (row: StoredRow, rowNumber: number, keys: IdentityKeys) => {
    let insert = prepared.get(row.table)
    if (insert === undefined) {
      insert = prepareInsert(db, row)
      prepared.set(row.table, insert)
    }
    const identity = WITHOUT_PERSON.has(row.table) ? [] : [keys.nhs_identity_key, keys.local_identity_key]
    insert.statement.run(fileId, rowNumber, ...identity, ...insert.columns.map((column) => row.values[column] ?? null))
  }
}

function prepareInsert(db: Database, row: StoredRow): { statement: Statement; columns: string[] } {
  const columns = Object.keys(row.values)
  const identity = WITHOUT_PERSON.has(row.table) ? [] : ['nhs_identity_key', 'local_identity_key']
  const all = ['file_id', 'row_number', ...identity, ...columns]
  const sql = `insert into ${row.table} (${all.join(', ')}) values (${all.map(() => '?').join(', ')})`
  return { statement: db.prepare(sql), columns }
}

function insertFile(db: Database, reading: Reading, context: LoadContext): number {
  const insert = db.prepare(`
    insert into import_file (
      sha256, sheet, file_name, origin, profile_id, profile_sha256, key_id, service_code, encoding, delimiter, n_bytes,
      n_physical_lines, n_heading_lines, n_blank_lines, n_other_lines, n_record_lines, n_records, n_loaded, n_duplicates,
      n_quarantined, columns_left_out, loaded_at
    ) values (
      @sha256, @sheet, @file_name, @origin, @profile_id, @profile_sha256, @key_id, @service_code, @encoding, @delimiter,
      @n_bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, @columns_left_out, @loaded_at
    )`)
  const { lastInsertRowid } = insert.run({
    sha256: reading.sha256,
    sheet: reading.sheet,
    file_name: reading.file_name,
    profile_id: reading.profile_id,
    profile_sha256: reading.profile_sha256,
    service_code: reading.service_code,
    encoding: reading.encoding,
    delimiter: reading.delimiter,
    n_bytes: reading.n_bytes,
    columns_left_out: JSON.stringify(reading.columns_left_out),
    key_id: context.key_id,
    origin: context.origin,
    loaded_at: context.loaded_at,
  })
  return Number(lastInsertRowid)
}

function finishFile(
  db: Database,
  fileId: number,
  reading: Reading,
  records: number,
  tally: Readonly<Record<Outcome, number>>,
): void {
  db.prepare(`
    update import_file set
      n_physical_lines = @physical_lines, n_heading_lines = @heading_lines, n_blank_lines = @blank_lines,
      n_other_lines = @other_lines, n_record_lines = @record_lines, n_records = @records, n_loaded = @loaded,
      n_duplicates = @duplicate, n_quarantined = @quarantined
    where file_id = @fileId`).run({ ...reading.lines(), ...tally, records, fileId })
}

function storedFile(db: Database, reading: Pick<Reading, 'sha256' | 'sheet'>): StoredFile | undefined {
  return db
    .prepare<[string, string], StoredFile>('select * from import_file where sha256 = ? and sheet = ?')
    .get(reading.sha256, reading.sheet)
}

function earlierReport(db: Database, reading: Reading): FileReport | null {
  const file = storedFile(db, reading)
  if (file === undefined) return null
  return { ...reportOf(db, file), already_loaded: true, notes: [] }
}

function reportOf(db: Database, file: StoredFile): FileReport {
  return {
    file: file.file_name,
    sheet: file.sheet,
    sha256: file.sha256,
    profile: file.profile_id,
    encoding: file.encoding,
    delimiter: file.delimiter,
    already_loaded: false,
    physical_lines: file.n_physical_lines,
    heading_lines: file.n_heading_lines,
    blank_lines: file.n_blank_lines,
    other_lines: file.n_other_lines,
    record_lines: file.n_record_lines,
    records: file.n_records,
    loaded: file.n_loaded,
    duplicates: file.n_duplicates,
    quarantined: file.n_quarantined,
    issues: countBy(
      db,
      'select code as name, count(*) as n from quarantine_row where file_id = ? group by code order by code',
      file,
    ),
    flags: countBy(
      db,
      'select code as name, count(*) as n from flagged_row where file_id = ? group by code order by code',
      file,
    ),
    columns_left_out: JSON.parse(file.columns_left_out) as string[],
    notes: [],
  }
}

function countBy(db: Database, sql: string, file: StoredFile): Record<string, number> {
  const rows = db.prepare<[number], { name: string; n: number }>(sql).all(file.file_id)
  return Object.fromEntries(rows.map((row) => [row.name, row.n]))
}

function refuseOtherKey(db: Database, keyId: string): void {
  const other = db
    .prepare<[string], { key_id: string }>('select key_id from import_file where key_id <> ? limit 1')
    .get(keyId)
  if (other === undefined) return
  throw new OperatorError(
    `This store was pseudonymised with another key (key id ${other.key_id}; yours is ${keyId}), so the same person would count ` +
      'as two. Use the key file that the store was made with (name it in OUTCOMES_KEY_FILE), or start a new store.',
    EXIT.input_refused,
  )
}

function refusedByStrict(report: FileReport): OperatorError {
  const codes = Object.entries(report.issues).map(([code, n]) => `${code} ${n}`)
  return new OperatorError(
    `${report.file}: ${report.quarantined} of ${report.records} records have faults (${codes.join(', ')}). ` +
      'Nothing was changed, because of --strict. Put the rows right, or run it without --strict to hold them back and load the rest.',
    EXIT.input_refused,
  )
}
