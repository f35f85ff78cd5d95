import { createRandom, type Random } from '../../src/stats/random.ts'
import { csv } from './csv-form.ts'
import { damageBytes } from './damage-bytes.ts'
import { damageCell, damageGrid, type KnownDamage } from './damage-grid.ts'
import type { Form, Grid, SlowFile } from './form.ts'
import { fhir, jsonList, ndjson } from './json-forms.ts'
import { judge, textOf, truthOf } from './judge.ts'
import { chance, events, type Kind, observations, pick, plain, questionnaires, upTo } from './kinds.ts'
import { gzipped, ungzipped, zipped } from './packed-forms.ts'
import type { MutantRoom, Outcome } from './read-mutant.ts'
import { xlsx } from './xlsx-form.ts'

const COMMAS = csv('commas', { delimiter: ',', end: '\n', encoding: 'utf-8' })
const SEMICOLONS = csv('semicolons', { delimiter: ';', end: '\r\n', encoding: 'utf-8 with a mark', quotes_all: true })
const TABS = csv('tabs in UTF-16', { delimiter: '\t', end: '\r\n', encoding: 'utf-16le' })
const WESTERN = csv('commas in Windows-1252', { delimiter: ',', end: '\r', encoding: 'windows-1252' })

const TABLES: readonly Form[] = [
  COMMAS,
  SEMICOLONS,
  TABS,
  WESTERN,
  COMMAS,
  xlsx,
  jsonList,
  ndjson,
  zipped(COMMAS),
  zipped(xlsx),
  gzipped(SEMICOLONS),
  gzipped(ndjson),
]

const EXPORTS: readonly { kind: Kind; forms: readonly Form[] }[] = [
  { kind: plain, forms: TABLES },
  { kind: questionnaires, forms: TABLES.filter((form) => form !== xlsx) },
  { kind: events, forms: TABLES },
  { kind: observations, forms: [fhir, zipped(fhir), gzipped(fhir)] },
]

export type Level = 'cells' | 'rows' | 'bytes' | 'packing'

export interface Verdict {
  /** What was damaged, and how. */
  readonly name: string
  readonly level: Level
  readonly outcome: 'refused' | 'read'
  readonly n_loaded: number
  readonly n_held: number
  readonly violations: readonly string[]
}

/** Makes one valid file and damages it, all by the seed and its number, then reads it and says what was wrong with the reading. */
export async function runMutant(room: MutantRoom, seed: string, number: number): Promise<Verdict> {
  const random = createRandom(`${seed}/${number}`)
  const { kind, forms } = pick(random, EXPORTS)
  const form = pick(random, forms)
  const n_records = 3 + upTo(random, 6)
  const records = Array.from({ length: n_records }, (_, n) => kind.record(random, n))
  const grid: Grid = [kind.headings, ...records]
  const mutant = damage(random, grid, kind, form)
  const verdict = { name: `${kind.name}, ${form.name}: ${mutant.how}`, level: mutant.level }
  try {
    const outcome = await room.read(mutant.bytes, kind, form)
    if (outcome === null) {
      const violations = mutant.known === null ? [] : ['a file with one damaged cell is refused whole']
      return { ...verdict, outcome: 'refused', n_loaded: 0, n_held: 0, violations }
    }
    const written = form.write(grid)
    const truth = truthOf(written.read(written.body), kind)
    const violations = [
      ...judge(outcome, kind, truth, mutant.slow),
      ...(mutant.known === null ? [] : unexpected(outcome, mutant.known, truth.readings)),
    ]
    const { loaded, quarantined } = outcome.report
    return { ...verdict, outcome: 'read', n_loaded: loaded, n_held: quarantined, violations }
  } catch (error) {
    const violations = [`it crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
    return { ...verdict, outcome: 'read', n_loaded: 0, n_held: 0, violations }
  }
}

/** What is wrong with the reading of a file in which one cell was put wrong; nothing, if all is well. */
export async function tryCell(
  room: MutantRoom,
  kind: Kind,
  form: Form,
  grid: Grid,
  known: KnownDamage,
): Promise<string[]> {
  const [written, damaged] = [form.write(grid), form.write(known.grid)]
  const outcome = await room.read(damaged.pack(damaged.body), kind, form)
  if (outcome === null) return ['the file is refused whole']
  const truth = truthOf(written.read(written.body), kind)
  return [...judge(outcome, kind, truth, damaged.read(damaged.body)), ...unexpected(outcome, known, truth.readings)]
}

interface Mutant {
  readonly how: string
  readonly level: Level
  readonly bytes: Buffer
  /** Null where the damaged bytes have a checksum. */
  readonly slow: SlowFile | null
  readonly known: KnownDamage | null
}

function damage(random: Random, grid: Grid, kind: Kind, form: Form): Mutant {
  const share = random()
  const known = share < 0.3 ? damageCell(grid, kind, random) : null
  const isRows = share < 0.45 && form.reads !== 'fhir'
  const { grid: damaged, how } =
    known !== null
      ? { grid: known.grid, how: known.damage.name }
      : isRows
        ? damageGrid(grid, random)
        : { grid, how: '' }
  const { body, pack, read } = form.write(damaged)
  if (how !== '') return { how, level: known === null ? 'rows' : 'cells', bytes: pack(body), slow: read(body), known }
  if (form.is_packed && chance(random, 0.4)) {
    const outer = damageBytes(pack(body), random)
    const inner = form.file_name.endsWith('.gz') ? ungzipped(outer.bytes) : null
    return { ...outer, level: 'packing', slow: inner === null ? null : read(inner), known: null }
  }
  const inner = damageBytes(body, random)
  return { how: inner.how, level: 'bytes', bytes: pack(inner.bytes), slow: read(inner.bytes), known: null }
}

function unexpected({ report, stored }: Outcome, known: KnownDamage, truth: ReadonlyMap<string, string>): string[] {
  const { outcome } = known.damage
  const n_held = outcome === 'held' ? 1 : 0
  if (report.quarantined !== n_held) return [`${report.quarantined} records are held, and it should be ${n_held}`]
  if (outcome !== 'same') return []
  const loaded = new Set(stored.map(({ row_number: _, ...reading }) => textOf(reading)))
  return [...truth.values()].every((reading) => loaded.has(reading))
    ? []
    : ['the same written otherwise is read otherwise']
}
