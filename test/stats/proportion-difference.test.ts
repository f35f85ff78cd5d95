import { describe, expect, it } from 'vitest'
import { newcombeIndependent } from '../../src/stats/proportion-difference.ts'

describe('difference of two independent proportions', () => {
  // Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10
  it.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [6, 7, 2, 7, 0.5714, 0.0582, 0.8062],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
    [0, 10, 0, 20, 0, -0.1611, 0.2775],
    [10, 10, 0, 10, 1, 0.6075, 1],
  ])('%i of %i less %i of %i is as Newcombe printed it', (x1, n1, x2, n2, difference, lower, upper) => {
    const found = newcombeIndependent(x1, n1, x2, n2)
    expect(found?.difference).toBeCloseTo(difference, 4)
    expect(found?.lower).toBeCloseTo(lower, 3)
    expect(found?.upper).toBeCloseTo(upper, 3)
  })

  it('does not exist where a group is empty', () => {
    expect(newcombeIndependent(0, 0, 3, 10)).toBeNull()
  })
})
