import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { ExportFile } from '../src/ingest/examine-file.ts'
import { type FoundProfile, readProfile } from '../src/ingest/find-profile.ts'
import { headingFingerprint } from '../src/ingest/fingerprint.ts'
import { openSource } from '../src/ingest/open-source.ts'
import type { Profile } from '../src/ingest/profile.ts'
import { readYaml } from '../src/ingest/read-yaml.ts'

/** A project's confirmed profiles lie in `profiles/`, with an index of the headings each was confirmed for. Both may be shared. */
const FOLDER = 'profiles'
const INDEX = 'fingerprints.json'

const name = z.string().regex(/^[a-z0-9-]+$/, 'may hold small letters, digits and hyphens only')
const indexSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/, 'is not a fingerprint'), name)
type Index = z.infer<typeof indexSchema>

/** The profile that was confirmed for files with these very headings; null where none was. */
export async function rememberedProfile(file: ExportFile, dir: string): Promise<FoundProfile | null> {
  const index = readIndex(dir)
  for (const profileName of new Set(Object.values(index))) {
    const found = readConfirmed(dir, profileName)
    const fingerprint = await fingerprintOf(file, found.profile)
    if (fingerprint !== null && index[fingerprint] === profileName) return found
  }
  return null
}

/** Keeps a profile's text in the project, for every later file with this one's headings. Gives the path it was written to. */
export async function rememberProfile(file: ExportFile, dir: string, profileName: string, text: string) {
  const { profile } = readProfile(text, `${profileName}.yaml`)
  const fingerprint = await fingerprintOf(file, profile)
  if (fingerprint === null) {
    throw new OperatorError(
      `${file.file_name} has no headings where the profile ${profileName} expects them, so it was not remembered. Correct the heading row in the profile.`,
      EXIT.wrong_usage,
    )
  }
  const folder = join(dir, FOLDER)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${profileName}.yaml`)
  refuseToReplace(path, text, profileName)
  const index = { ...readIndex(dir), [fingerprint]: profileName }
  writeWhole(path, text)
  writeWhole(join(folder, INDEX), `${JSON.stringify(sorted(index), null, 2)}\n`)
  return path
}

async function fingerprintOf(file: ExportFile, profile: Profile): Promise<string | null> {
  if (file.kind !== profile.reads) return null
  try {
    const source = await openSource(file, profile)
    await source.close()
    return headingFingerprint(source.headings, profile.xlsx.sheet ?? '')
  } catch (error) {
    if (error instanceof OperatorError) return null
    throw error
  }
}

function readIndex(dir: string): Index {
  const path = join(dir, FOLDER, INDEX)
  if (!existsSync(path)) return {}
  const read = readYaml(readFileSync(path, 'utf8'), indexSchema)
  if ('data' in read) return read.data
  throw new OperatorError(
    `${FOLDER}/${INDEX} cannot be used: ${read.faults.join('; ')}. Put it right, or delete it and confirm the profiles again.`,
    EXIT.wrong_usage,
  )
}

function readConfirmed(dir: string, profileName: string): FoundProfile {
  const shown = `${FOLDER}/${profileName}.yaml`
  const path = join(dir, FOLDER, `${profileName}.yaml`)
  if (existsSync(path)) return readProfile(readFileSync(path, 'utf8'), shown)
  throw new OperatorError(
    `${FOLDER}/${INDEX} names ${shown}, which is not there. Put the profile back, or take its lines out of the index.`,
    EXIT.wrong_usage,
  )
}

function refuseToReplace(path: string, text: string, profileName: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') === text) return
  throw new OperatorError(
    `The project already has a profile called ${profileName}, and it says something else. Choose another name, or delete ${FOLDER}/${profileName}.yaml.`,
    EXIT.wrong_usage,
  )
}

function sorted(index: Index): Index {
  return Object.fromEntries(Object.entries(index).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text)
  renameSync(`${path}.part`, path)
}
