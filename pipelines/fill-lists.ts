import type { Database } from 'better-sqlite3'
import type { Pseudonymiser } from '../src/domain/pseudonym.ts'
import { type Identifier, lineNumbers, readIdentityMap, readOptOutList } from '../src/ingest/read-people-list.ts'
import {
  type FilledMap,
  fillIdentityMaps,
  fillOptOuts,
  forgetUndeclaredOptOuts,
} from '../src/store/fill-people-lists.ts'
import { holdToKey } from '../src/store/pseudonym-key.ts'
import type { PeopleListTable } from '../src/store/table-types.ts'
import type { PeopleList } from './people-lists.ts'
import type { Project } from './project.ts'

/**
 * Puts the lists of people into the store as pseudonyms: the numbers go no further. Gives what has to be said about them, a sentence
 * each. @throws OperatorError (input refused) where an opt-out list has a line that is no NHS number.
 */
export function fillLists(db: Database, project: Project, lists: readonly PeopleList[], key: Pseudonymiser): string[] {
  if (lists.length > 0) holdToKey(db, key.key_id)
  const optOut = lists.find(({ kind }) => kind === 'opt_out')
  if (optOut === undefined) forgetUndeclaredOptOuts(db)
  const notices = optOut === undefined ? [] : [fillOptOut(db, project, optOut, key)]
  const read = lists.filter(({ kind }) => kind === 'identity_map').map((list) => readMap(project, list, key))
  fillIdentityMaps(db, read)
  return [...notices, ...read.flatMap(({ notice }) => notice ?? [])]
}

function fillOptOut(db: Database, project: Project, list: PeopleList, key: Pseudonymiser): string {
  const numbers = readOptOutList(list.text, project.opt_out?.column ?? null, list.name)
  const pseudonyms = new Set(numbers.map((number) => key.pseudonym('nhs_number', number)))
  fillOptOuts(db, row(list, pseudonyms.size, 0), pseudonyms)
  return `Opt-out list of ${list.list_date}: ${pseudonyms.size.toLocaleString('en-GB')} NHS numbers.`
}

function readMap(
  project: Project,
  list: PeopleList,
  key: Pseudonymiser,
): FilledMap & { readonly notice: string | null } {
  const declared = project.identity_maps[list.list_number - 1] as Project['identity_maps'][number]
  const { pairs, faulty_lines } = readIdentityMap(list.text, declared.from, declared.to, list.name)
  return {
    list: row(list, pairs.length, faulty_lines.length),
    pairs: pairs.map((pair) => mapRow(pair, key)),
    notice:
      faulty_lines.length === 0 ? null : `${list.name}: ${lineNumbers(faulty_lines)} no usable pair and joins nobody.`,
  }
}

/** The end that may be an NHS number comes second. */
function mapRow([from, to]: readonly [Identifier, Identifier], key: Pseudonymiser) {
  const [local, other] = from.kind === 'nhs_number' ? [to, from] : [from, to]
  return {
    local_pseudonym: key.pseudonym(local.kind, local.canonical),
    other_pseudonym: key.pseudonym(other.kind, other.canonical),
    other_kind: other.kind,
  }
}

function row({ name: _name, text: _text, ...list }: PeopleList, n_entries: number, n_faulty: number): PeopleListTable {
  return { ...list, n_entries, n_faulty }
}
