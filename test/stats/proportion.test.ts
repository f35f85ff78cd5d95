import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mcnemarMidP, newcombePaired, wilson } from '../../src/stats/proportion.ts'
import { expectClose, oracle } from './oracle.ts'

describe('a proportion', () => {
  it("has R's Wilson interval", () => {
    for (const { x, n, lower, upper } of oracle.wilson) {
      const found = wilson(x, n)
      expect(found).toMatchObject({ x, n, p: x / n })
      expectClose([found?.lower, found?.upper], [lower, upper], 1e-11)
    }
  })

  it('does not exist of nobody', () => {
    expect(wilson(0, 0)).toBeNull()
  })

  it('none of ten starts at exactly 0; all of ten ends at exactly 1', () => {
    expect(wilson(0, 10)?.lower).toBe(0)
    expect(wilson(10, 10)?.upper).toBe(1)
  })

  it('is wider at 99.8% than at 95%', () => {
    expect(wilson(5, 20, 0.998)!.upper).toBeGreaterThan(wilson(5, 20)!.upper)
  })

  it('refuses more successes than people, and fractions of people', () => {
    for (const [x, n] of [
      [3, 2],
      [-1, 4],
      [0.5, 4],
    ] as const)
      expect(() => wilson(x, n)).toThrow('whole numbers')
  })

  it('mirrors: the interval of x is one minus that of n - x', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (n, seed) => {
        const x = seed % (n + 1)
        const [here, there] = [wilson(x, n)!, wilson(n - x, n)!]
        expectClose([here.lower, here.upper], [1 - there.upper, 1 - there.lower], 1e-12, 1e-13)
      }),
      { seed: 5 },
    )
  })
})

describe('a proportion before and after', () => {
  it("McNemar's mid-p agrees with R", () => {
    for (const { b, c, p } of oracle.mcnemar) {
      expectClose(mcnemarMidP(b, c).p, p, 1e-11)
      expect(mcnemarMidP(b, c).n_discordant).toBe(b + c)
    }
  })

  it('has no p when nobody moved', () => {
    expect(mcnemarMidP(0, 0)).toEqual({ n_discordant: 0, p: null, reason: 'no_discordant_pairs' })
  })

  it("agrees with Newcombe's method 10 worked out in R", () => {
    for (const { lower, upper, ...counts } of oracle.newcombe) {
      const found = newcombePaired(counts)
      expectClose([found?.lower, found?.upper], [lower, upper], 1e-11)
    }
  })

  it('airway hyper-responsiveness in 21 children (Fagerland 2014): mid-p .0391, interval .026 to .507', () => {
    const found = newcombePaired({ both: 1, pre_only: 1, post_only: 7, neither: 12 })
    expect(found?.lower).toBeCloseTo(0.026, 3)
    expect(found?.upper).toBeCloseTo(0.507, 3)
    expect(mcnemarMidP(1, 7).p).toBeCloseTo(0.0391, 4)
  })

  it('nobody counted has no difference', () => {
    expect(newcombePaired({ both: 0, pre_only: 0, post_only: 0, neither: 0 })).toBeNull()
  })

  it('swapping before and after turns the interval round', () => {
    const count = fc.nat({ max: 30 })
    fc.assert(
      fc.property(count, count, count, fc.integer({ min: 1, max: 30 }), (both, pre_only, post_only, neither) => {
        const there = newcombePaired({ both, pre_only, post_only, neither })!
        const back = newcombePaired({ both, pre_only: post_only, post_only: pre_only, neither })!
        expectClose([there.lower, there.upper], [-back.upper, -back.lower], 1e-10, 1e-12)
        expect(there.lower <= there.difference && there.difference <= there.upper).toBe(true)
      }),
      { seed: 6 },
    )
  })
})
