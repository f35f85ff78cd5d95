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

/** Batches of a file that may go through all stored rows before an index is worth its making. */
const MOST_SCANS = 8

/**
 * Finds the records of which a loaded one is a copy. A filter in memory says of nearly every new record that it is new; the others
 * are looked for among the stored rows: by going through them the first few times, which is all that the filter's rare mistakes ask
 * for, then by an index, made only in a file that has repeats.
 */
export class Repeats {
  readonly #db: Database
  #filter: BloomFilter | null = null
  #nScans = 0
  #isLoaded: ((hash: string) => boolean) | null = null

  constructor(db: Database) {
    this.#db = db
  }

  /** Called before a file's first batch: a small file goes through the index, where there is one. */
  begin(nBytes: number): void {
    this.#isLoaded = null
    this.#nScans = 0
    if (nBytes > LARGE_FILE_BYTES) this.#db.exec(`drop index if exists ${INDEX}`)
    const hasIndex = this.#db.prepare('select 1 from sqlite_master where name = ?').get(INDEX) !== undefined
    if (!hasIndex) this.#filter ??= this.#learn()
  }

  /** Positions of the batch's repeats, among the records that `isOut` does not leave out. All earlier batches are written. */
  find(batch: RecordBatch, hashes: string, isOut: (record: number) => boolean): readonly number[] {
    const width = hashLength(batch)
    const hashOf = (record: number) => hashes.slice(record * width, (record + 1) * width)
    const unsure = this.#unsure(batch, (width / 4) * 3, isOut)
    if (unsure.length === 0) return []
    const isLoaded = this.#among(unsure.map(hashOf))
    const asked = new Set(unsure)
    const met = new Set<string>()
    const repeats: number[] = []
    for (let record = 0; record < batch.n_records; record++) {
      if (isOut(record)) continue
      const hash = hashOf(record)
      if (asked.has(record) && (met.has(hash) || isLoaded(hash))) repeats.push(record)
      else met.add(hash)
    }
    return repeats
  }

  /** Those that the filter cannot tell to be new. */
  #unsure(batch: RecordBatch, bytes: number, isOut: (record: number) => boolean): number[] {
    const unsure: number[] = []
    for (let record = 0; record < batch.n_records; record++) {
      if (!isOut(record) && this.#filter?.add(batch.fingerprints, record * bytes) !== false) unsure.push(record)
    }
    return unsure
  }

  /** Tells which of these hashes are loaded. */
  #among(hashes: readonly string[]): (hash: string) => boolean {
    if (this.#isLoaded === null && this.#filter !== null && this.#nScans++ < MOST_SCANS) return this.#scan(hashes)
    this.#isLoaded ??= this.#prepare()
    return this.#isLoaded
  }

  #scan(hashes: readonly string[]): (hash: string) => boolean {
    const find = this.#db
      .prepare<[string], string>(
        `select row_hash from import_row where outcome = 'loaded' and row_hash in (select value from json_each(?))`,
      )
      .pluck()
    const found = new Set(find.all(JSON.stringify(hashes)))
    return (hash) => found.has(hash)
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
