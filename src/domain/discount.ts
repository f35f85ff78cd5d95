/** What NICE and the Green Book ask for, a year. */
export const DISCOUNT_RATE = 0.035

/** What a pound (or a QALY) of the nth year counts for today: the first year is not discounted. */
export function discountFactor(year: number, rate = DISCOUNT_RATE): number {
  return 1 / (1 + rate) ** (year - 1)
}

/** A cost met at the start, as an equal amount in each of so many years of the same present value: over one year, the cost itself. */
export function annualEquivalent(cost: number, years: number, rate = DISCOUNT_RATE): number {
  let present = 0
  for (let year = 1; year <= years; year++) present += discountFactor(year, rate)
  return cost / present
}

/**
 * Years until so much a year has paid a cost back, each year after the first discounted; within a year in proportion. Null where it
 * never does, or not in `most` years.
 */
export function yearsToPayBack(cost: number, perYear: number, rate = DISCOUNT_RATE, most = 30): number | null {
  let left = cost
  for (let year = 1; year <= most; year++) {
    const gain = perYear * discountFactor(year, rate)
    if (gain <= 0) return null
    if (left <= gain) return year - 1 + left / gain
    left -= gain
  }
  return null
}
