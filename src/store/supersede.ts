import type { Database } from 'better-sqlite3'
import { dateOfDay, dayNumber, type IsoDate } from '../domain/iso-date.ts'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { monthAround, type Period, periodText } from '../domain/period.ts'
import { loadRepeatsOfSuperseded } from './load-repeats.ts'

/** A file that was declared to be the submission for a period. */
interface Submission {
  readonly file_id: number
  readonly file_name: string
  readonly period_start_day: number
  readonly period_end_day: number
  /** Set where the file itself says for which period it is. */
  readonly period_provider_code: string | null
}

/**
 * Lets the file just loaded stand in the place of earlier ones: those of the same profile and service that are for the same days or
 * for some of them. Their records are kept, and no model reads them. Gives notes for the report.
 * @throws OperatorError (input refused) where an earlier file is for some of the same days and for others too.
 */
export function supersede(db: Database, fileId: number): string[] {
  const file = submissionOf(db, fileId)
  const notes: string[] = []
  let isSome = db.prepare('select 1 from import_file where superseded_by is not null limit 1').get() !== undefined
  for (const earlier of file === null ? [] : earlierSubmissions(db, file)) {
    if (!isWithin(earlier, file as Submission)) throw overlap(file as Submission, earlier)
    if (isStatedByFile(file as Submission, earlier) && !sharesRow(db, fileId, earlier.file_id)) {
      notes.push(bothUsed(earlier, file as Submission))
      continue
    }
    db.prepare('update import_file set superseded_by = ? where file_id = ?').run(fileId, earlier.file_id)
    isSome = true
  }
  if (isSome) loadRepeatsOfSuperseded(db)
  return notes
}

function submissionOf(db: Database, fileId: number): Submission | null {
  noteStatedPeriod(db, fileId)
  const file = db
    .prepare<[number], Submission>('select * from import_file where file_id = ? and period_start_day is not null')
    .get(fileId)
  return file ?? null
}

/** Where nobody has declared a period: the month that all of the file's records are submitted for, if they say no more than that. */
function noteStatedPeriod(db: Database, fileId: number): void {
  const stated = db
    .prepare<[number], { provider_code: string | null; period_end_day: number | null; n: number; n_numbered: number }>(`
      select provider_code, period_end_day, count(*) as n, count(submission_number) + count(effective_day) as n_numbered
      from submission_row where file_id = ? group by provider_code, period_end_day limit 2`)
    .all(fileId)
  const [only, another] = stated
  if (only === undefined || another !== undefined || only.n_numbered > 0 || only.period_end_day === null) return
  const { start, end } = monthAround(dateOfDay(only.period_end_day))
  db.prepare(`
    update import_file set period_start_date = @start, period_start_day = @start_day, period_end_date = @end,
      period_end_day = @end_day, period_provider_code = @provider
    where file_id = @fileId and period_start_day is null`).run({
    start,
    end,
    start_day: dayNumber(start),
    end_day: dayNumber(end),
    provider: only.provider_code ?? '',
    fileId,
  })
}

/** Earlier files of the same kind that nothing stands in the place of yet, and that share a day with this one. */
function earlierSubmissions(db: Database, file: Submission): Submission[] {
  return db
    .prepare<[{ file_id: number }], Submission>(`
      select earlier.* from import_file as earlier
      join import_file as later on later.file_id = @file_id
      where earlier.file_id < later.file_id and earlier.superseded_by is null
        and earlier.profile_id = later.profile_id and earlier.service_code is later.service_code
        and earlier.period_start_day <= later.period_end_day and earlier.period_end_day >= later.period_start_day
        and coalesce(earlier.period_provider_code, later.period_provider_code, '')
          = coalesce(later.period_provider_code, earlier.period_provider_code, '')
      order by earlier.file_id`)
    .all({ file_id: file.file_id })
}

function isWithin(earlier: Submission, later: Submission): boolean {
  return earlier.period_start_day >= later.period_start_day && earlier.period_end_day <= later.period_end_day
}

function isStatedByFile(later: Submission, earlier: Submission): boolean {
  return later.period_provider_code !== null && earlier.period_provider_code !== null
}

/** A month may also come in two files, half in each: then neither repeats a row of the other. */
function sharesRow(db: Database, laterId: number, earlierId: number): boolean {
  const shared = db.prepare(`
    select 1 from import_row as later
    join import_row as earlier on earlier.row_hash = later.row_hash
    where later.file_id = ? and later.outcome = 'duplicate' and earlier.file_id = ? and earlier.outcome = 'loaded'
    limit 1`)
  return shared.get(laterId, earlierId) !== undefined
}

function periodOf({ period_start_day, period_end_day }: Submission): Period {
  return { start: dateOfDay(period_start_day) as IsoDate, end: dateOfDay(period_end_day) as IsoDate }
}

function bothUsed(earlier: Submission, later: Submission): string {
  return `${earlier.file_name} is for ${periodText(periodOf(later))} too, and has no row that this file has: both are used. If this one is to take its place, read it with --period.`
}

function overlap(later: Submission, earlier: Submission): OperatorError {
  return new OperatorError(
    `${later.file_name} is for ${periodText(periodOf(later))}, and ${earlier.file_name}, read before it, is for ${periodText(periodOf(earlier))}: some of the same days, and others too. ` +
      'Nothing of it was loaded. A corrected file takes the place of an earlier one whole: have it exported for all days of the earlier one, or correct --period (or "period" in outcomes.yaml).',
    EXIT.input_refused,
  )
}
