import { describe, expect, it } from 'vitest'
import { annualEquivalent, discountFactor, yearsToPayBack } from '../../src/domain/discount.ts'

describe('discounting at 3.5% a year', () => {
  it.each([1, 0.966183574879, 0.933510700366, 0.901942705668, 0.871442227699, 0.841973166859])(
    'begins with the second year (%#): %d',
    (factor) => {
      const year =
        [1, 0.966183574879, 0.933510700366, 0.901942705668, 0.871442227699, 0.841973166859].indexOf(factor) + 1
      expect(discountFactor(year)).toBeCloseTo(factor, 11)
    },
  )

  it('a cost spread over years has the same present value; over one year it is itself', () => {
    expect(annualEquivalent(1000, 1)).toBe(1000)
    const each = annualEquivalent(1000, 3)
    expect(each + each * 0.966183574879 + each * 0.933510700366).toBeCloseTo(1000, 6)
    expect(annualEquivalent(900, 3, 0)).toBe(300)
  })
})

describe('years until a cost is paid back', () => {
  it.each([
    // Henderson Hospital (Dolan 1996): £25,641 against £12,658 a year is 2.03 years, not “within two”.
    [25_641, 12_658, 0, 2.0257],
    // £966.18 of the second year’s £1,000 × 0.9662 is left after the first.
    [1966.18, 1000, 0.035, 2],
    [500, 1000, 0.035, 0.5],
  ])('£%d against £%d a year at a rate of %d: %d', (cost, fall, rate, years) => {
    expect(yearsToPayBack(cost, fall, rate)).toBeCloseTo(years, 4)
  })

  it.each([
    ['nothing falls', 1000, 0],
    ['cost rises', 1000, -50],
    ['the years to come are worth too little', 1000, 30],
  ])('never where %s', (_, cost, fall) => {
    expect(yearsToPayBack(cost, fall)).toBeNull()
  })
})
