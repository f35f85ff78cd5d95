import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IsoDate } from '../../src/domain/iso-date.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'
import type { Cells } from '../../src/ingest/cells.ts'
import { examineFile } from '../../src/ingest/examine-file.ts'
import { bundledProfile, type FoundProfile, readProfile } from '../../src/ingest/find-profile.ts'
import { type ReadContext, readExport } from '../../src/ingest/read-export.ts'
import { type FileReport, type LoadContext, loadFile } from '../../src/store/load.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { isEventType } from '../../src/usage/event-types.ts'

const dir = mkdtempSync(join(tmpdir(), 'reading-room-'))
let files = 0

export const pseudonymiser = createPseudonymiser(new Uint8Array(32).fill(7))

export const context: ReadContext = {
  pseudonymiser,
  today: '2026-03-31' as IsoDate,
  service: 'oats',
  provider: 'RTQ',
  services: [],
  date_order: null,
  isEventType,
}

export const loading: LoadContext = {
  key_id: pseudonymiser.key_id,
  origin: 'exports',
  loaded_at: '2026-03-31T09:00:00.000Z',
}

/** Writes a file into a folder of this test's own; returns its path. */
export function file(content: string | Uint8Array, name = 'export.csv'): string {
  const path = join(dir, `${++files}-${name}`)
  writeFileSync(path, content)
  return path
}

export function profile(yaml: string): FoundProfile {
  return readProfile(yaml)
}

export function bundled(id: string): FoundProfile {
  const found = bundledProfile(id)
  if (found === undefined) throw new Error(`no profile ${id}`)
  return found
}

export interface Loaded {
  readonly report: FileReport
  readonly store: Store
  rows(table: string): Record<string, unknown>[]
  /** `row code` of every fault, in order. */
  faults(): string[]
  /** `row code` of every doubt, in order. */
  doubts(): string[]
}

interface More {
  /** Of an archive. */
  member?: string
  store?: Store
  context?: Partial<ReadContext>
  loading?: Partial<LoadContext>
}

/** Reads a file through a profile into a store (a new one, if none is given). */
export async function load(path: string, found: FoundProfile, more: More = {}): Promise<Loaded> {
  const store = more.store ?? openStore(':memory:')
  const reading = await readExport(await examineFile(path, more.member), found, { ...context, ...more.context })
  const report = await loadFile(store.sqlite, reading, { ...loading, ...more.loading })
  const rows = (table: string) => store.sqlite.prepare(`select * from ${table}`).all() as Record<string, unknown>[]
  const issues = (table: string) =>
    (rows(table) as { row_number: number; code: string }[]).map(({ row_number, code }) => `${row_number} ${code}`)
  return { report, store, rows, faults: () => issues('quarantine_row'), doubts: () => issues('flagged_row') }
}

/** A row's cells as an array. */
export function textsOf(cells: Cells): string[] {
  return Array.from({ length: cells.length }, (_, i) => cells.at(i) as string)
}

/** Text of CSV lines, as a drawing: leading space on each line does not count. */
export function lines(drawing: string, end = '\n'): string {
  return `${drawing
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join(end)}${end}`
}
