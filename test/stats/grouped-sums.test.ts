import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupedSums } from '../../src/stats/grouped-sums.ts'
import { table } from '../table.ts'

describe('sums within groups', () => {
  it('adds up each combination once, in the order of its first row', () => {
    const rows = table(`
      service | code       | n
      --------+------------+---
      oats    | not_a_date | 3
      bsw     | not_a_date | 5
      oats    | not_a_date | 4
      oats    | 007        | 1
    `) as { service: string; code: string; n: number }[]
    expect(groupedSums(rows, ['service', 'code'], 'n')).toEqual([
      { service: 'oats', code: 'not_a_date', n: 3 + 4 },
      { service: 'bsw', code: 'not_a_date', n: 5 },
      { service: 'oats', code: 7, n: 1 },
    ])
    expect(groupedSums(rows, ['service'], 'n')).toEqual([
      { service: 'oats', n: 3 + 4 + 1 },
      { service: 'bsw', n: 5 },
    ])
  })

  it('keeps text as text: an identifier of digits does not become a number', () => {
    expect(groupedSums([{ code: '007', n: 2 }], ['code'], 'n')).toEqual([{ code: '007', n: 2 }])
  })

  it('of nothing is nothing', () => {
    expect(groupedSums<{ code: string; n: number }, 'code', 'n'>([], ['code'], 'n')).toEqual([])
  })

  it('loses nothing: the sums of the groups add up to the sum of the rows', () => {
    const row = fc.record({ code: fc.constantFrom('a', 'b', 'c'), n: fc.integer({ min: 0, max: 1000 }) })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const total = (list: { n: number }[]) => list.reduce((sum, each) => sum + each.n, 0)
        const groups = groupedSums(rows, ['code'], 'n')
        expect(total(groups)).toBe(total(rows))
        expect(new Set(groups.map((it) => it.code)).size).toBe(groups.length)
      }),
    )
  })
})
