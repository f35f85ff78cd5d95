import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import type { Database } from 'better-sqlite3'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { fileKey } from '../src/ingest/read-correction-sheet.ts'
import type { FileReport } from '../src/store/load.ts'
import { notice } from './answer.ts'
import type { FoundSheet } from './correction-sheets.ts'
import { type IngestOptions, ingestFiles } from './ingest-files.ts'
import type { Project } from './project.ts'
import { openProjectStore } from './project-store.ts'
import { replaceStore } from './replace-store.ts'
import { CORRECTIONS_FOLDER } from './sources.ts'
import { storedSheets, storedSources } from './stored-sources.ts'
import type { World } from './world.ts'

/** What became of one sheet of corrections: part of `outcomes ingest --json`, so fields are only ever added. */
export interface SheetReport {
  readonly sheet: string
  readonly sha256: string
  /** The same bytes were applied before: nothing was changed. */
  readonly already_applied: boolean
  readonly cells_corrected: number
  readonly rows_left_out: number
  readonly kept_at: string | null
}

export interface AppliedSheets {
  readonly corrections: readonly SheetReport[]
  /** Of the files that the sheets correct, as they stand now. */
  readonly files: readonly FileReport[]
}

/**
 * Applies sheets that teams have sent back: reads every file of the store again, with their corrections, into a new store that takes
 * the old one's place. So the store is the one that the corrected files would have given. A sheet from elsewhere is kept in
 * exports/corrections, where every run finds it.
 */
export async function applySheets(
  world: World,
  project: Project,
  sheets: readonly FoundSheet[],
  options: IngestOptions & { profile?: string | undefined },
): Promise<AppliedSheets> {
  refuseUnfilled(sheets)
  const store = openProjectStore(world, project.dir)
  let sources: Awaited<ReturnType<typeof storedSources>>
  let earlier: readonly FoundSheet[]
  const applied = new Set<string>()
  try {
    for (const sha256 of appliedBefore(store.sqlite)) applied.add(sha256)
    if (sheets.every(({ sheet }) => applied.has(sheet.sha256))) return { corrections: sheets.map(asBefore), files: [] }
    refuseOtherFiles(store.sqlite, sheets)
    sources = await storedSources(store.sqlite, project, options.profile)
    earlier = await storedSheets(store.sqlite, project)
  } finally {
    store.close()
  }
  const added = keptPlaces(
    project,
    sheets.filter(({ sheet }) => !applied.has(sheet.sha256)),
  )
  const all = [...earlier, ...added.map(({ path, sheet }) => ({ path, sheet }))]
  const is_trial = options.dry_run === true
  const reports = await replaceStore(
    world,
    project.dir,
    (replacement) =>
      ingestFiles(world, project, replacement, sources, { ...options, dry_run: false, strict: false, sheets: all }),
    { is_trial, before: () => keep(world, options, project, added) },
  )
  openProjectStore(world, project.dir).close()
  const keys = new Set(added.flatMap(({ sheet }) => [...sheet.files.keys()].map((key) => key.split(' ')[0])))
  return {
    corrections: sheets.map((found) => reportOf(found, added, project)),
    files: reports.filter((report) => keys.has(fileKey(report.sha256))),
  }
}

function refuseUnfilled(sheets: readonly FoundSheet[]): void {
  const unfilled = sheets.find(({ sheet }) => sheet.n_cells + sheet.n_rows_left_out === 0)
  if (unfilled === undefined) return
  throw new OperatorError(
    `${unfilled.sheet.file_name} has nothing under "corrected value", so nothing was changed. Write the right values there, save the sheet and run the command again.`,
    EXIT.input_refused,
  )
}

function appliedBefore(db: Database): string[] {
  return db.prepare<[], string>('select sha256 from correction_sheet').pluck().all()
}

function refuseOtherFiles(db: Database, sheets: readonly FoundSheet[]): void {
  const known = new Set(db.prepare<[], string>('select sha256 from import_file').pluck().all().map(fileKey))
  for (const { sheet } of sheets) {
    const key = [...sheet.files.keys()].find((it) => !known.has(it.split(' ')[0] as string))
    if (key === undefined) continue
    throw new OperatorError(
      `${sheet.file_name} corrects rows of ${sheet.file_names.get(key)}, a file that was not read into this project, or was other than it is now. Nothing was changed. ` +
        'Name the project that the sheet is from (--project), or write a new sheet with "outcomes quarantine --export".',
      EXIT.input_refused,
    )
  }
}

interface KeptSheet extends FoundSheet {
  /** Null where it lies in exports/ already. */
  readonly copied_from: string | null
}

function keptPlaces(project: Project, sheets: readonly FoundSheet[]): KeptSheet[] {
  const exportsDir = join(project.dir, 'exports')
  const folder = join(exportsDir, CORRECTIONS_FOLDER)
  let last = lastNumber(folder)
  return sheets.map(({ path, sheet }) => {
    if (path.startsWith(exportsDir + sep)) return { path, sheet, copied_from: null }
    last++
    return { path: join(folder, `${String(last).padStart(4, '0')}-${basename(path)}`), sheet, copied_from: path }
  })
}

/** Kept sheets are numbered, so that their names have the order in which they came. */
function lastNumber(folder: string): number {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return Math.max(0, ...names.map((name) => Number(/^\d{4}(?=-)/.exec(name)?.[0] ?? 0)))
}

function keep(world: World, options: IngestOptions, project: Project, sheets: readonly KeptSheet[]): void {
  for (const { path, copied_from } of sheets) {
    if (copied_from === null) continue
    mkdirSync(join(project.dir, 'exports', CORRECTIONS_FOLDER), { recursive: true, mode: 0o700 })
    copyFileSync(copied_from, path)
    notice(world, options, `Kept the sheet as ${relative(world.cwd, path)}, where every run applies it.`)
  }
}

function asBefore({ sheet }: FoundSheet): SheetReport {
  return {
    sheet: sheet.file_name,
    sha256: sheet.sha256,
    already_applied: true,
    cells_corrected: sheet.n_cells,
    rows_left_out: sheet.n_rows_left_out,
    kept_at: null,
  }
}

function reportOf(found: FoundSheet, added: readonly KeptSheet[], project: Project): SheetReport {
  const kept = added.find(({ sheet }) => sheet.sha256 === found.sheet.sha256)
  if (kept === undefined) return asBefore(found)
  const kept_at = kept.copied_from === null ? null : relative(project.dir, kept.path)
  return { ...asBefore(found), already_applied: false, kept_at }
}
