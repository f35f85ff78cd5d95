import { join, relative } from 'node:path'
import type { Database } from 'better-sqlite3'
import { type IsoDate, isoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type Period, periodText } from '../src/domain/period.ts'
import { createPseudonymiser, type Pseudonymiser } from '../src/domain/pseudonym.ts'
import { type ExportFile, examineFile } from '../src/ingest/examine-file.ts'
import type { FoundProfile } from '../src/ingest/find-profile.ts'
import { maskDigits } from '../src/ingest/mask.ts'
import type { DateOrder } from '../src/ingest/read-date.ts'
import { type ReadContext, readExport } from '../src/ingest/read-export.ts'
import type { Reading } from '../src/ingest/reading.ts'
import { type FileReport, loadFile, reportsAsOfNow } from '../src/store/load.ts'
import type { Store } from '../src/store/open.ts'
import { pseudonymKeyId } from '../src/store/pseudonym-key.ts'
import { withdraw } from '../src/store/withdraw.ts'
import { isEventType } from '../src/usage/event-types.ts'
import type { AnswerOptions } from './answer.ts'
import { notice } from './answer.ts'
import { chooseProfiles } from './choose-profile.ts'
import { type FoundSheet, SheetsBook } from './correction-sheets.ts'
import { fillLists } from './fill-lists.ts'
import { declaredLists, type PeopleList } from './people-lists.ts'
import { progressOf } from './progress.ts'
import type { Project } from './project.ts'
import { isUnchanged, look, readUnchanged, type Seen } from './read-unchanged.ts'
import { ReadingThread } from './reading-thread.ts'
import { loadOrCreateSecret } from './secret-key.ts'
import { passedOver, type SourceFile } from './sources.ts'
import type { World } from './world.ts'

export interface IngestOptions extends AnswerOptions {
  readonly date_order?: DateOrder | undefined
  readonly dry_run?: boolean | undefined
  readonly strict?: boolean | undefined
  /** The lists of people to go by; left out: those of the project. */
  readonly lists?: readonly PeopleList[] | undefined
  /** Sheets of corrections to the files, in order. */
  readonly sheets?: readonly FoundSheet[] | undefined
}

const SMALL_BYTES = 1 << 20

/**
 * Reads files into a project's store, each in a transaction of its own. Every file is looked at first, headings and all, so that a
 * file that has to be refused is refused before any is loaded.
 */
export async function ingestFiles(
  world: World,
  project: Project,
  store: Store,
  files: readonly SourceFile[],
  options: IngestOptions,
): Promise<FileReport[]> {
  const key = loadOrCreateSecret(world, project.dir, pseudonymKeyId(store.sqlite))
  if (key.is_new) notice(world, options, `Made a key at ${key.path}. Keep a copy of it, apart from the data.`)
  const pseudonymiser = createPseudonymiser(key.secret)
  const lists = options.lists ?? declaredLists(world, project)
  const progress = progressOf(world, options)
  const chosen: Chosen[] = []
  const book = new SheetsBook(options.sheets ?? [])
  progress.step(`looking at ${files.length === 1 ? '1 file' : `${files.length} files`}`, 0)
  for (const source of files) {
    progress.update(maskDigits(relative(world.cwd, nameOf(source))))
    chosen.push(...(await choose(source, project, world, pseudonymiser, options, book)))
  }
  book.refuseUntaken()
  refuseTwoForOnePeriod(chosen)
  if (options.dry_run !== true || isMemory(store)) {
    for (const text of fillLists(store.sqlite, project, lists, pseudonymiser)) notice(world, options, text)
  }
  const thread = new ReadingThread()
  const reports: FileReport[] = []
  try {
    for (const { file, found, context, source, seen } of chosen) {
      progress.step(`reading ${file.file_name} (${found.profile.profile})`, reports.length / chosen.length)
      const reading = await readFile(thread, { file, found, context, source, seen }, key.secret)
      const batches = readUnchanged(reading.batches, file.file_name, () => isUnchanged(source.path, seen))
      const report = await loadFile(
        store.sqlite,
        { ...reading, batches },
        {
          key_id: pseudonymiser.key_id,
          origin: maskDigits(relative(project.dir, nameOf(source))),
          loaded_at: world.started_at.toISOString(),
          date_order: context.date_order,
          period: source.period ?? null,
          dry_run: options.dry_run === true,
          strict: options.strict === true,
          onProgress: (records) => progress.update(`${records.toLocaleString('en-GB')} records`),
        },
      )
      reports.push({ ...report, notes: [...report.notes, ...passedOver(source, files)] })
    }
    if (options.dry_run !== true) noteSheets(store.sqlite, project, options.sheets ?? [])
  } finally {
    await thread.close()
  }
  progress.end()
  if (options.dry_run === true) return reports
  const n_withdrawn = withdraw(store.sqlite)
  if (n_withdrawn === 0) return reports
  notice(
    world,
    options,
    `Held back after reading, for a link that a later file or map gave away: ${n_withdrawn} records.`,
  )
  return reportsAsOfNow(store.sqlite, reports)
}

