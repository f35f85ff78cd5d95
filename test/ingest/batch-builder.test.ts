import { describe, expect, it } from 'vitest'
import { BatchBuilder } from '../../src/ingest/batch-builder.ts'
import { ColumnBuilder } from '../../src/ingest/batch-column.ts'
import type { KnownIdentity, ReadRecord } from '../../src/ingest/reading.ts'
import { IDENTITY_SLOTS, type RecordBatch } from '../../src/ingest/record-batch.ts'
import { columnReader } from '../../src/store/read-column.ts'

const many = (n: number) => Array.from({ length: n }, (_, row) => `text ${row}`)

describe('a column of a batch', () => {
  it.each<[string, (string | number | null)[], string]>([
    ['one value throughout', ['a', 'a', 'a'], 'constant'],
    ['nothing throughout', [null, null], 'constant'],
    ['numbers, some absent', [1, null, 2.5, 0], 'numbers'],
    ['few words, some absent', ['x', null, 'y', 'x', ''], 'words'],
    ['many texts, some absent or empty', [...many(600), null, '', ...many(3), null], 'texts'],
    ['texts that are not plain ASCII', [...many(600), 'Zoë', '£5', '𝛼'], 'texts'],
  ])('comes back as it went in: %s', (_name, values, kind) => {
    const builder = new ColumnBuilder('c')
    for (const value of values) builder.push(value)
    const column = builder.finish()
    expect(column.kind).toBe(kind)
    const read = columnReader(structuredClone(column))
    expect(values.map((_, row) => read(row))).toEqual(values)
  })
})

describe('identities in batches', () => {
  const person = (n: number): KnownIdentity => ({ kind: 'local_id', pseudonym: `p${n}`, number: 0 })
  const record = (local_id: KnownIdentity): ReadRecord => ({
    row_number: 1,
    fingerprint: '',
    identity: { nhs_number: null, local_id },
    rows: [{ table: 'person_record', values: { gender: local_id.pseudonym } }],
    faults: [],
    doubts: [],
  })

  it('a slot given away again never makes one person of two, however many pass between two visits', () => {
    const builder = new BatchBuilder()
    const slots = new Map<number, string>()
    const regular = person(0)
    const check = ({ identities, parts }: RecordBatch) => {
      for (const { slot, pseudonym } of identities) slots.set(slot, pseudonym)
      for (const { local_slots, columns, n_rows } of parts) {
        const written = columnReader(columns[0] as NonNullable<(typeof columns)[0]>)
        for (let row = 0; row < n_rows; row++) {
          if (slots.get(local_slots[row] as number) !== written(row)) throw new Error(`row ${row} is of somebody else`)
        }
      }
    }
    for (let n = 1; n < IDENTITY_SLOTS * 1.2; n++) {
      builder.add(record(n % 1000 === 0 || n > IDENTITY_SLOTS ? regular : person(n)))
      builder.add(record(person(n)))
      if (builder.is_full) check(builder.take())
    }
    check(builder.take())
    expect(slots.size).toBe(IDENTITY_SLOTS)
  })
})
