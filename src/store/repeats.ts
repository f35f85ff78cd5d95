import type { Database } from 'better-sqlite3'
import type { RecordBatch } from '../ingest/record-batch.ts'
import { BloomFilter } from './bloom-filter.ts'

/** Letters of a fingerprint's bytes in base 64. */
export function hashLength(batch: RecordBatch): number {
  return ((batch.fingerprints.length / batch.n_records) * 4) / 3
}

const INDEX = 'import_row_loaded'
/** Above it, keeping the index up to date row by row takes longer than the rest of the load. */
const LARGE_FILE_BYTES = 16 << 20
const ofConnection = new WeakMap<Database, Repeats>()

/** The repeats finder of a connection: what it has learnt of one file serves the next. */
export function repeatsOf(db: Database): Repeats {
  const repeats = ofConnection.get(db) ?? new Repeats(db)
  ofConnection.set(db, repeats)
  return repeats
}

/**
 * Finds the records of which a loaded one is a copy. A filter in memory says of nearly every new record that it is new; only the
 * others are looked up, through an index that is made when it is first needed: a file without repeats pays for none.
 */
export class Repeats {
  readonly #db: Database
  #filter: BloomFilter | null = null
  #isLoaded: ((hash: string) => boolean) | null = null

  constructor(db: Database) {
    this.#db = db
  }

  /** Called before a file's first batch: a small file goes through the index, where there is one. */
  begin(nBytes: number): void {
    this.#isLoaded = null
    if (nBytes > LARGE_FILE_BYTES) this.#db.exec(`drop index if exists ${INDEX}`)
    const hasIndex = this.#db.prepare('select 1 from sqlite_master where name = ?').get(INDEX) !== undefined
    if (!hasIndex) this.#filter ??= this.#learn()
  }

  /** Positions of the batch's repeats, among the records that `isOut` does not leave out. All earlier batches are written. */
  find(batch: RecordBatch, hashes: string, isOut: (record: number) => boolean): readonly number[] {
    const width = hashLength(batch)
    const bytes = (width / 4) * 3
    const repeats: number[] = []
    let met: Set<string> | null = null
    for (let record = 0; record < batch.n_records; record++) {
      if (isOut(record)) continue
      const isNew = this.#filter?.add(batch.fingerprints, record * bytes) === false
      if (isNew && met === null) continue
      const hash = hashes.slice(record * width, (record + 1) * width)
      met ??= hashesBefore(record, hashes, width, isOut)
      if (!isNew && (met.has(hash) || this.#lookUp(hash))) repeats.push(record)
      else met.add(hash)
    }
    return repeats
  }

  #lookUp(hash: string): boolean {
    this.#isLoaded ??= this.#prepare()
    return this.#isLoaded(hash)
  }

  #learn(): BloomFilter {
    const filter = new BloomFilter()
    const loaded = this.#db.prepare<[], string>(`select row_hash from import_row where outcome = 'loaded'`).pluck()
    for (const hash of loaded.iterate()) filter.add(Buffer.from(hash, 'base64url'), 0)
    return filter
  }

  #prepare(): (hash: string) => boolean {
    this.#db.exec(`create index if not exists ${INDEX} on import_row (row_hash) where outcome = 'loaded'`)
    const find = this.#db
      .prepare<[string], number>(`select 1 from import_row where row_hash = ? and outcome = 'loaded' limit 1`)
      .pluck()
    return (hash) => find.get(hash) !== undefined
  }
}

function hashesBefore(record: number, hashes: string, width: number, isOut: (record: number) => boolean): Set<string> {
  const met = new Set<string>()
  for (let each = 0; each < record; each++) if (!isOut(each)) met.add(hashes.slice(each * width, (each + 1) * width))
  return met
}
