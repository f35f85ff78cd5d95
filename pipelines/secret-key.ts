import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { World } from './world.ts'

export interface SecretKey {
  readonly secret: Uint8Array
  readonly path: string
  readonly is_new: boolean
}

const SECRET_BYTES = 32

/**
 * The project's secret, from which its pseudonyms are made. It lives outside the data: in the file that OUTCOMES_KEY_FILE names,
 * else in the home folder under a name made from the project's path. Made on first use, for its owner's eyes only.
 */
export function loadOrCreateSecret(world: World, projectDir: string): SecretKey {
  const path = keyPath(world, projectDir)
  const found = readKey(path)
  if (found !== null) return { secret: found, path, is_new: false }
  const is_new = createKey(path)
  return { secret: readKey(path) as Uint8Array, path, is_new }
}

function keyPath(world: World, projectDir: string): string {
  const named = world.env.OUTCOMES_KEY_FILE
  if (named !== undefined && named !== '') return resolve(world.cwd, named)
  const home = world.env.HOME
  if (home === undefined || home === '') {
    throw refusal('There is no home folder to keep the key in. Name a key file in OUTCOMES_KEY_FILE.')
  }
  const project = createHash('sha256').update(resolve(world.cwd, projectDir)).digest('hex').slice(0, 16)
  return join(home, '.outcomes', 'keys', `${project}.key`)
}

/** Null where there is no such file. */
function readKey(path: string): Uint8Array | null {
  let text: string
  let mode: number
  try {
    mode = statSync(path).mode
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw refusal(`The key file ${path} cannot be read (${code}).`)
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw refusal(`The key file ${path} can be read by others. Run: chmod 600 "${path}"`)
  }
  if (text === '')
    throw refusal(`The key file ${path} is empty. Put the key back from your copy; without it people cannot be linked.`)
  if (!/^[0-9a-f]+$/i.test(text) || text.length % 2 !== 0 || text.length < SECRET_BYTES * 2) {
    throw refusal(
      `The key file ${path} does not hold a key: at least ${SECRET_BYTES * 2} hexadecimal digits are expected.`,
    )
  }
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** Written whole beside its place and then linked into it, which fails where another process was first. False in that case. */
function createKey(path: string): boolean {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = openSync(draft, 'wx', 0o600)
    writeSync(file, `${randomBytes(SECRET_BYTES).toString('hex')}\n`)
    fsyncSync(file)
    closeSync(file)
  } catch (error) {
    throw refusal(`No key file can be made at ${path} (${(error as NodeJS.ErrnoException).code}).`)
  }
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw refusal(`No key file can be made at ${path} (${(error as NodeJS.ErrnoException).code}).`)
  } finally {
    unlinkSync(draft)
  }
}

function refusal(message: string): OperatorError {
  return new OperatorError(message, EXIT.input_refused)
}
