import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { dateOfDay } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { examineFile } from '../src/ingest/examine-file.ts'
import { bundledProfile } from '../src/ingest/find-profile.ts'
import { maskDigits } from '../src/ingest/mask.ts'
import type { DateOrder } from '../src/ingest/read-date.ts'
import type { ImportFileTable } from '../src/store/table-types.ts'
import { chooseProfiles, findProfile } from './choose-profile.ts'
import { type FoundSheet, partSheets } from './correction-sheets.ts'
import type { Project } from './project.ts'
import { filesIn, type Place, type SourceFile } from './sources.ts'

type StoredFile = Pick<
  ImportFileTable,
  | 'sha256'
  | 'file_name'
  | 'origin'
  | 'profile_id'
  | 'profile_sha256'
  | 'service_code'
  | 'date_order'
  | 'period_start_day'
  | 'period_end_day'
  | 'period_provider_code'
>

/** The files that a store was filled from, in order, each where it was and as it was. @throws OperatorError naming one that is not. */
export async function storedSources(
  db: Database,
  project: Project,
  profile: string | undefined,
): Promise<SourceFile[]> {
  const files = db.prepare<[], StoredFile>('select * from import_file order by file_id').all()
  const sources: SourceFile[] = []
  for (const file of files) {
    const place = await placeOf(project, file)
    sources.push({
      ...place,
      profile: await profileOf(place, file, project, profile),
      service: file.service_code ?? undefined,
      date_order: (file.date_order as DateOrder | null) ?? undefined,
      period: periodOf(file),
    })
  }
  return sources
}

/** The sheets that were applied before, likewise. */
export async function storedSheets(db: Database, project: Project): Promise<readonly FoundSheet[]> {
  const applied = db
    .prepare<[], Pick<StoredFile, 'sha256' | 'file_name' | 'origin'>>(
      'select * from correction_sheet order by sheet_number',
    )
    .all()
  const places: Place[] = []
  for (const sheet of applied) places.push(await placeOf(project, sheet))
  return (await partSheets(places)).sheets
}

function periodOf({ period_start_day, period_end_day, period_provider_code }: StoredFile) {
  if (period_start_day === null || period_end_day === null || period_provider_code !== null) return undefined
  return { start: dateOfDay(period_start_day), end: dateOfDay(period_end_day) }
}

/** Names are stored with long digit runs masked, so the file is looked for among those whose names come out the same. */
async function placeOf(
  project: Project,
  { origin, sha256, file_name }: Pick<StoredFile, 'sha256' | 'file_name' | 'origin'>,
): Promise<Place> {
  for (const place of placesNear(project.dir, origin)) {
    if ((await examineFile(place.path, place.member)).sha256 === sha256) return place
  }
  throw new OperatorError(
    `${file_name}, as it was when it was read, is no longer at ${origin}: it has changed since, or was taken away. Corrections are applied by reading every file again, so nothing was changed. ` +
      'Put the file back; or put the sheet into exports/corrections and run "outcomes run", which reads what is in exports/ now.',
    EXIT.input_refused,
  )
}

function placesNear(dir: string, origin: string): readonly Place[] {
  let folder = dirname(resolve(dir, origin))
  while (!existsSync(folder) || !statSync(folder).isDirectory()) folder = dirname(folder)
  const shown = (path: string) => maskDigits(relative(dir, path))
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => (origin === shown(path) || origin.startsWith(join(shown(path), '/'))) && statSync(path).isFile())
    .flatMap((path) => filesIn(path))
    .filter(({ path, member }) => shown(member === null ? path : join(path, member)) === origin)
}

/** The profile by the name or path under which it is found now: of those that may be meant, the very one that was read with. */
async function profileOf(
  place: Place,
  { profile_id, profile_sha256, file_name }: StoredFile,
  project: Project,
  named: string | undefined,
): Promise<string | undefined> {
  if (bundledProfile(profile_id) !== undefined) return profile_id
  const paths = [named, ...project.sources.map((it) => it.profile)].filter((it) => it !== undefined)
  const path = paths.find((it) => findProfile(it, project.dir).sha256 === profile_sha256)
  if (path !== undefined) return path
  const chosen = await chooseProfiles(await examineFile(place.path, place.member), undefined, project.dir)
  if (chosen.some(({ found }) => found.sha256 === profile_sha256)) return undefined
  throw new OperatorError(
    `${file_name} was read with the profile ${profile_id}, which is not there as it was. Nothing was changed. Name it with --profile.`,
    EXIT.wrong_usage,
  )
}
