import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { maskDigits } from '../src/ingest/mask.ts'
import { storeFolder } from './store-path.ts'

/** Read, write or enter, by the group or by everyone. */
const OTHERS = 0o077

/**
 * Folders of a project that hold records or small numbers, and that others than their owner can look into, with what puts it right:
 * a sentence each. On Windows there are no such bits, and none is checked.
 */
export function widePermissions(projectDir: string, cwd: string): string[] {
  if (process.platform === 'win32') return []
  return [storeFolder(projectDir), join(projectDir, 'reports', 'internal')]
    .filter((folder) => existsSync(folder) && isWide(folder))
    .map((folder) => {
      const path = relative(cwd, folder)
      const shown = maskDigits(path.startsWith('..') ? folder : path || folder)
      return `Others can look into ${shown}: its files should be their owner's alone. Run: chmod -R go-rwx "${shown}"`
    })
}

/** The folder itself, or a file of the store in it. Reports inside a closed folder are closed. */
function isWide(folder: string): boolean {
  const isOpen = (path: string) => (statSync(path).mode & OTHERS) !== 0
  if (isOpen(folder)) return true
  return readdirSync(folder).some((name) => name.includes('.sqlite') && isOpen(join(folder, name)))
}
