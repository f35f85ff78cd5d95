import type { Database } from 'better-sqlite3'
import { dayNumber } from '../domain/iso-date.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { type Period, periodText } from '../domain/period.ts'
import { WITHHELD } from '../domain/withheld.ts'
import type { LineCounts, Reading } from '../ingest/reading.ts'
import { batchWriter, type Tally } from './batch-writer.ts'
import { checkLoaded, countBy, type StoredFile } from './check-accounting.ts'
import { periodOfFile } from './period-of-file.ts'
import { holdToKey, refuseOtherKey } from './pseudonym-key.ts'
import { RecordsHash } from './records-hash.ts'
import { supersede } from './supersede.ts'
import { withholder } from './withhold.ts'

export { checkAccounting } from './check-accounting.ts'

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
  /** Records whose team has corrected a cell of them, or asked to leave them out. */
  readonly corrected: number
  /** The days that the file is the submission for, as `--period` writes them; null where nobody says. */
  readonly period: string | null
  /** Earlier files for the same days, in whose place this one stands. */
  readonly supersedes: readonly string[]
  readonly notes: readonly string[]
}

export interface LoadContext {
  readonly key_id: string
  /** Where the file came from, as a path below the project folder. */
  readonly origin: string
  /** ISO timestamp. */
  readonly loaded_at: string
  /** As the operator declares it, over the profile. */
  readonly date_order?: string | null
  /** The days that the file is the submission for; left out: as the file itself says, if it does. */
  readonly period?: Period | null
  /** Reads and checks everything, then takes it all back. */
  readonly dry_run?: boolean
  /** Takes it all back, and refuses, when any record is held back. */
  readonly strict?: boolean
  /** Called now and then with the number of records read so far. */
  readonly onProgress?: (records: number) => void
}

/** A row that its team asked to leave out is no fault of the file. */
const LEFT_OUT = 'left_out_by_team'

/** Pseudonyms and row hashes fall all over their indexes: these must fit in memory, or a long file slows down as it goes. */
const CACHE_KIB = 32_768

/**
 * Loads one file in one transaction: all of it or, after any fault or kill, nothing. Every record ends as loaded, duplicate
 * (of a loaded record, in this file or an earlier one) or quarantined. The same bytes and sheet again change nothing.
 * Refuses (exit code 3) a store that was pseudonymised with another key.
 */
export async function loadFile(db: Database, reading: Reading, context: LoadContext): Promise<FileReport> {
  refuseOtherKey(db, context.key_id)
  const earlier = earlierReport(db, reading, context)
  if (earlier !== null) {
    await reading.close()
    return earlier
  }
  db.pragma(`cache_size = -${CACHE_KIB}`)
  // A third of the time would go to looking up keys that this very transaction has made. "outcomes check" proves every one of them.
  db.pragma('foreign_keys = off')
  db.exec('begin immediate')
  try {
    holdToKey(db, context.key_id)
    const lastRow = db.prepare<[], number | null>('select max(rowid) from import_row').pluck().get() ?? 0
    const report = await write(db, reading, context)
    const violations = checkLoaded(db, storedFile(db, reading) as StoredFile, lastRow)
    if (violations.length > 0) throw new Error(`row accounting failed: ${violations.join('; ')}`)
    if (context.strict === true && Object.keys(report.issues).some((code) => !(code in WITHHELD) && code !== LEFT_OUT))
      throw refusedByStrict(report)
    db.exec(context.dry_run === true ? 'rollback' : 'commit')
    return report
  } catch (error) {
    if (db.inTransaction) db.exec('rollback')
    await reading.close()
    throw error
  } finally {
    db.pragma('foreign_keys = on')
  }
}

async function write(db: Database, reading: Reading, context: LoadContext): Promise<FileReport> {
  db.exec(`create index if not exists import_row_kept_out on import_row (file_id, outcome) where outcome <> 'loaded'`)
  const fileId = insertFile(db, reading, context)
  const writeBatch = batchWriter(db, fileId, reading.n_bytes)
  const withhold = withholder(db)
  const hash = new RecordsHash()
  const total: Tally = { loaded: 0, duplicate: 0, quarantined: 0 }
  for await (const batch of reading.batches) {
    const tally = writeBatch(withhold(batch))
    hash.add(batch.fingerprints)
    for (const outcome of Object.keys(total) as (keyof Tally)[]) total[outcome] += tally[outcome]
    context.onProgress?.(total.loaded + total.duplicate + total.quarantined)
  }
  finishFile(db, fileId, reading, total, hash)
  const notes = [...reading.notes(), ...supersede(db, fileId)]
  return { ...reportOf(db, storedFile(db, reading) as StoredFile), notes }
}

