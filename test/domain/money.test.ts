import { describe, expect, it } from 'vitest'
import { type Pence, penceFromPounds, timesFactor } from '../../src/domain/money.ts'

describe('money is whole pence', () => {
  it.each([
    [280, 28000],
    [38.43, 3843],
    [1.005, 101],
    [-1.005, -101],
    [0.1 + 0.2, 30],
  ])('£%d is %d pence', (pounds, pence) => {
    expect(penceFromPounds(pounds)).toBe(pence)
  })

  it.each([
    [28000, 1.2026477345, 33674],
    [-28000, 0.5, -14000],
    [1, 0.5, 1],
  ])('%d pence times %d is %d', (amount, factor, expected) => {
    expect(timesFactor(amount as Pence, factor)).toBe(expected)
  })
})
