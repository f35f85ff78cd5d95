import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openStore, type Store } from '../src/store/open.ts'

export function storePath(projectDir: string): string {
  return join(projectDir, '.outcomes', 'store.sqlite')
}

/** Opens the project's store, made on first use, in a folder that only its owner can enter. */
export function openProjectStore(projectDir: string, options: { readonly?: boolean } = {}): Store {
  if (options.readonly !== true) {
    const dir = join(projectDir, '.outcomes')
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    chmodSync(dir, 0o700)
  }
  return openStore(storePath(projectDir), options)
}
