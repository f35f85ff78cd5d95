import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type Period, readPeriod } from '../src/domain/period.ts'
import { archiveContents } from '../src/ingest/archive.ts'
import { maskDigits } from '../src/ingest/mask.ts'
import type { DateOrder } from '../src/ingest/read-date.ts'
import type { Project } from './project.ts'

/** A file to read, with what the project says of it. */
export interface SourceFile {
  readonly path: string
  /** The member to read, where the file is an archive; null otherwise. */
  readonly member: string | null
  readonly profile: string | undefined
  readonly service: string | undefined
  /** The days that the file is the submission for. Files of one source, or of one command, share one object. */
  readonly period?: Period | undefined
  readonly date_order?: DateOrder | undefined
}

/** Below exports/: sheets of corrections are read from there, whatever sources are listed. */
export const CORRECTIONS_FOLDER = 'corrections'

/**
 * The project's export files in a fixed order: as its sources are listed, and by name within one.
 * With no sources listed, every file under exports/ is one, in the plain layout. An archive stands for its members, each a file
 * by the name `archive.zip/member.csv`.
 */
export function sourceFiles(project: Project): readonly SourceFile[] {
  const exportsDir = join(project.dir, 'exports')
  const files = (existsSync(exportsDir) ? filesBelow(exportsDir) : []).flatMap((file) => unpacked(exportsDir, file))
  if (project.sources.length === 0) {
    return files.map((file) => ({ ...placeOf(file), profile: undefined, service: project.services[0]?.code }))
  }
  return project.sources.flatMap((source) => {
    const period = source.period === undefined ? undefined : (readPeriod(source.period) ?? undefined)
    const pattern = globPattern(source.files)
    const matches = files.filter(({ file, name }) => pattern.test(name) || pattern.test(file))
    if (matches.length === 0) throw noSuchFile(source.files)
    return matches.map((file) => ({ ...placeOf(file), profile: source.profile, service: source.service, period }))
  })
}

/** Where sheets of corrections are kept. */
export function filesSentBack(project: Project): readonly Place[] {
  const dir = join(project.dir, 'exports', CORRECTIONS_FOLDER)
  return existsSync(dir) ? filesBelow(dir).map((file) => ({ path: join(dir, file), member: null })) : []
}

/** The file, or each file in it, of a path that someone typed. */
export function filesIn(path: string): readonly Place[] {
  return archiveContents(path)?.members.map((member) => ({ path, member })) ?? [{ path, member: null }]
}

export type Place = Pick<SourceFile, 'path' | 'member'>

/** What an archive holds besides exports, said once, with the first of its members that is read. */
export function passedOver(source: Place, all: readonly Place[]): string[] {
  if (source.member === null || all.find(({ path }) => path === source.path) !== source) return []
  const others = archiveContents(source.path)?.passed_over ?? []
  if (others.length === 0) return []
  return [`${maskDigits(basename(source.path))} also holds what is no export and was not read: ${others.join(', ')}.`]
}

interface Found {
  readonly path: string
  readonly member: string | null
  /** Below exports/. */
  readonly file: string
  /** The same, with the member's name in an archive behind it. */
  readonly name: string
}

function unpacked(exportsDir: string, file: string): Found[] {
  return filesIn(join(exportsDir, file)).map(({ path, member }) => {
    return { path, member, file, name: member === null ? file : `${file}/${member}` }
  })
}

function placeOf({ path, member }: Found): Place {
  return { path, member }
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