function insertFile(db: Database, reading: Reading, context: LoadContext): number {
  const insert = db.prepare(`
    insert into import_file (
      sha256, sheet, file_name, origin, profile_id, profile_sha256, key_id, service_code, date_order, period_start_date,
      period_start_day, period_end_date, period_end_day, encoding, delimiter, n_bytes, n_physical_lines, n_heading_lines, n_blank_lines, n_other_lines, n_record_lines, n_records, n_loaded, n_duplicates,
      n_quarantined, records_hash, columns_left_out, loaded_at
    ) values (
      @sha256, @sheet, @file_name, @origin, @profile_id, @profile_sha256, @key_id, @service_code, @date_order,
      @period_start_date, @period_start_day, @period_end_date, @period_end_day, @encoding, @delimiter, @n_bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', @columns_left_out, @loaded_at
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
    date_order: context.date_order ?? null,
    period_start_date: context.period?.start ?? null,
    period_start_day: context.period == null ? null : dayNumber(context.period.start),
    period_end_date: context.period?.end ?? null,
    period_end_day: context.period == null ? null : dayNumber(context.period.end),
    origin: context.origin,
    loaded_at: context.loaded_at,
  })
  return Number(lastInsertRowid)
}

function finishFile(db: Database, fileId: number, reading: Reading, tally: Readonly<Tally>, hash: RecordsHash): void {
  const records = tally.loaded + tally.duplicate + tally.quarantined
  db.prepare(`
    update import_file set
      n_physical_lines = @physical_lines, n_heading_lines = @heading_lines, n_blank_lines = @blank_lines,
      n_other_lines = @other_lines, n_record_lines = @record_lines, n_records = @records, n_loaded = @loaded,
      n_duplicates = @duplicate, n_quarantined = @quarantined, records_hash = @records_hash
    where file_id = @fileId`).run({ ...reading.lines(), ...tally, records, records_hash: hash.toString(), fileId })
}

function storedFile(db: Database, reading: Pick<Reading, 'sha256' | 'sheet'>): StoredFile | undefined {
  return db
    .prepare<[string, string], StoredFile>('select * from import_file where sha256 = ? and sheet = ?')
    .get(reading.sha256, reading.sheet)
}

/** The same reports with the counts of now: a later file may have had records of an earlier one held back. */
export function reportsAsOfNow(db: Database, reports: readonly FileReport[]): FileReport[] {
  return reports.map((report) => {
    const file = storedFile(db, report)
    if (file === undefined) return report
    return { ...reportOf(db, file), already_loaded: report.already_loaded, notes: report.notes }
  })
}

/** @throws OperatorError (input refused) where the file was read before as the submission for other days, or for none. */
function earlierReport(db: Database, reading: Reading, { period }: LoadContext): FileReport | null {
  const file = storedFile(db, reading)
  if (file === undefined) return null
  const report = { ...reportOf(db, file), already_loaded: true }
  if (period == null || report.period === periodText(period)) return report
  throw new OperatorError(
    `${report.file} was read before, ${report.period === null ? 'for no stated period' : `for ${report.period}`}, and is now said to be for ${periodText(period)}. ` +
      'Nothing was changed. Name the period in outcomes.yaml ("period", under "sources") and run "outcomes run", which reads all files afresh.',
    EXIT.input_refused,
  )
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
    corrected: db.prepare('select count(*) from corrected_row where file_id = ?').pluck().get(file.file_id) as number,
    period: periodOfFile(file),
    supersedes: db
      .prepare<[number], string>('select file_name from import_file where superseded_by = ? order by file_id')
      .pluck()
      .all(file.file_id),
    notes: supersededNote(db, file),
  }
}

function refusedByStrict(report: FileReport): OperatorError {
  const codes = Object.entries(report.issues).map(([code, n]) => `${code} ${n}`)
  return new OperatorError(
    `${report.file}: ${report.quarantined} of ${report.records} records have faults (${codes.join(', ')}). ` +
      'Nothing was changed, because of --strict. Put the rows right, or run it without --strict to hold them back and load the rest.',
    EXIT.input_refused,
  )
}

function supersededNote(db: Database, { superseded_by }: StoredFile): string[] {
  if (superseded_by === null) return []
  const later = db.prepare('select file_name from import_file where file_id = ?').pluck().get(superseded_by) as string
  return [`${later} stands in its place: its records are kept, and used in no result.`]
}
