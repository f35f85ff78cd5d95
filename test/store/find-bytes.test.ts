import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findBytes } from '../../src/store/find-bytes.ts'
import { openStore } from '../../src/store/open.ts'
import { rowEncoder } from '../../src/store/row-bytes.ts'

describe('searching bytes for many needles at once', () => {
  it('finds what a plain search finds, wherever the chunks are cut', () => {
    const bytes = fc.array(fc.constantFrom(0, 1, 2, 255), { minLength: 4, maxLength: 12 }).map((it) => Buffer.from(it))
    const chunks = fc.array(fc.array(fc.constantFrom(0, 1, 2, 255), { maxLength: 90 }).map((it) => Buffer.from(it)))
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), chunks, (needles, text) => {
        const whole = Buffer.concat(text)
        const expected = needles.flatMap((needle, nth) => (whole.includes(needle) ? [nth] : []))
        expect([...findBytes(text, needles)].sort()).toEqual(expected)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('the bytes of a row', () => {
  it('are those that SQLite writes: whole and broken numbers of every size, text, nothing', () => {
    const { sqlite, close } = openStore(':memory:')
    sqlite.exec('create table t (id integer primary key, a integer, b real, c text) strict')
    const values = [0, 1, -1, 127, 128, -129, 32768, 8388608, 2 ** 31, 2 ** 40, -(2 ** 50), null]
    const rows = values.flatMap((a) => [
      [a, 0.5, 'x'] as const,
      [a, 3, 'é'.repeat(70)] as const,
      [a, 2 ** 48, null] as const,
    ])
    const insert = sqlite.prepare('insert into t (a, b, c) values (?, ?, ?)')
    for (const row of rows) insert.run(...row)
    const encode = rowEncoder(sqlite, 't')
    const needles = (sqlite.prepare('select * from t').raw().all() as (string | number | null)[][]).map(encode)
    expect(findBytes([sqlite.serialize()], needles).size).toBe(rows.length)
    close()
  })
})
