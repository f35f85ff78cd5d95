import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { Project } from './project.ts'

/** A file to read, with what the project says of it. */
export interface SourceFile {
  readonly path: string
  readonly profile: string | undefined
  readonly service: string | undefined
}

/**
 * The project's export files in a fixed order: as its sources are listed, and by name within one.
 * With no sources listed, every file under exports/ is one, in the plain layout.
 */
export function sourceFiles(project: Project): readonly SourceFile[] {
  const exportsDir = join(project.dir, 'exports')
  const files = existsSync(exportsDir) ? filesBelow(exportsDir) : []
  if (project.sources.length === 0) {
    return files.map((file) => ({
      path: join(exportsDir, file),
      profile: undefined,
      service: project.services[0]?.code,
    }))
  }
  return project.sources.flatMap((source) => {
    const pattern = globPattern(source.files)
    const matches = files.filter((file) => pattern.test(file))
    if (matches.length === 0) throw noSuchFile(source.files)
    return matches.map((file) => ({ path: join(exportsDir, file), profile: source.profile, service: source.service }))
  })
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.startsWith('~$'))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

function globPattern(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\?]/g, '\\$&')
    .replace(/\*\*\/?|\*/g, (star) => (star === '*' ? '[^/]*' : '.*'))
  return new RegExp(`^${escaped}$`, 'i')
}

function noSuchFile(glob: string): OperatorError {
  return new OperatorError(
    `No file in exports/ matches "${glob}". Put the export there, or correct "files" in outcomes.yaml.`,
    EXIT.wrong_usage,
  )
}
