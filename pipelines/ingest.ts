import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type Period, readPeriod } from '../src/domain/period.ts'
import { DATE_ORDERS, type DateOrder } from '../src/ingest/read-date.ts'
import type { FileReport } from '../src/store/load.ts'
import { openStore } from '../src/store/open.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { type AppliedSheets, applySheets, type SheetReport } from './apply-sheets.ts'
import { findProfile } from './choose-profile.ts'
import { type FoundSheet, partSheets } from './correction-sheets.ts'
import { ingestFiles } from './ingest-files.ts'
import { declaredLists } from './people-lists.ts'
import { readProject } from './project.ts'
import { openProjectStore, requireStore, storePath } from './project-store.ts'
import { filesIn } from './sources.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  profile?: string
  project: string
  service?: string
  dateOrder?: DateOrder
  dryRun?: boolean
  strict?: boolean
  period?: string
  optOutList?: string
}

/** `outcomes ingest FILE…`: read files into the project's store. */
export function ingestCommand(world: World): Command {
  return new Command('ingest')
    .description('read files into the store')
    .argument('<files...>', 'CSV, XLSX or JSON files, or archives of them (.zip, .gz); or a sheet of corrections')
    .option('--profile <name>', 'a bundled profile, or the path of a profile file; left out: found by the headings')
    .option('--project <dir>', 'the project folder', '.')
    .option('--service <code>', 'the service the files are about, where their rows do not say')
    .addOption(
      new Option('--date-order <order>', 'how dates are written, over what the profile says').choices([...DATE_ORDERS]),
    )
    .option('--period <period>', 'the days that the file is the submission for: 2025-09, or FROM..TO')
    .option('--dry-run', 'read and check everything, change nothing')
    .option('--opt-out-list <file>', 'hold back the people of this list of NHS numbers, one a line')
    .option('--strict', 'refuse a file with any faulty row')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress or notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes ingest scores.csv --project my-service\n  outcomes ingest rio.csv --profile rio-wide-forms --dry-run\n  outcomes ingest sent-back.csv --project my-service',
    )
    .action(async (files: string[], options: Options) => {
      const project = readProject(resolve(world.cwd, options.project))
      const lists = declaredLists(world, project, options.optOutList)
      const profile = options.profile === undefined ? undefined : profilePath(options.profile, world)
      const period = options.period === undefined ? undefined : periodOf(options.period)
      const { records, sheets } = await partSheets(
        files.flatMap((file) =>
          filesIn(resolve(world.cwd, file)).map((each) => ({ ...each, profile, service: options.service, period })),
        ),
      )
      refuseTogether(records.length, sheets)
      if (sheets.length > 0) requireStore(world, project.dir)
      const isTrial = options.dryRun === true && !existsSync(storePath(project.dir))
      const how = { ...options, date_order: options.dateOrder, dry_run: options.dryRun, lists }
      const store = isTrial ? openStore(':memory:') : openProjectStore(world, project.dir)
      let reports: readonly FileReport[] = []
      try {
        if (records.length > 0) reports = await ingestFiles(world, project, store, records, how)
      } finally {
        store.close()
      }
      const { files: corrected, corrections } =
        sheets.length === 0 ? NOTHING_SENT_BACK : await applySheets(world, project, sheets, { ...how, profile })
      const found = { dry_run: options.dryRun === true, files: [...reports, ...corrected], corrections }
      answer(world, options, found, () => textOf(found.files, corrections, options))
    })
}

const NOTHING_SENT_BACK: AppliedSheets = { files: [], corrections: [] }

function periodOf(text: string): Period {
  const period = readPeriod(text)
  if (period !== null) return period
  throw new OperatorError(
    '--period is a month (2025-09), months (2025-09..2025-11) or days (2025-09-01..2025-09-28).',
    EXIT.wrong_usage,
  )
}

/** A sheet corrects files that were read before it. */
function refuseTogether(nRecords: number, [first]: readonly FoundSheet[]): void {
  if (nRecords === 0 || first === undefined) return
  throw new OperatorError(
    `${first.sheet.file_name} is a sheet of corrections, and the other files named are not. Read those first, then the sheet, by a command of its own.`,
    EXIT.wrong_usage,
  )
}

/** A path is from where the command is typed; a bundled profile stays a name. */
function profilePath(name: string, world: World): string {
  findProfile(name, world.cwd)
  return /^[a-z0-9-]+$/.test(name) ? name : resolve(world.cwd, name)
}

function textOf(reports: readonly FileReport[], corrections: readonly SheetReport[], options: Options): string {
  const lines = [...corrections.map(sheetText), ...reports.map(reportText)]
  if (options.dryRun === true) lines.push('Dry run: nothing was changed.')
  else if (reports.some((report) => report.quarantined > 0)) lines.push('Rows held back: see "outcomes quarantine".')
  return lines.join('\n')
}

function sheetText({ sheet, already_applied, cells_corrected, rows_left_out }: SheetReport): string {
  const what = `${cells_corrected} ${cells_corrected === 1 ? 'cell' : 'cells'} corrected, ${rows_left_out} ${rows_left_out === 1 ? 'row' : 'rows'} left out`
  return `${sheet} (sheet of corrections)\n  ${already_applied ? 'applied before: nothing was changed' : what}`
}

/** One file's report, for a person to read. */
export function reportText(report: FileReport): string {
  const read = [report.profile, report.sheet === '' ? null : `sheet ${report.sheet}`, report.encoding].filter(
    (it) => it !== null,
  )
  const head = `${report.file} (${read.join(', ')})`
  if (report.already_loaded) return `${head}\n  loaded before: ${report.loaded} records; nothing was changed`
  return [
    head,
    `  ${report.physical_lines} lines = ${report.heading_lines} heading + ${report.blank_lines} blank + ${report.other_lines} other + ${report.record_lines} of records`,
    `  ${report.records} records = ${report.loaded} loaded + ${report.duplicates} duplicate + ${report.quarantined} held back`,
    ...counted('held back for', report.issues),
    ...counted('loaded with a doubt', report.flags),
    ...(report.corrected === 0 ? [] : [`  corrected or left out by the team: ${report.corrected} records`]),
    ...(report.period === null
      ? []
      : [
          `  stands for ${report.period}${report.supersedes.length === 0 ? '' : `, in place of ${report.supersedes.join(', ')}`}`,
        ]),
    ...(report.columns_left_out.length === 0 ? [] : [`  columns left out: ${report.columns_left_out.join(', ')}`]),
    ...(report.record_lines === 0 ? ['  note: there is nothing below the headings'] : []),
    ...report.notes.map((note) => `  note: ${note}`),
  ].join('\n')
}

function counted(label: string, counts: Readonly<Record<string, number>>): string[] {
  const parts = Object.entries(counts).map(([code, n]) => `${code} ${n}`)
  return parts.length === 0 ? [] : [`  ${label}: ${parts.join(', ')}`]
}
