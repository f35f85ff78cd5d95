import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { isoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { maskDigits } from '../src/ingest/mask.ts'
import type { PeopleListTable } from '../src/store/table-types.ts'
import type { Project } from './project.ts'
import type { World } from './world.ts'

/** A list of people that a project or a command names: who has opted out, or whose identifiers are one person's. */
export interface PeopleList extends Omit<PeopleListTable, 'n_entries' | 'n_faulty'> {
  /** As messages name it. */
  readonly name: string
  readonly text: string
}

/** The lists of outcomes.yaml, and the opt-out list of the command line. The files are read and nothing is made of them yet. */
export function declaredLists(world: World, project: Project, optOutFile?: string): PeopleList[] {
  const { opt_out, identity_maps } = project
  if (opt_out !== undefined && optOutFile !== undefined) {
    throw new OperatorError(
      'outcomes.yaml names an opt-out list already (opt_out). Put the new list in its place there, or leave --opt-out-list out.',
      EXIT.wrong_usage,
    )
  }
  const optOut =
    opt_out !== undefined
      ? [listOf(opt_out.file, project.dir, { kind: 'opt_out', list_number: 0, named_in: 'project' }, opt_out)]
      : optOutFile !== undefined
        ? [listOf(optOutFile, world.cwd, { kind: 'opt_out', list_number: 0, named_in: 'command' }, {})]
        : []
  const maps = identity_maps.map((map, nth) =>
    listOf(map.file, project.dir, { kind: 'identity_map', list_number: nth + 1, named_in: 'project' }, map),
  )
  return [...optOut, ...maps]
}

interface Declared {
  readonly file?: string
  readonly list_date?: string | undefined
}

type Place = Pick<PeopleList, 'kind' | 'list_number' | 'named_in'>

/** Its hash is that of the file and of what was declared of it: a column named anew makes another list. */
function listOf(file: string, from: string, place: Place, declared: Declared): PeopleList {
  const path = resolve(from, file)
  const name = maskDigits(relative(from, path) || path)
  try {
    const bytes = readFileSync(path)
    const { list_date, ...rest } = declared
    const sha256 = createHash('sha256').update(bytes).update(JSON.stringify(rest)).digest('hex')
    return { ...place, name, sha256, list_date: list_date ?? dayOf(statSync(path).mtime), text: textOf(bytes, name) }
  } catch (error) {
    if (error instanceof OperatorError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new OperatorError(
      `The list ${name} cannot be read (${code}). Put it there, or correct its name. Nothing was changed.`,
      EXIT.input_refused,
    )
  }
}

function textOf(bytes: Buffer, name: string): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
  if (!text.includes('\0') && !text.startsWith('PK')) return text
  throw new OperatorError(
    `The list ${name} is not a text file. Save it as CSV and try again. Nothing was changed.`,
    EXIT.input_refused,
  )
}

function dayOf(at: Date): string {
  return isoDate(at.getFullYear(), at.getMonth() + 1, at.getDate()) as string
}
