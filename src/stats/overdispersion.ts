import { mean, quantile, sum } from './describe.ts'
import type { Overdispersion } from './funnel-types.ts'

const FEWEST_UNITS = 3
/** Share drawn in at each end, so that units that truly differ do not hide themselves by widening the limits. */
const WINSORISED = 0.1

/**
 * Spread between units beyond chance. `z`: each unit’s distance from the target in its own standard deviations `sd`, on the transformed
 * scale. phi is the mean square of winsorised z; tau squared the additive variance (DerSimonian–Laird form; Spiegelhalter 2005,
 * 2012). Under 3 units it cannot be told.
 */
export function overdispersion(z: readonly number[], sd: readonly number[]): Overdispersion {
  const n_units = z.length
  if (n_units < FEWEST_UNITS) {
    return { n_units, phi: null, tau2: null, is_applied: false, reason: 'fewer_than_3_units' }
  }
  const phi = mean(winsorise(z).map((it) => it ** 2)) as number
  const weights = sd.map((it) => 1 / it ** 2)
  const total = sum(weights)
  const excess = n_units * phi - (n_units - 1)
  const tau2 = excess <= 0 ? 0 : excess / (total - sum(weights.map((it) => it ** 2)) / total)
  return { n_units, phi, tau2, is_applied: tau2 > 0, reason: tau2 > 0 ? null : 'none_found' }
}

function winsorise(values: readonly number[]): number[] {
  const low = quantile(values, WINSORISED) as number
  const high = quantile(values, 1 - WINSORISED) as number
  return values.map((value) => Math.min(high, Math.max(low, value)))
}
