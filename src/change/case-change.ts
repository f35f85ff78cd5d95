import { isCase } from '../measures/improvement.ts'
import type { Cutoff } from '../measures/measure.ts'
import { mcnemarMidP, newcombePaired } from '../stats/proportion.ts'
import { tangoPaired } from '../stats/tango.ts'
import type { ClaimReason, Interval, ScorePair } from './change-result.ts'
import { claimsFor } from './claims.ts'

/** Cases by the cut-off, first against last, among people with both scores. */
export interface CaseChange {
  readonly n: number
  readonly n_case_pre: number
  readonly n_case_post: number
  readonly n_case_both: number
  readonly n_case_pre_only: number
  readonly n_case_post_only: number
  readonly n_case_neither: number
  /** Share that are cases, last minus first: negative is fewer. Null with fewer than 5. */
  readonly difference: number | null
  /** Newcombe's method 10. */
  readonly newcombe_ci95: Interval | null
  /** Tango's score interval. */
  readonly tango_ci95: Interval | null
  /** McNemar mid-p; null with fewer than 10, or where nobody crossed. */
  readonly p: number | null
  readonly reason: ClaimReason | 'no_discordant_pairs' | null
}

/** How many are cases before and after, and what the change in that share may be. */
export function caseChange(pairs: readonly ScorePair[], cutoff: Cutoff): CaseChange {
  const cases = pairs.map(
    ({ pre_score, post_score }) => [isCase(cutoff, pre_score), isCase(cutoff, post_score)] as const,
  )
  const count = (pre: boolean, post: boolean) => cases.filter((it) => it[0] === pre && it[1] === post).length
  const four = {
    both: count(true, true),
    pre_only: count(true, false),
    post_only: count(false, true),
    neither: count(false, false),
  }
  const claims = claimsFor(pairs.length)
  const change = claims.may_give_percentages ? newcombePaired(four) : null
  const { p, reason } = mcnemarMidP(four.pre_only, four.post_only)
  return {
    n: pairs.length,
    n_case_pre: four.both + four.pre_only,
    n_case_post: four.both + four.post_only,
    n_case_both: four.both,
    n_case_pre_only: four.pre_only,
    n_case_post_only: four.post_only,
    n_case_neither: four.neither,
    difference: change?.difference ?? null,
    newcombe_ci95: change === null ? null : [change.lower, change.upper],
    tango_ci95: change === null ? null : tangoPaired(four),
    p: claims.may_test ? p : null,
    reason: claims.may_test ? reason : claims.reason,
  }
}
