import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { openStore, type Store } from '../src/store/open.ts'
import { holdProject } from './project-lock.ts'

export function storePath(projectDir: string): string {
  return join(projectDir, '.outcomes', 'store.sqlite')
}

/** Opens the project's store, made on first use, in a folder that only its owner can enter; to change it is to hold the project. */
export function openProjectStore(projectDir: string, options: { readonly?: boolean } = {}): Store {
  if (options.readonly !== true) {
    const dir = join(projectDir, '.outcomes')
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    chmodSync(dir, 0o700)
    holdProject(dir)
  }
  return openStore(storePath(projectDir), options)
}

/** Refuses where nothing has been read yet, rather than answer from an empty store. */
export function requireStore(projectDir: string): void {
  if (holdsFiles(projectDir)) return
  throw new OperatorError(
    `Nothing has been read into ${projectDir} yet. Run "outcomes run" on it first.`,
    EXIT.wrong_usage,
  )
}

/** A run that was stopped early leaves a store with nothing in it. */
function holdsFiles(projectDir: string): boolean {
  if (!existsSync(storePath(projectDir))) return false
  const store = openProjectStore(projectDir, { readonly: true })
  try {
    return store.sqlite.prepare('select 1 from import_file limit 1').get() !== undefined
  } finally {
    store.close()
  }
}
