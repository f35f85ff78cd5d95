import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Who may read a file: an internal one its owner alone (0600), a released one anyone on the machine (0644). */
export type ArtefactMode = 'internal' | 'release'

/**
 * Writes a file whole or not at all: beside its place first, then renamed into it. The name is a plain file name. Returns the
 * path.
 */
export function writeArtefact(folder: string, name: string, bytes: Uint8Array | string, mode: ArtefactMode): string {
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(name)) throw new Error('an artefact has a plain file name')
  mkdirSync(dirname(folder), { recursive: true })
  mkdirSync(folder, { recursive: true, mode: mode === 'internal' ? 0o700 : 0o777 })
  const path = join(folder, name)
  const beside = join(folder, `.${name}.part`)
  const permissions = mode === 'internal' ? 0o600 : 0o644
  try {
    writeAll(beside, typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes, permissions)
    chmodSync(beside, permissions)
    renameSync(beside, path)
  } catch (fault) {
    rmSync(beside, { force: true })
    throw fault
  }
  return path
}

function writeAll(path: string, bytes: Uint8Array, permissions: number): void {
  rmSync(path, { force: true })
  const file = openSync(path, 'wx', permissions)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
