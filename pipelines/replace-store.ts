import { renameSync, rmSync } from 'node:fs'
import { carryOver } from '../src/store/carry-over.ts'
import type { Store } from '../src/store/open.ts'
import { breakSeal } from '../src/store/seal.ts'
import { openProjectStore, openReplacement, storePath } from './project-store.ts'
import type { World } from './world.ts'

/**
 * Fills a new store beside the project's, with what outlives a fresh reading carried over, and lets it take the old one's place. Where
 * `fill` throws, or `before` does (called when all else is done), the project's store stays as it is. `is_trial`: it stays in any case.
 */
export async function replaceStore<Result>(
  world: World,
  projectDir: string,
  fill: (store: Store) => Promise<Result>,
  { is_trial = false, before = () => {} }: { is_trial?: boolean; before?: (store: Store) => void } = {},
): Promise<Result> {
  const path = storePath(projectDir)
  const building = `${path}.building`
  const current = openProjectStore(world, projectDir)
  removeStore(building)
  const store = openReplacement(world, projectDir, building)
  try {
    carryOver(current.sqlite, store.sqlite)
    current.close()
    const result = await fill(store)
    if (!is_trial) before(store)
    store.close()
    if (is_trial) removeStore(building)
    else putInPlace(building, path)
    return result
  } catch (error) {
    current.close()
    store.close()
    removeStore(building)
    throw error
  }
}

function putInPlace(building: string, path: string): void {
  removeSideFiles(path)
  breakSeal(path)
  renameSync(building, path)
}

/** Takes away what a run that was killed may have left of the store's replacement. */
export function removeReplacement(projectDir: string): void {
  removeStore(`${storePath(projectDir)}.building`)
}

function removeStore(path: string): void {
  rmSync(path, { force: true })
  removeSideFiles(path)
}

function removeSideFiles(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
}
