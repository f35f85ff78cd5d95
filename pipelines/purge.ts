import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { dayNumber, isIsoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { identitiesOfPeople, linkPeople } from '../src/store/link-people.ts'
import type { Store } from '../src/store/open.ts'
import { pseudonymKeyId } from '../src/store/pseudonym-key.ts'
import {
  type Deleted,
  deleteChosenRecords,
  type PurgePlan,
  planPastPurge,
  planPersonPurge,
  rememberPurged,
  rememberRetention,
  rewriteFile,
} from '../src/store/purge.ts'
import { type Searched, searchFile, searchPages } from '../src/store/search-files.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { today } from './ingest-files.ts'
import { pseudonymsOfPerson } from './person-to-purge.ts'
import { readProject } from './project.ts'
import { openProjectStore, requireStore, storeFolder } from './project-store.ts'
import { type Certificate, certificateText } from './purge-certificate.ts'
import { removeReplacement } from './replace-store.ts'
import { SOFTWARE } from './software.ts'
import type { World } from './world.ts'

const NOTHING: Deleted = { rows: {}, n_derived_tables: 0 }

interface Options extends AnswerOptions {
  project: string
  person?: string
  service?: string
  before?: string
  certificate?: string
  dryRun?: boolean
}

/** `outcomes purge`: delete a person, or everything before a day, and prove that no byte of it is left. */
export function purgeCommand(world: World): Command {
  return new Command('purge')
    .description('delete a person, or all before a day, and prove it')
    .option('--person <file>', 'a file with one NHS number or local id; - is standard input. Never the number itself')
    .option('--service <code>', 'the identifier is a local id of this service')
    .option('--before <date>', 'every record all of whose days are before this one, YYYY-MM-DD')
    .option('--certificate <file>', 'write the certificate of deletion here')
    .option('--dry-run', 'say what would be deleted, change nothing')
    .option('--project <dir>', 'the project folder', '.')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes purge --person number.txt --project my-service --certificate deleted.txt\n  outcomes purge --before 2006-04-01 --dry-run',
    )
    .action(async (options: Options) => {
      const certificate = await purge(world, options)
      const path = options.certificate === undefined ? null : resolve(world.cwd, options.certificate)
      if (path !== null) writeFileSync(path, `${certificateText(certificate)}\n`, { mode: 0o600 })
      answer(world, options, { ...certificate, certificate_file: path }, () => certificateText(certificate))
      if (!certificate.is_proved && !certificate.dry_run) throw notProved()
    })
}

async function purge(world: World, options: Options): Promise<Certificate> {
  const project = readProject(resolve(world.cwd, options.project))
  const before = dayToPurgeBefore(options)
  requireStore(world, project.dir)
  const store = openProjectStore(world, project.dir)
  try {
    const { sqlite } = store
    const pseudonyms = options.person === undefined ? [] : await pseudonymsOfPerson(world, project, sqlite, options)
    sqlite.pragma('wal_checkpoint(truncate)')
    removeReplacement(project.dir)
    sqlite.exec('begin immediate')
    const plan = planOf(store, pseudonyms, before)
    const head = {
      purged: before === null ? ('person' as const) : ('before' as const),
      before,
      at: world.started_at.toISOString(),
      software: SOFTWARE,
      key_id: pseudonymKeyId(sqlite),
      dry_run: options.dryRun === true,
      records: plan.records,
      ambiguous_records: plan.ambiguous_records,
      files: plan.files,
      n_traces: plan.n_traces,
      n_searched_for: plan.traces.length,
    }
    const seen = searchAll(store, project.dir, plan)
    if (options.dryRun === true)
      return { ...head, deleted: NOTHING, seen_before: most(seen), searched: [], is_proved: false }
    const deleted = carryOut(store, before, today(world))
    rewriteFile(sqlite)
    const searched = searchAll(store, project.dir, plan)
    const is_proved = searched.every(({ n_found }) => n_found === 0) && most(seen) === plan.traces.length
    return { ...head, deleted, seen_before: most(seen), searched, is_proved }
  } finally {
    if (store.sqlite.inTransaction) store.sqlite.exec('rollback')
    store.close()
  }
}

function dayToPurgeBefore({ person, before, service }: Options): string | null {
  if ((person === undefined) === (before === undefined)) {
    throw new OperatorError('Say whom or what to purge: either --person FILE or --before DATE.', EXIT.wrong_usage)
  }
  if (service !== undefined && person === undefined) {
    throw new OperatorError('--service says whose local id --person gives; it needs --person.', EXIT.wrong_usage)
  }
  if (before === undefined) return null
  if (isIsoDate(before)) return before
  throw new OperatorError('--before is not a YYYY-MM-DD date.', EXIT.wrong_usage)
}

/** @throws OperatorError (input refused) where there is nothing to delete. */
function planOf({ sqlite }: Store, pseudonyms: readonly string[], before: string | null): PurgePlan {
  if (before !== null && isIsoDate(before)) return planPastPurge(sqlite, dayNumber(before))
  linkPeople(sqlite)
  const plan = planPersonPurge(sqlite, identitiesOfPeople(sqlite, pseudonyms))
  if (plan.n_traces > 0) return plan
  throw new OperatorError(
    'The store holds nobody with that identifier, so nothing was deleted. Check the number; for a local id, name its service with --service.',
    EXIT.input_refused,
  )
}

/** In the transaction that chose them, which it ends. */
function carryOut({ sqlite }: Store, before: string | null, date: string): Deleted {
  if (before !== null && isIsoDate(before)) rememberRetention(sqlite, before, dayNumber(before))
  else rememberPurged(sqlite, date)
  const deleted = deleteChosenRecords(sqlite)
  sqlite.exec('commit')
  return deleted
}

/** Every file of the store's folder, byte by byte; of an encrypted store also the pages as they are without encryption. */
function searchAll({ sqlite, is_encrypted }: Store, projectDir: string, { traces }: PurgePlan): Searched[] {
  const folder = storeFolder(projectDir)
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  const found = files
    .map(({ name }) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => searchFile(path, path.slice(folder.length + 1), traces))
  return is_encrypted ? [...found, searchPages(sqlite, 'store.sqlite, decrypted', traces)] : found
}

function most(searched: readonly Searched[]): number {
  return Math.max(0, ...searched.map(({ n_found }) => n_found))
}

function notProved(): OperatorError {
  return new OperatorError(
    'The records were deleted from every table, but the search could not prove that no byte is left: see the certificate. Delete the folder .outcomes and read the exports afresh, without these records.',
    EXIT.check_failed,
  )
}
