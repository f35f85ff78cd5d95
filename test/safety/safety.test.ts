import { describe, expect, it } from 'vitest'
import { CASES } from './cases.ts'

const numbered = (letter: string, n: number) => Array.from({ length: n }, (_, index) => `${letter}${index + 1}`)

describe('every case of bad input (B) and privacy (C) has its one expected outcome', () => {
  it.each(CASES.map((each) => [each.id, each.title, each] as const))(
    '%s: %s',
    async (_id, _title, { check, expected }) => {
      const told = await check()
      if (expected instanceof RegExp) expect(told).toMatch(expected)
      else expect(told).toBe(expected)
    },
  )

  it('none is left out', () => {
    const wanted = [...numbered('B', 39), ...numbered('C', 10)]
    const ids = new Set(CASES.map(({ id }) => id))
    expect(wanted.filter((id) => !ids.has(id))).toEqual([])
  })
})
