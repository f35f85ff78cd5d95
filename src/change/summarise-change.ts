import type { Scale } from '../measures/measure.ts'
import { mean } from '../stats/describe.ts'
import { caseChange } from './case-change.ts'
import { changeCategories, endsOf, recovery } from './change-categories.ts'
import type { ChangeFunnel, ChangeSummary, ScorePair } from './change-result.ts'
import { changeStatistics } from './change-statistics.ts'
import { claimsFor, shareOf } from './claims.ts'

export interface ChangeInput {
  readonly measure_id: string
  readonly scale: Scale
  readonly funnel: ChangeFunnel
  readonly pairs: readonly ScorePair[]
  /** Baselines of those who have no last score. */
  readonly unpaired_pre_scores?: readonly number[]
}

/** One measure, one scale, one group of people: who was counted, what changed, and what may be said about it. */
export function summariseChange(input: ChangeInput): ChangeSummary {
  const { measure_id, scale, funnel, pairs, unpaired_pre_scores = [] } = input
  const claims = claimsFor(pairs.length)
  const categories = changeCategories(pairs, scale, funnel)
  const recovered = recovery(pairs, scale)
  const { best, worst } = endsOf(scale)
  return {
    measure_id,
    scale_id: scale.scale_id,
    better: scale.better,
    funnel,
    completeness: {
      baseline: shareOf(funnel.n_baseline, funnel.n_eligible),
      paired: shareOf(funnel.n_paired, funnel.n_baseline),
    },
    mean_pre_of_missing: mean(unpaired_pre_scores),
    claims,
    statistics: changeStatistics(pairs, scale.better, claims),
    categories,
    categories_reason: categories === null ? 'no_reliable_change_threshold' : null,
    recovery: recovered,
    recovery_reason:
      recovered !== null ? null : scale.cutoff === null ? 'no_case_threshold' : 'no_reliable_change_threshold',
    case_change: scale.cutoff === null ? null : caseChange(pairs, scale.cutoff),
    n_at_worst_pre: pairs.filter((pair) => pair.pre_score === worst).length,
    n_at_best_pre: pairs.filter((pair) => pair.pre_score === best).length,
    n_at_worst_post: pairs.filter((pair) => pair.post_score === worst).length,
    n_at_best_post: pairs.filter((pair) => pair.post_score === best).length,
  }
}
