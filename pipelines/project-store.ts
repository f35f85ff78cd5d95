import { existsSync, mkdirSync } from 'node:fs'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { openStore, type Store } from '../src/store/open.ts'
import { breakSeal, checkSeal, seal } from '../src/store/seal.ts'
import { holdProject } from './project-lock.ts'
import { storeEncryptionKey } from './secret-key.ts'
import { storeFolder, storePath } from './store-path.ts'
import type { World } from './world.ts'

export { storeFolder, storePath }

/**
 * Opens the project's store, made on first use, in a folder that only its owner can enter; to change it is to hold the project.
 * It is encrypted where OUTCOMES_STORE_KEY_FILE names a key.
 */
export function openProjectStore(world: World, projectDir: string, options: { readonly?: boolean } = {}): Store {
  const path = storePath(projectDir)
  const encryption_key = storeEncryptionKey(world, path)
  if (options.readonly !== true) {
    mkdirSync(storeFolder(projectDir), { recursive: true, mode: 0o700 })
    holdProject(storeFolder(projectDir))
  }
  const isSealed = holdToSeal(path, encryption_key)
  if (options.readonly === true) return openStore(path, { ...options, encryption_key })
  // a store that refuses its key keeps its seal: opening changes nothing in it
  const store = openStore(path, { encryption_key })
  breakSeal(path)
  if (!isSealed) refuseDamaged(store, path)
  return { ...store, close: () => closeSealed(store, path) }
}

/** A file that is no store at all is told of as such, before its seal is. */
function holdToSeal(path: string, encryption_key: Uint8Array | undefined): boolean {
  try {
    return checkSeal(path)
  } catch (broken) {
    try {
      openStore(path, { readonly: true, encryption_key }).close()
    } catch (error) {
      if (error instanceof OperatorError) throw error
    }
    throw broken
  }
}

/** Without a seal SQLite's own check has to do: the last command was stopped before it could leave one. */
function refuseDamaged({ sqlite, close }: Store, path: string): void {
  if (sqlite.pragma('integrity_check(1)', { simple: true }) === 'ok') return
  close()
  throw new OperatorError(
    `The store ${path} is damaged. Put back a copy of it from before, or delete the folder .outcomes and run the command again: the exports are read afresh.`,
    EXIT.check_failed,
  )
}

function closeSealed({ sqlite, close }: Store, path: string): void {
  if (!sqlite.open) return
  close()
  seal(path)
}

/** Opens, beside the project's store, the file that is to take its place; encrypted as the store is. */
export function openReplacement(world: World, projectDir: string, path: string): Store {
  return openStore(path, { encryption_key: storeEncryptionKey(world, storePath(projectDir)) })
}

/** Refuses where nothing has been read yet, rather than answer from an empty store. */
export function requireStore(world: World, projectDir: string): void {
  if (holdsFiles(world, projectDir)) return
  throw new OperatorError(
    `Nothing has been read into ${projectDir} yet. Run "outcomes run" on it first.`,
    EXIT.wrong_usage,
  )
}

/** A run that was stopped early leaves a store with nothing in it. */
function holdsFiles(world: World, projectDir: string): boolean {
  if (!existsSync(storePath(projectDir))) return false
  const store = openProjectStore(world, projectDir, { readonly: true })
  try {
    return store.sqlite.prepare('select 1 from import_file limit 1').get() !== undefined
  } finally {
    store.close()
  }
}
