import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FINGERPRINT_BYTES, type RecordBatch } from '../../src/ingest/record-batch.ts'
import { BloomFilter } from '../../src/store/bloom-filter.ts'
import { openStore } from '../../src/store/open.ts'
import { RecordsHash } from '../../src/store/records-hash.ts'
import { Repeats } from '../../src/store/repeats.ts'

const SMALL = 1000
const LARGE = 1 << 30

function fingerprint(record: number): Buffer {
  return createHash('sha256').update(`record ${record}`).digest().subarray(0, FINGERPRINT_BYTES)
}

function batchOf(records: readonly number[]): { batch: RecordBatch; hashes: string } {
  const fingerprints = new Uint8Array(Buffer.concat(records.map(fingerprint)))
  const batch = { n_records: records.length, fingerprints } as RecordBatch
  return { batch, hashes: Buffer.from(fingerprints).toString('base64url') }
}

describe('finding repeats', () => {
  it('is what a set of all records loaded so far would find, in files large and small', () => {
    const file = fc.record({
      bytes: fc.constantFrom(SMALL, LARGE),
      batches: fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 }), { maxLength: 12 }),
    })
    fc.assert(
      fc.property(fc.array(file, { maxLength: 4 }), (files) => {
        const { sqlite, close } = openStore(':memory:')
        sqlite.pragma('foreign_keys = off')
        const insert = sqlite.prepare(`insert into import_row values (1, 1, ?, 'loaded')`)
        const repeats = new Repeats(sqlite)
        const loaded = new Set<number>()
        for (const { bytes, batches } of files) {
          repeats.begin(bytes)
          for (const records of batches) {
            const { batch, hashes } = batchOf(records)
            const isOut = (record: number) => records[record] === 13
            const found = new Set(repeats.find(batch, hashes, isOut))
            for (const [at, record] of records.entries()) {
              expect(found.has(at)).toBe(record !== 13 && loaded.has(record))
              if (record === 13 || loaded.has(record)) continue
              loaded.add(record)
              insert.run(fingerprint(record).toString('base64url'))
            }
          }
        }
        close()
      }),
      { numRuns: 25, seed: 8 },
    )
  })

  it('the filter never calls an old record new, and is seldom unsure of a new one', () => {
    const filter = new BloomFilter()
    let unsure = 0
    for (let record = 0; record < 5_000; record++) if (filter.add(fingerprint(record), 0)) unsure++
    for (let record = 0; record < 5_000; record++) expect(filter.add(fingerprint(record), 0)).toBe(true)
    expect(unsure).toBe(0)
  })
})

describe('the hash of a bag of records', () => {
  const hashOf = (records: readonly number[]) => {
    const hash = new RecordsHash()
    for (const record of records) hash.add(fingerprint(record))
    return hash.toString()
  }

  it('is the same in any order, and another when a record is lost, added, doubled or changed', () => {
    expect(hashOf([3, 1, 2])).toBe(hashOf([1, 2, 3]))
    const others = [[1, 2], [1, 2, 3, 4], [1, 2, 3, 3], [1, 2, 4], []]
    expect(others.filter((records) => hashOf(records) === hashOf([1, 2, 3]))).toEqual([])
  })
})
