import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { DATE_ORDERS, type DateOrder } from '../src/ingest/read-date.ts'
import type { FileReport } from '../src/store/load.ts'
import { openStore } from '../src/store/open.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { findProfile } from './choose-profile.ts'
import { ingestFiles } from './ingest-files.ts'
import { declaredLists } from './people-lists.ts'
import { readProject } from './project.ts'
import { openProjectStore, storePath } from './project-store.ts'
import { filesIn } from './sources.ts'
import type { World } from './world.ts'

interface Options extends AnswerOptions {
  profile?: string
  project: string
  service?: string
  dateOrder?: DateOrder
  dryRun?: boolean
  strict?: boolean
  optOutList?: string
}

/** `outcomes ingest FILE…`: read files into the project's store. */
export function ingestCommand(world: World): Command {
  return new Command('ingest')
    .description('read files into the store')
    .argument('<files...>', 'CSV, XLSX or JSON files, or archives of them (.zip, .gz)')
    .option('--profile <name>', 'a bundled profile, or the path of a profile file; left out: found by the headings')
    .option('--project <dir>', 'the project folder', '.')
    .option('--service <code>', 'the service the files are about, where their rows do not say')
    .addOption(
      new Option('--date-order <order>', 'how dates are written, over what the profile says').choices([...DATE_ORDERS]),
    )
    .option('--dry-run', 'read and check everything, change nothing')
    .option('--opt-out-list <file>', 'hold back the people of this list of NHS numbers, one a line')
    .option('--strict', 'refuse a file with any faulty row')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress or notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes ingest scores.csv --project my-service\n  outcomes ingest rio.csv --profile rio-wide-forms --dry-run',
    )
    .action(async (files: string[], options: Options) => {
      const project = readProject(resolve(world.cwd, options.project))
      const lists = declaredLists(world, project, options.optOutList)
      const profile = options.profile === undefined ? undefined : profilePath(options.profile, world)
      const sources = files.flatMap((file) =>
        filesIn(resolve(world.cwd, file)).map((each) => ({ ...each, profile, service: options.service })),
      )
      const isTrial = options.dryRun === true && !existsSync(storePath(project.dir))
      const store = isTrial ? openStore(':memory:') : openProjectStore(world, project.dir)
      try {
        const reports = await ingestFiles(world, project, store, sources, {
          ...options,
          date_order: options.dateOrder,
          dry_run: options.dryRun,
          lists,
        })
        answer(world, options, { dry_run: options.dryRun === true, files: reports }, () => textOf(reports, options))
      } finally {
        store.close()
      }
    })
}

/** A path is from where the command is typed; a bundled profile stays a name. */
function profilePath(name: string, world: World): string {
  findProfile(name, world.cwd)
  return /^[a-z0-9-]+$/.test(name) ? name : resolve(world.cwd, name)
}

function textOf(reports: readonly FileReport[], options: Options): string {
  const lines = reports.map(reportText)
  if (options.dryRun === true) lines.push('Dry run: nothing was changed.')
  else if (reports.some((report) => report.quarantined > 0)) lines.push('Rows held back: see "outcomes quarantine".')
  return lines.join('\n')
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
    ...(report.columns_left_out.length === 0 ? [] : [`  columns left out: ${report.columns_left_out.join(', ')}`]),
    ...(report.record_lines === 0 ? ['  note: there is nothing below the headings'] : []),
    ...report.notes.map((note) => `  note: ${note}`),
  ].join('\n')
}

function counted(label: string, counts: Readonly<Record<string, number>>): string[] {
  const parts = Object.entries(counts).map(([code, n]) => `${code} ${n}`)
  return parts.length === 0 ? [] : [`  ${label}: ${parts.join(', ')}`]
}
