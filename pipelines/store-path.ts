import { join } from 'node:path'

export function storeFolder(projectDir: string): string {
  return join(projectDir, '.outcomes')
}

export function storePath(projectDir: string): string {
  return join(storeFolder(projectDir), 'store.sqlite')
}
