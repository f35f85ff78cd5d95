import { describe, expect, it } from 'vitest'
import { reqolUtility, UK_UTILITY_RANGE, type UtilityAlgorithm } from '../../src/measures/reqol-ui.ts'

/** Not the licensed algorithm: a straight line between its two published ends, to test the contract. */
const line: UtilityAlgorithm = {
  id: 'straight-line',
  country: 'UK',
  range: UK_UTILITY_RANGE,
  utility: (levels) => 1 - (1.195 * levels.reduce((sum, level) => sum + level - 1, 0)) / 28,
}
const all = (level: number) => Array<number>(7).fill(level)

describe('ReQoL-UI', () => {
  it('without a licence holder’s algorithm is unavailable, never 0', () => {
    expect(reqolUtility(all(1), null)).toEqual({ status: 'unavailable', utility: null })
  })

  it('gives the best and the worst state the ends of the range', () => {
    expect(reqolUtility(all(1), line)).toEqual({ status: 'scored', utility: 1, algorithm_id: 'straight-line' })
    expect(reqolUtility(all(5), line).utility).toBeCloseTo(-0.195, 10)
  })

  it('has no utility with a level missing, and calls a level of 0 or 6 invalid', () => {
    expect(reqolUtility([null, 1, 1, 1, 1, 1, 1], line).status).toBe('too_many_missing')
    expect(reqolUtility([0, 1, 1, 1, 1, 1, 1], line).status).toBe('invalid')
    expect(reqolUtility([6, 1, 1, 1, 1, 1, 1], line).status).toBe('invalid')
    expect(reqolUtility([1, 1, 1], line).status).toBe('invalid')
  })

  it('refuses a table whose values leave the range', () => {
    for (const value of [1.01, -0.2, Number.NaN]) {
      expect(() => reqolUtility(all(3), { ...line, utility: () => value })).toThrow('outside -0.195 to 1')
    }
  })
})
