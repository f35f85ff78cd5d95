import { randomBytes } from 'node:crypto'
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
import { dirname } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'

export const KEY_BYTES = 32

/**
 * The key that a file holds as hexadecimal digits; null where there is no such file.
 * @throws OperatorError (input refused) where others can read it, or it is empty, short or no key at all.
 */
export function readKeyFile(path: string): Uint8Array | null {
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
  if (!/^[0-9a-f]+$/i.test(text) || text.length % 2 !== 0 || text.length < KEY_BYTES * 2) {
    throw refusal(
      `The key file ${path} does not hold a key: at least ${KEY_BYTES * 2} hexadecimal digits are expected.`,
    )
  }
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** Written whole beside its place and then linked into it, which fails where another process was first. False in that case. */
export function createKeyFile(path: string): boolean {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = openSync(draft, 'wx', 0o600)
    writeSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`)
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