/** A small text file is read before a thread has started; anything else is read by one. */
function readFile(thread: ReadingThread, chosen: Chosen, secret: Uint8Array): Promise<Reading> {
  const { file, found, context, source } = chosen
  const { chunks, random, ...facts } = file
  if (facts.kind === 'csv' && facts.n_bytes < SMALL_BYTES) return readExport(file, found, context)
  const { pseudonymiser, isEventType: _, ...settings } = context
  return thread.read({ path: source.path, member: source.member, facts, found, secret, ...settings })
}

function nameOf({ path, member }: SourceFile): string {
  return member === null ? path : join(path, member)
}

/** A trial run may fill a store that is only in memory; it leaves any other as it is. */
function isMemory({ sqlite }: Store): boolean {
  return sqlite.memory
}

/** The day the command started, by the clock on the wall. */
export function today(world: World): IsoDate {
  const at = world.started_at
  return isoDate(at.getFullYear(), at.getMonth() + 1, at.getDate()) as IsoDate
}

interface Chosen {
  readonly source: SourceFile
  readonly file: ExportFile
  readonly found: FoundProfile
  readonly context: ReadContext
  /** The file's size and time before anything was read of it. */
  readonly seen: Seen
}

async function choose(
  source: SourceFile,
  project: Project,
  world: World,
  pseudonymiser: Pseudonymiser,
  options: IngestOptions,
  book: SheetsBook,
): Promise<Chosen[]> {
  const seen = look(source.path)
  const file = await examineFile(source.path, source.member)
  const context = readContext(source, project, world, pseudonymiser, options)
  const chosen: Chosen[] = []
  for (const { found, because } of await chooseProfiles(file, source.profile, project.dir)) {
    if (because !== null)
      notice(world, options, `${file.file_name}: read with the profile ${found.profile.profile}, ${because}.`)
    const reading = await readExport(file, found, context)
    await reading.close()
    const corrections = book.take(file.sha256, reading.sheet)
    chosen.push({ source, file: { ...file, corrections }, found, context, seen })
  }
  return chosen
}

/** Two files given for one period at once: which of them is to stand nobody has said. */
function refuseTwoForOnePeriod(chosen: readonly Chosen[]): void {
  for (const [nth, { source, found, context, file }] of chosen.entries()) {
    const other = chosen
      .slice(0, nth)
      .find(
        (it) =>
          source.period !== undefined &&
          it.source.period === source.period &&
          it.found.profile.profile === found.profile.profile &&
          it.context.service === context.service &&
          it.file.sha256 !== file.sha256,
      )
    if (other === undefined) continue
    throw new OperatorError(
      `${other.file.file_name} and ${file.file_name} are both given for ${periodText(source.period as Period)}, and only one file can stand for a period. Nothing was changed. ` +
        'Read the one that is to stand last, by a command (or an entry under "sources") of its own; if each holds a part, give them no period.',
      EXIT.wrong_usage,
    )
  }
}

function noteSheets(db: Database, project: Project, sheets: readonly FoundSheet[]): void {
  const insert = db.prepare(`
    insert into correction_sheet (sha256, file_name, origin, n_cells, n_rows_left_out)
    values (@sha256, @file_name, @origin, @n_cells, @n_rows_left_out)`)
  for (const { path, sheet } of sheets) {
    const { sha256, file_name, n_cells, n_rows_left_out } = sheet
    insert.run({ sha256, file_name, n_cells, n_rows_left_out, origin: maskDigits(relative(project.dir, path)) })
  }
}

function readContext(
  source: SourceFile,
  project: Project,
  world: World,
  pseudonymiser: Pseudonymiser,
  options: IngestOptions,
): ReadContext {
  const service = serviceOf(source, project)
  return {
    pseudonymiser,
    today: today(world),
    service,
    provider: project.services.find((each) => each.code === service)?.provider ?? null,
    services: project.services,
    date_order: source.date_order ?? options.date_order ?? null,
    isEventType,
  }
}

function serviceOf(source: SourceFile, { services }: Project): string | null {
  const [only, ...others] = services
  const service = source.service ?? (others.length === 0 ? only?.code : undefined)
  if (service === undefined) return null
  if (services.length > 0 && !services.some(({ code }) => code === service)) {
    const codes = services.map(({ code }) => code).join(', ')
    throw new OperatorError(`The project has no service "${service}". It has: ${codes}.`, EXIT.wrong_usage)
  }
  return service
}
