import { OperatorError } from '../../src/domain/operator-error.ts'
import { archiveContents } from '../../src/ingest/archive.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import type { FoundProfile } from '../../src/ingest/find-profile.ts'
import { checkAccounting } from '../../src/store/check-accounting.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { storedTables } from '../../src/store/stored-tables.ts'
import { bundled, file, type Loaded, load } from '../ingest/reading-room.ts'

/** One case of the catalogue: what is tried, and what has to come of it. */
export interface Case {
  readonly id: string
  readonly title: string
  readonly check: () => Promise<string> | string
  readonly expected: RegExp | string
}

export const PLAIN = bundled('plain-layout')
export const HEAD = 'person_id,measure,score_date,score'
export const GOOD = 'A,GAD-7,2025-01-02,9'

export interface How {
  readonly name?: string
  readonly profile?: FoundProfile
  readonly store?: Store
  readonly date_order?: 'dmy' | 'mdy'
}

/** Reads a file as it would be read, in the plain layout where nothing else is said. The identity is checked in passing. */
export async function read(content: string | Uint8Array, how: How = {}): Promise<Loaded> {
  const path = file(content, how.name ?? 'export.csv')
  const member = archiveContents(path)?.members[0]
  const { kind } = await examineFile(path, member)
  const found = how.profile ?? { ...PLAIN, profile: { ...PLAIN.profile, reads: kind } }
  const loaded = await load(path, found, {
    ...(member === undefined ? {} : { member }),
    ...(how.store === undefined ? {} : { store: how.store }),
    ...(how.date_order === undefined ? {} : { context: { date_order: how.date_order } }),
  })
  const violations = checkAccounting(loaded.store.sqlite)
  if (violations.length > 0) throw new Error(violations.join('; '))
  return loaded
}

/** `loaded/records`, then `row code` of every fault and doubt, then the notes; or the sentence of the refusal. */
export async function outcome(content: string | Uint8Array, how: How = {}): Promise<string> {
  try {
    const { report, faults, doubts } = await read(content, how)
    return [`${report.loaded}/${report.records}`, ...faults(), ...doubts(), ...report.notes].join('; ')
  } catch (error) {
    if (error instanceof OperatorError) return error.message
    throw error
  }
}

/** Text of a file in the plain layout. */
export function csv(...records: readonly string[]): string {
  return `${[HEAD, ...records].join('\n')}\n`
}

/** What a store holds of records, without saying of which file and row: the same for the same records, however they came. */
export function dumpOf({ sqlite }: Store): string {
  const pseudonyms = new Map(
    sqlite.prepare<[], [number, string]>('select identity_key, pseudonym from identity').raw().all(),
  )
  const rows = storedTables().flatMap((table) =>
    (sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[]).map((row) => {
      const kept = Object.entries(row).filter(
        ([name]) => !/^(file_id|row_number|\w*_id)$/.test(name) || name === 'measure_id',
      )
      const named = kept.map(([name, value]) => [
        name,
        /identity_key$/.test(name) ? pseudonyms.get(value as number) : value,
      ])
      return `${table} ${JSON.stringify(named)}`
    }),
  )
  return rows.toSorted().join('\n')
}

/** The dump of what these files come to, read one after the other. */
export async function dumpOfFiles(files: readonly (string | Uint8Array)[], how: How = {}): Promise<string> {
  const store = openStore(':memory:')
  for (const content of files) await read(content, { ...how, store })
  const dump = dumpOf(store)
  store.close()
  return dump
}
