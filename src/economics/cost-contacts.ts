import { timesFactor } from '../domain/money.ts'
import type { LinePrice, NotCostedReason, PenceRange } from './cost-result.ts'
import { mapRange, timesQuantity } from './pence-range.ts'
import type { PriceIndex } from './price-index.ts'
import { priceInYear } from './price-items.ts'
import { staffBandId } from './programme-cost.ts'
import type { UnitCost } from './unit-cost.ts'

/** Attended contacts of one staff band. */
export interface BandContacts {
  /** Agenda for Change band as recorded, such as 6 or 8a; null: not recorded. */
  readonly staff_band: string | null
  readonly n_attended: number
  /** Of the contacts whose length was recorded; null where none was. */
  readonly minutes: number | null
}

/** What the time of those contacts costs, in the price year. Null cost: see not_costed_reason; it is in no total. */
export interface ContactsCost {
  readonly price: LinePrice | null
  readonly cost: PenceRange | null
  readonly not_costed_reason: NotCostedReason | 'band_not_recorded' | 'length_not_recorded' | null
}

/**
 * Contacts × minutes × the price of an hour of the band; contacts × price where the table has a price of a contact. The band’s
 * line of the unit-cost table has the id `staff_band_` and the band.
 */
export function costContacts(
  { staff_band, n_attended, minutes }: BandContacts,
  unitCosts: readonly UnitCost[],
  index: PriceIndex,
  priceYear: string,
): ContactsCost {
  if (staff_band === null) return { price: null, cost: null, not_costed_reason: 'band_not_recorded' }
  const id = staffBandId(staff_band)
  const { price, not_costed_reason } = priceInYear(
    unitCosts.find((it) => it.unit_cost_id === id && (it.unit === 'hour' || it.unit === 'contact')),
    index,
    priceYear,
  )
  const unit = price?.unit_cost ?? null
  if (unit === null) return { price, cost: null, not_costed_reason }
  if (price?.unit === 'contact') return { price, cost: timesQuantity(unit, n_attended), not_costed_reason: null }
  if (minutes === null) return { price, cost: null, not_costed_reason: 'length_not_recorded' }
  return { price, cost: mapRange(unit, (amount) => timesFactor(amount, minutes / 60)), not_costed_reason: null }
}
