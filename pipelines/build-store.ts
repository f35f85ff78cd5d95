import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { createPseudonymiser } from '../src/domain/pseudonym.ts'
import { examineFile } from '../src/ingest/examine-file.ts'
import { carryOver } from '../src/store/carry-over.ts'
import { dateLists, holdsLists } from '../src/store/fill-people-lists.ts'
import type { FileReport } from '../src/store/load.ts'
import type { Store } from '../src/store/open.ts'
import { pseudonymKeyId } from '../src/store/pseudonym-key.ts'
import { breakSeal } from '../src/store/seal.ts'
import { withdraw } from '../src/store/withdraw.ts'
import { type AnswerOptions, notice } from './answer.ts'
import { chooseProfiles } from './choose-profile.ts'
import { derive } from './derive-store.ts'
import { fillLists } from './fill-lists.ts'
import { type IngestOptions, ingestFiles } from './ingest-files.ts'
import { declaredLists, type PeopleList } from './people-lists.ts'
import type { Project } from './project.ts'
import { openProjectStore, openReplacement, storePath } from './project-store.ts'
import { loadOrCreateSecret } from './secret-key.ts'
import { type SourceFile, sourceFiles } from './sources.ts'
import type { World } from './world.ts'

/**
 * The project's store, holding exactly what its exports hold now, scored and modelled. Unchanged exports are not read again;
 * after any change all are read afresh into a new file that then takes the old one's place.
 */
export async function buildStore(world: World, project: Project, options: AnswerOptions): Promise<Store> {
  const sources = sourceFiles(project)
  const lists = declaredLists(world, project)
  const state = await stateOf(world, project, sources, lists)
  if (state === 'stale') await rebuild(world, project, sources, { ...options, lists })
  else if (sources.length > 0)
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
  sources: readonly SourceFile[],
  lists: readonly PeopleList[],
): Promise<'current' | 'stale' | 'other_lists'> {
  if (sources.length === 0) refuseWithoutData(project)
  if (!existsSync(storePath(project.dir))) return 'stale'
  const wanted = new Set<string>()
  for (const source of sources) for (const key of await sourceKeys(project, source)) wanted.add(key)
  const store = openProjectStore(world, project.dir)
  try {
    const files = store.sqlite.prepare<[], StoredSource>('select * from import_file').all()
    const held = new Set(files.map((it) => `${it.sha256} ${it.profile_sha256} ${it.service_code ?? ''}`))
    const isSame = sources.length === 0 || (held.size === wanted.size && [...held].every((key) => wanted.has(key)))
    if (!isSame) refuseToLoseFiles(files)
    if (!isSame) return 'stale'
    if (holdsLists(store.sqlite, lists)) return 'current'
    return sources.length > 0 && filesFromElsewhere(files).length === 0 ? 'stale' : 'other_lists'
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

interface StoredSource {
  sha256: string
  profile_sha256: string
  service_code: string | null
  origin: string
  file_name: string
}

async function sourceKeys(project: Project, source: SourceFile): Promise<readonly string[]> {
  const file = await examineFile(source.path, source.member)
  const chosen = await chooseProfiles(file, source.profile, project.dir)
  const service = source.service ?? (project.services.length === 1 ? project.services[0]?.code : undefined)
  return chosen.map(({ found }) => `${file.sha256} ${found.sha256} ${service ?? ''}`)
}

/** Files that `outcomes ingest` loaded from elsewhere would be gone after a rebuild from exports/. */
function refuseToLoseFiles(files: readonly StoredSource[]): void {
  const elsewhere = filesFromElsewhere(files)
  if (elsewhere.length === 0) return
  throw new OperatorError(
    `The exports have changed, and the store also holds ${elsewhere.map((it) => it.file_name).join(', ')}, loaded with "outcomes ingest" from outside exports/. Put ${elsewhere.length === 1 ? 'that file' : 'those files'} into exports/ and list ${elsewhere.length === 1 ? 'it' : 'them'} in outcomes.yaml, or delete the folder .outcomes to begin again.`,
    EXIT.wrong_usage,
  )
}

function filesFromElsewhere(files: readonly StoredSource[]): readonly StoredSource[] {
  return files.filter((it) => !it.origin.replaceAll('\\', '/').startsWith('exports/'))
}

async function rebuild(
  world: World,
  project: Project,
  sources: readonly SourceFile[],
  options: IngestOptions,
): Promise<readonly FileReport[]> {
  const path = storePath(project.dir)
  const building = `${path}.building`
  const current = openProjectStore(world, project.dir)
  removeStore(building)
  const store = openReplacement(world, project.dir, building)
  try {
    carryOver(current.sqlite, store.sqlite)
    current.close()
    const reports = await ingestFiles(world, project, store, sources, options)
    store.close()
    removeSideFiles(path)
    breakSeal(path)
    renameSync(building, path)
    return reports
  } catch (error) {
    current.close()
    store.close()
    removeStore(building)
    throw error
  }
}

/** Takes away what a run that was killed may have left of the store's replacement. */
export function removeReplacement(projectDir: string): void {
  removeStore(`${storePath(projectDir)}.building`)
}

function removeStore(path: string): void {
  rmSync(path, { force: true })
  removeSideFiles(path)
}

function removeSideFiles(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
}

function refuseWithoutData(project: Project): void {
  if (existsSync(storePath(project.dir))) return
  throw new OperatorError(
    `There is nothing to read: ${join(project.dir, 'exports')} holds no file. Put your exports there and run the command again.`,
    EXIT.input_refused,
  )
}
