import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { nearestWord } from '../src/domain/nearest-word.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { isInOtherCoding } from '../src/ingest/coding-proof.ts'
import type { ExportFile } from '../src/ingest/examine-file.ts'
import { bundledProfile, bundledProfiles, type FoundProfile, readProfile } from '../src/ingest/find-profile.ts'
import { openSource } from '../src/ingest/open-source.ts'
import type { Profile } from '../src/ingest/profile.ts'
import { knownHeadings, profileFit } from '../src/ingest/read-export.ts'
import { rememberedProfile } from './confirmed-profiles.ts'

const PLAIN = 'plain-layout'

export interface ChosenProfile {
  readonly found: FoundProfile
  /** Why this one, as the end of "read with the profile X, …"; null where it was named. */
  readonly because: string | null
}

/**
 * How a file is to be read: as it was said; else the plain layout if the file has it; else the profile confirmed in this project
 * for the same headings; else the only bundled profile that the file fits. @throws OperatorError (input refused) where none does.
 */
async function chooseProfile(file: ExportFile, asked: string | undefined, dir: string): Promise<ChosenProfile> {
  if (asked !== undefined) return { found: findProfile(asked, dir), because: null }
  const plain = plainLayout(file)
  const { refusal } = await profileFit(file, plain.profile)
  if (refusal === null) return { found: plain, because: null }
  const remembered = await rememberedProfile(file, dir)
  if (remembered !== null) return { found: remembered, because: 'confirmed in this project for the same headings' }
  const fits = await profilesThatFit(file)
  const [only, another] = fits
  if (only !== undefined && another === undefined && (await isMostlyKnown(file, only))) {
    return { found: only, because: 'the only bundled profile whose headings it has' }
  }
  throw noProfile(file, refusal, fits)
}

/** The same, but all the profiles that read a part of a FHIR file: each reads the resources of one type, and none is read twice. */
export async function chooseProfiles(
  file: ExportFile,
  asked: string | undefined,
  dir: string,
): Promise<readonly ChosenProfile[]> {
  const fits = file.kind === 'fhir' && asked === undefined ? await profilesThatFit(file) : []
  if (fits.length < 2) return [await chooseProfile(file, asked, dir)]
  return fits.map((found) => ({ found, because: `for its ${found.profile.fhir.resource} resources` }))
}

/** A profile of few and common headings fits by chance: it has to know half of the file's columns, and three at least. */
async function isMostlyKnown(file: ExportFile, { profile }: FoundProfile): Promise<boolean> {
  if (profile.is_distinctive) return true
  const { n_known, n_headings } = await profileFit(file, profile)
  return n_known >= 3 && n_known * 2 >= n_headings
}

/** A bundled profile by name, or a profile file by path from `dir`. */
export function findProfile(name: string, dir: string): FoundProfile {
  const bundled = bundledProfile(name)
  if (bundled !== undefined) return bundled
  const path = resolve(dir, name)
  if (existsSync(path) && statSync(path).isFile()) return readProfile(readFileSync(path, 'utf8'), name)
  const names = [...bundledProfiles().keys()]
  const near = nearestWord(name, names)
  const hint = near === null ? '' : ` Did you mean ${near}?`
  throw new OperatorError(
    `There is no profile "${name}": neither a bundled one nor a file.${hint} Bundled: ${names.join(', ')}.`,
    EXIT.wrong_usage,
  )
}

/** The bundled profiles whose every needed heading the file has, the one that knows most of its headings first. */
export async function profilesThatFit(file: ExportFile): Promise<readonly FoundProfile[]> {
  const headingsAs = headingsReader(file)
  const fits: { candidate: FoundProfile; n_known: number }[] = []
  for (const found of bundledProfiles().values()) {
    const candidate = found.profile.profile === PLAIN ? plainLayout(file) : found
    const { profile } = candidate
    if (profile.reads !== file.kind) continue
    const headings = await headingsAs(profile)
    if (headings === null) continue
    const n_known = knownHeadings(headings, file.file_name, profile)
    if (n_known !== null && !(await isInOtherCoding(file, profile))) fits.push({ candidate, n_known })
  }
  return fits.sort((a, b) => b.n_known - a.n_known).map(({ candidate }) => candidate)
}

/** A file's headings where a profile expects them; null where there are none. Profiles that open a file alike share one look at it. */
function headingsReader(file: ExportFile): (profile: Profile) => Promise<readonly string[] | null> {
  const seen = new Map<string, Promise<readonly string[] | null>>()
  return (profile) => {
    const { csv, xlsx, fhir } = profile
    const how = JSON.stringify([csv, xlsx, fhir])
    const headings = seen.get(how) ?? headingsOf(file, profile)
    seen.set(how, headings)
    return headings
  }
}

async function headingsOf(file: ExportFile, profile: Profile): Promise<readonly string[] | null> {
  try {
    const source = await openSource(file, profile)
    await source.close()
    return source.headings
  } catch (error) {
    if (error instanceof OperatorError) return null
    throw error
  }
}

/** The plain layout is the same columns in any kind of file. */
export function plainLayout(file: ExportFile): FoundProfile {
  const found = bundledProfile(PLAIN) as FoundProfile
  return { ...found, profile: { ...found.profile, reads: file.kind } }
}

function noProfile(file: ExportFile, refusal: OperatorError, fits: readonly FoundProfile[]): OperatorError {
  const next = `"outcomes inspect" shows how ${file.file_name} can be read, and writes a profile for it.`
  const names = fits.map(({ profile }) => `--profile ${profile.profile}`).join(', ')
  const hint = fits.length === 0 ? next : `Its headings are those of: ${names}. Name the right one. ${next}`
  return new OperatorError(`${refusal.message}\n${hint}`, refusal.exit_code)
}
