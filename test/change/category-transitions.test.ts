import { describe, expect, it } from 'vitest'
import { type CategoryPair, categoryTransitions } from '../../src/change/category-transitions.ts'
import { table } from '../table.ts'

const ITQ = ['NONE', 'PTSD', 'CPTSD']

/** Rows of `n` people each going from one diagnosis to another. */
function people(drawing: string): CategoryPair[] {
  return table(drawing).flatMap(({ n, ...pair }) =>
    Array.from({ length: n as number }, () => pair as unknown as CategoryPair),
  )
}

describe('diagnosis at first and at last', () => {
  const drawing = `
    pre_category | post_category | n
    -------------+---------------+---
    NONE         | NONE          | 4
    NONE         | PTSD          | 1
    NONE         | CPTSD         | 0
    PTSD         | NONE          | 3
    PTSD         | PTSD          | 2
    PTSD         | CPTSD         | 1
    CPTSD        | NONE          | 6
    CPTSD        | PTSD          | 2
    CPTSD        | CPTSD         | 5
  `
  const result = categoryTransitions(people(drawing), ITQ, 'NONE')

  it('shows every combination, also those nobody has, and they add up', () => {
    expect(result.transitions).toEqual(table(drawing))
    expect(result.transitions.reduce((sum, it) => sum + it.n, 0)).toBe(result.n)
  })

  it('compares any diagnosis with none among the same people', () => {
    expect(result).toMatchObject({
      n: 24,
      n_any_pre: 19,
      n_any_post: 11,
      n_lost_diagnosis: 9,
      n_gained_diagnosis: 1,
      n_any_both: 10,
      n_none_both: 4,
      difference: expect.closeTo(-8 / 24, 10),
    })
    // McNemar mid-p of 9 against 1: 2 (1 + 10) / 1024 - 10 / 1024 = 12 / 1024
    expect(result.p).toBeCloseTo(12 / 1024, 10)
  })

  it('leaves out who has only one diagnosis on file', () => {
    const one = [...people(drawing), { pre_category: 'PTSD', post_category: null }]
    expect(categoryTransitions(one, ITQ, 'NONE').n).toBe(24)
  })

  it.each([
    [4, 'fewer_than_5', null],
    [9, 'fewer_than_10', -1],
    [10, null, -1],
  ])('%d people: %s', (n, reason, difference) => {
    const few = Array.from({ length: n }, () => ({ pre_category: 'PTSD', post_category: 'NONE' }))
    expect(categoryTransitions(few, ITQ, 'NONE')).toMatchObject({ reason, difference })
  })

  it('a category the scale does not have is a bug, not a column', () => {
    expect(() => categoryTransitions([{ pre_category: 'ptsd', post_category: 'NONE' }], ITQ, 'NONE')).toThrow()
  })
})
