import { wilson } from '../stats/proportion.ts'
import type { ClaimReason, Claims, Share } from './change-result.ts'

const FEWEST_FOR_A_PERCENTAGE = 5
const FEWEST_FOR_A_TEST = 10
const FEWEST_FOR_A_BOOTSTRAP = 20

/**
 * What n pairs allow to be said: below 5 counts only, below 10 shares with their Wilson intervals and no test, below 20
 * exact and t methods only. Our own rule; the coverage of intervals in small samples is why.
 */
export function claimsFor(n: number): Claims {
  return {
    may_give_percentages: n >= FEWEST_FOR_A_PERCENTAGE,
    may_test: n >= FEWEST_FOR_A_TEST,
    may_bootstrap: n >= FEWEST_FOR_A_BOOTSTRAP,
    reason: reasonFor(n),
  }
}

function reasonFor(n: number): Claims['reason'] {
  if (n === 0) return 'no_pairs'
  if (n < FEWEST_FOR_A_PERCENTAGE) return 'fewer_than_5'
  if (n < FEWEST_FOR_A_TEST) return 'fewer_than_10'
  return n < FEWEST_FOR_A_BOOTSTRAP ? 'fewer_than_20' : null
}

/** A count of n people; the share and its interval only where n allows them. */
export function shareOf(count: number, n: number): Share {
  const interval = n < FEWEST_FOR_A_PERCENTAGE ? null : wilson(count, n)
  const reason: ClaimReason | null = n === 0 ? 'nobody' : interval === null ? 'fewer_than_5' : null
  return {
    count,
    n,
    proportion: interval?.p ?? null,
    ci95: interval === null ? null : [interval.lower, interval.upper],
    reason,
  }
}
