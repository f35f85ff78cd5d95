import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { createKeyFile, KEY_BYTES, readKeyFile } from './key-file.ts'
import type { World } from './world.ts'

export interface SecretKey {
  readonly secret: Uint8Array
  readonly path: string
  readonly is_new: boolean
}

/**
 * The project's secret, from which its pseudonyms are made. It lives outside the data: in the file that OUTCOMES_KEY_FILE names,
 * else in the home folder under a name made from the project's path. Made on first use, for its owner's eyes only; never for a
 * store that holds pseudonyms of a key already (`heldKeyId`): a new one would make strangers of its people.
 */
export function loadOrCreateSecret(world: World, projectDir: string, heldKeyId: string | null = null): SecretKey {
  const path = keyPath(world, projectDir)
  const found = readKeyFile(path)
  if (found !== null) return { secret: found, path, is_new: false }
  if (heldKeyId !== null) throw lostKey(path, heldKeyId)
  const is_new = createKeyFile(path)
  return { secret: readKeyFile(path) as Uint8Array, path, is_new }
}

/**
 * The key that the store is encrypted with, from the file that OUTCOMES_STORE_KEY_FILE names; undefined where it names none.
 * Made on first use, and never where a store stands already.
 */
export function storeEncryptionKey(world: World, storePath: string): Uint8Array | undefined {
  const named = world.env.OUTCOMES_STORE_KEY_FILE
  if (named === undefined || named === '') return undefined
  const path = resolve(world.cwd, named)
  const found = readKeyFile(path)
  if (found === null && existsSync(storePath)) {
    throw refusal(
      `The key file ${path} of the store is not there. Put it back from your copy: without it the store cannot be opened.`,
    )
  }
  if (found === null) createKeyFile(path)
  return (found ?? (readKeyFile(path) as Uint8Array)).subarray(0, KEY_BYTES)
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

function lostKey(path: string, keyId: string): OperatorError {
  return refusal(
    `The key file ${path} is not there, and the store holds pseudonyms made with a key (key id ${keyId}). Put the key back from your copy, or name its file in OUTCOMES_KEY_FILE. If it is lost, delete the folder .outcomes in the project and run the command again: the exports are read afresh, under a new key.`,
  )
}

function refusal(message: string): OperatorError {
  return new OperatorError(message, EXIT.input_refused)
}
