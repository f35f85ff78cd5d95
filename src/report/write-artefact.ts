import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Who may read a file: an internal one its owner alone (0600), a released one anyone on the machine (0644). */
export type ArtefactMode = 'internal' | 'release'

/**
 * Writes a file whole or not at all: beside its place first, then renamed into it. The name is a plain file name. Returns the
 * path.
 */
export async function writeArtefact(
  folder: string,
  name: string,
  bytes: Uint8Array | string,
  mode: ArtefactMode,
): Promise<string> {
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(name)) throw new Error('an artefact has a plain file name')
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(folder, { recursive: true, mode: mode === 'internal' ? 0o700 : 0o777 })
  const path = join(folder, name)
  const beside = join(folder, `.${name}.part`)
  const permissions = mode === 'internal' ? 0o600 : 0o644
  try {
    await writeAll(beside, bytes, permissions)
    await chmod(beside, permissions)
    await rename(beside, path)
  } catch (fault) {
    await rm(beside, { force: true })
    throw fault
  }
  return path
}

async function writeAll(path: string, bytes: Uint8Array | string, permissions: number): Promise<void> {
  await rm(path, { force: true })
  const file = await open(path, 'wx', permissions)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
