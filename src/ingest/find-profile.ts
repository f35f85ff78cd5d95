import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { type Profile, profileSchema } from './profile.ts'
import { readYaml } from './read-yaml.ts'

/** A profile and the sha256 of the text it came from. */
export interface FoundProfile {
  readonly profile: Profile
  readonly sha256: string
}

/** Reads the text of a profile file. Every fault is named by line and key. */
export function readProfile(text: string, name = 'the profile'): FoundProfile {
  const read = readYaml(text, profileSchema)
  if ('faults' in read) throw refusal(name, read.faults)
  return { profile: read.data, sha256: createHash('sha256').update(text, 'utf8').digest('hex') }
}

let bundled: ReadonlyMap<string, FoundProfile> | undefined

/** Every profile that comes with the product, by name. They are read once: they do not change while the program runs. */
export function bundledProfiles(): ReadonlyMap<string, FoundProfile> {
  bundled ??= readBundledProfiles()
  return bundled
}

function readBundledProfiles(): ReadonlyMap<string, FoundProfile> {
  const dir = fileURLToPath(new URL('./profiles/', import.meta.url))
  const files = readdirSync(dir).filter((file) => file.endsWith('.yaml'))
  return new Map(
    files.sort().map((file) => [file.replace(/\.yaml$/, ''), readProfile(readFileSync(join(dir, file), 'utf8'), file)]),
  )
}

/** The bundled profile of that name. */
export function bundledProfile(id: string): FoundProfile | undefined {
  if (!/^[a-z0-9-]+$/.test(id)) return undefined
  const path = fileURLToPath(new URL(`./profiles/${id}.yaml`, import.meta.url))
  try {
    return readProfile(readFileSync(path, 'utf8'), `${id}.yaml`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function refusal(name: string, faults: readonly string[]): OperatorError {
  return new OperatorError(
    `${name} cannot be used as a profile:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    EXIT.wrong_usage,
  )
}
