import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { periodText } from '../src/domain/period.ts'
import { createPseudonymiser } from '../src/domain/pseudonym.ts'
import { examineFile } from '../src/ingest/examine-file.ts'
import { dateLists, holdsLists } from '../src/store/fill-people-lists.ts'
import type { FileReport } from '../src/store/load.ts'
import type { Store } from '../src/store/open.ts'
import { periodOfFile } from '../src/store/period-of-file.ts'
import { pseudonymKeyId } from '../src/store/pseudonym-key.ts'
import type { CorrectionSheetTable } from '../src/store/table-types.ts'
import { withdraw } from '../src/store/withdraw.ts'
import { type AnswerOptions, notice } from './answer.ts'
import { chooseProfiles } from './choose-profile.ts'
import { type ProjectSources, projectSources } from './correction-sheets.ts'
import { derive } from './derive-store.ts'
import { fillLists } from './fill-lists.ts'
import { type IngestOptions, ingestFiles } from './ingest-files.ts'
import { declaredLists, type PeopleList } from './people-lists.ts'
import type { Project } from './project.ts'
import { openProjectStore, storePath } from './project-store.ts'
import { replaceStore } from './replace-store.ts'
import { loadOrCreateSecret } from './secret-key.ts'
import type { SourceFile } from './sources.ts'
import type { World } from './world.ts'

/**
 * The project's store, holding exactly what its exports hold now, scored and modelled. Unchanged exports are not read again;
 * after any change all are read afresh into a new file that then takes the old one's place.
 */
export async function buildStore(world: World, project: Project, options: AnswerOptions): Promise<Store> {
  const sources = await projectSources(project)
  const lists = declaredLists(world, project)
  const state = await stateOf(world, project, sources, lists)
  if (state === 'stale') await rebuild(world, project, sources, { ...options, lists })
  else if (sources.records.length > 0)
    notice(world, options, 'The exports have not changed since the last run: they are not read again.')
  const store = openProjectStore(world, project.dir)
  try {
    if (state === 'other_lists') renewLists(world, project, store, lists, options)
    dateLists(store.sqlite, lists)
    await derive(store, project)
  } catch (error) {
    store.close()
    throw error
  }
  return store
}

/** `other_lists`: the files are those of the store, some of them from elsewhere, and the lists of people are not. */
async function stateOf(
  world: World,
  project: Project,
  sources: ProjectSources,
  lists: readonly PeopleList[],
): Promise<'current' | 'stale' | 'other_lists'> {
  const { records, sheets } = sources
  if (records.length === 0) refuseWithoutData(project)
  if (!existsSync(storePath(project.dir))) return 'stale'
  const wanted = new Set<string>()
  for (const source of records) for (const key of await sourceKeys(project, source)) wanted.add(key)
  const store = openProjectStore(world, project.dir)
  try {
    const files = store.sqlite.prepare<[], StoredSource>('select * from import_file').all()
    const held = new Set(files.map(storedKey))
    const applied = store.sqlite.prepare<[], AppliedSheet>('select * from correction_sheet order by sheet_number').all()
    const isSame =
      (records.length === 0 || isEqualSet(held, wanted)) &&
      JSON.stringify(applied.map((it) => it.sha256)) === JSON.stringify(sheets.map((it) => it.sheet.sha256))
    if (!isSame) refuseToLoseFiles([...files, ...applied])
    if (!isSame) return 'stale'
    if (holdsLists(store.sqlite, lists)) return 'current'
    return records.length > 0 && filesFromElsewhere(files).length === 0 ? 'stale' : 'other_lists'
  } finally {
    store.close()
  }
}

/** Whoever is on a list for the first time is held back now; whoever is no longer on it comes back when all is read afresh. */
function renewLists(
  world: World,
  project: Project,
  store: Store,
  lists: readonly PeopleList[],
  options: AnswerOptions,
): void {
  const key = createPseudonymiser(loadOrCreateSecret(world, project.dir, pseudonymKeyId(store.sqlite)).secret)
  for (const text of fillLists(store.sqlite, project, lists, key)) notice(world, options, text)
  withdraw(store.sqlite)
}

type AppliedSheet = Pick<CorrectionSheetTable, 'sha256' | 'origin' | 'file_name'>

interface StoredSource {
  sha256: string
  profile_sha256: string
  service_code: string | null
  period_start_day: number | null
  period_end_day: number | null
  period_provider_code: string | null
  origin: string
  file_name: string
}

function isEqualSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key))
}

/** What a file is read as; a period that the file itself states is no part of it. */
function storedKey(file: StoredSource): string {
  const period = file.period_provider_code === null ? periodOfFile(file) : null
  return [file.sha256, file.profile_sha256, file.service_code ?? '', period ?? ''].join(' ')
}

async function sourceKeys(project: Project, source: SourceFile): Promise<readonly string[]> {
  const file = await examineFile(source.path, source.member)
  const chosen = await chooseProfiles(file, source.profile, project.dir)
  const service = source.service ?? (project.services.length === 1 ? project.services[0]?.code : undefined)
  const period = source.period === undefined ? '' : periodText(source.period)
  return chosen.map(({ found }) => [file.sha256, found.sha256, service ?? '', period].join(' '))
}

/** Files that `outcomes ingest` loaded from elsewhere would be gone after a rebuild from exports/. */
function refuseToLoseFiles(files: readonly AppliedSheet[]): void {
  const elsewhere = filesFromElsewhere(files)
  if (elsewhere.length === 0) return
  throw new OperatorError(
    `The exports have changed, and the store also holds ${elsewhere.map((it) => it.file_name).join(', ')}, loaded with "outcomes ingest" from outside exports/. Put ${elsewhere.length === 1 ? 'that file' : 'those files'} into exports/ and list ${elsewhere.length === 1 ? 'it' : 'them'} in outcomes.yaml, or delete the folder .outcomes to begin again.`,
    EXIT.wrong_usage,
  )
}

function filesFromElsewhere(files: readonly AppliedSheet[]): readonly AppliedSheet[] {
  return files.filter((it) => !it.origin.replaceAll('\\', '/').startsWith('exports/'))
}

async function rebuild(
  world: World,
  project: Project,
  sources: ProjectSources,
  options: IngestOptions,
): Promise<readonly FileReport[]> {
  return replaceStore(world, project.dir, (store) =>
    ingestFiles(world, project, store, sources.records, { ...options, sheets: sources.sheets }),
  )
}

function refuseWithoutData(project: Project): void {
  if (existsSync(storePath(project.dir))) return
  throw new OperatorError(
    `There is nothing to read: ${join(project.dir, 'exports')} holds no file. Put your exports there and run the command again.`,
    EXIT.input_refused,
  )
}
