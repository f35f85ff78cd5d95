/** Whole pence. Amounts are integers, so that a split adds up to its total to the penny. */
export type Pence = number & { readonly __pence: unique symbol }

/** Pounds, as a price list prints them, to whole pence; half a penny rounds away from zero. */
export function penceFromPounds(pounds: number): Pence {
  if (!Number.isFinite(pounds)) throw new Error('pounds must be a finite number')
  return roundHalfAwayFromZero(pounds * 100) as Pence
}

/** Multiplies an amount by a factor (an uprating factor, a share) and returns whole pence. */
export function timesFactor(amount: Pence, factor: number): Pence {
  return roundHalfAwayFromZero(amount * factor) as Pence
}

function roundHalfAwayFromZero(value: number): number {
  // 1.005 * 100 is 100.49999999999999: a relative nudge undoes the binary error before rounding.
  const nudged = Math.abs(value) * (1 + Number.EPSILON * 4)
  return value < 0 ? -Math.round(nudged) : Math.round(nudged)
}
