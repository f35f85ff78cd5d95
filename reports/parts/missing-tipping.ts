import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import { tippingPoint } from '../../src/stats/tipping-point.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { courseName } from './release-course.ts'
import type { ReleasedOutcome } from './release-outcome.ts'

/**
 * What would have to be so of the missing for the conclusion to change, in plain words. Worked out from released numbers, since with
 * the exact means it would tell how many exactly are missing.
 */
export function tippingWords(
  gate: Gate,
  { tipping, measure_name, scale_id, scale_label }: CourseAnalysis,
  main: ReleasedOutcome,
): ReleasedText {
  const name = courseName(gate, { measure_name, scale_id, scale_label })
  const { improvement: mean, improvement_low: low, paired, baseline, outcome } = main
  if (tipping === null || !mean.is_shown || !low.is_shown) {
    return say`Too few people have two ${name} scores to say what the missing would have to be like.`
  }
  if ((low.value ?? 0) <= 0) {
    return say`No improvement is shown in ${name} even among those with two scores, so the missing have nothing to overturn.`
  }
  const point = (end: Released) =>
    gate.derive(
      [mean, end, paired, baseline],
      (m, lower, n, all) => tippingPoint({ mean: m, lower, n_observed: n, n_missing: Math.max(0, all - n) }),
      { decimals: 1 },
    )
  const tip = point(low)
  if (tip.value === null) return say`Few or none of those with a first ${name} score lack a second one.`
  const worst = gate.statistic(tipping.worst_possible, { n: tipping.n_missing, decimals: 1 })
  if (tip.value < (worst.value ?? outcome.min_score - outcome.max_score)) {
    return say`However badly those without a second ${name} score had fared, everyone together would still have improved on average: the scale is not long enough for them to undo it.`
  }
  if (tip.value >= 0) {
    return say`If those without a second ${name} score improved by ${tip} points or less on average, the conclusion changes: an improvement of everyone is then no longer shown. Those with two scores improved by ${mean}.`
  }
  const worse = (value: Released) => gate.derive([value], (x) => -x, { decimals: 1 })
  return say`For the conclusion to change, those without a second ${name} score would have to have got worse by ${worse(tip)} points or more on average (by ${worse(point(mean))} for the mean of everyone to be nil). Those with two scores improved by ${mean}.`
}
