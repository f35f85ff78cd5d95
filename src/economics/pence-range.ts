import type { Pence } from '../domain/money.ts'
import type { PenceRange } from './cost-result.ts'

export const NO_COST: PenceRange = { low_pence: 0 as Pence, central_pence: 0 as Pence, high_pence: 0 as Pence }

/** A whole number of units at a price in whole pence: exact. */
export function timesQuantity(price: PenceRange, quantity: number): PenceRange {
  return mapRange(price, (amount) => (amount * quantity) as Pence)
}

export function sumRanges(ranges: readonly PenceRange[]): PenceRange {
  return ranges.reduce(
    (total, range) => ({
      low_pence: (total.low_pence + range.low_pence) as Pence,
      central_pence: (total.central_pence + range.central_pence) as Pence,
      high_pence: (total.high_pence + range.high_pence) as Pence,
    }),
    NO_COST,
  )
}

export function mapRange(range: PenceRange, change: (amount: Pence) => Pence): PenceRange {
  return {
    low_pence: change(range.low_pence),
    central_pence: change(range.central_pence),
    high_pence: change(range.high_pence),
  }
}

/** Pence per person-year, whole; null without person-time. */
export function perYear(amount: number, personYears: number): Pence | null {
  return personYears === 0 ? null : wholePence(amount / personYears)
}

export function wholePence(amount: number): Pence {
  return (Math.sign(amount) * Math.round(Math.abs(amount)) + 0) as Pence
}
