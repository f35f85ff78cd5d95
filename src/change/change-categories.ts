import { classifyChange, improvement, isCase, isReliableRecovery } from '../measures/improvement.ts'
import type { Cutoff, Scale } from '../measures/measure.ts'
import type { ChangeCategories, ChangeFunnel, Recovery, ScatterPoint, ScorePair } from './change-result.ts'
import { shareOf } from './claims.ts'

/**
 * Improved, no change and deteriorated by the scale's reliable change, reached is enough. Null when the scale has no
 * reliable change threshold. The two bounds count whoever has no last score as not improved, and as improved.
 */
export function changeCategories(
  pairs: readonly ScorePair[],
  scale: Scale,
  funnel: ChangeFunnel,
): ChangeCategories | null {
  if (scale.reliable_change === null) return null
  const points = scale.reliable_change.points
  const classes = pairs.map((pair) => classifyChange(scale, pair.pre_score, pair.post_score))
  const count = (name: (typeof classes)[number]) => classes.filter((it) => it === name).length
  const improved = count('improved')
  const couldImprove = pairs.map((pair) => room(scale, pair.pre_score) >= points)
  const nCould = couldImprove.filter(Boolean).length
  const improvedOfThose = classes.filter((it, i) => it === 'improved' && couldImprove[i] === true).length
  const missing = Math.max(0, funnel.n_baseline - funnel.n_paired)
  return {
    reliable_change: scale.reliable_change,
    improved: shareOf(improved, pairs.length),
    no_change: shareOf(count('none'), pairs.length),
    deteriorated: shareOf(count('deteriorated'), pairs.length),
    n_could_not_improve: pairs.length - nCould,
    improved_of_those_who_could: shareOf(improvedOfThose, nCould),
    improved_if_missing_did_not: shareOf(improved, pairs.length + missing),
    improved_if_missing_did: shareOf(improved + missing, pairs.length + missing),
  }
}

/** Recovery with both denominators; null when the scale has no cut-off or no reliable change threshold. */
export function recovery(pairs: readonly ScorePair[], scale: Scale): Recovery | null {
  const { cutoff } = scale
  if (cutoff === null || scale.reliable_change === null) return null
  const recovered = pairs.filter((pair) => isReliableRecovery(scale, pair.pre_score, pair.post_score)).length
  const cases = pairs.filter((pair) => isCase(cutoff, pair.pre_score)).length
  const harmed = pairs.filter((pair) => isHarmed(scale, cutoff, pair)).length
  return {
    cutoff,
    n_case_at_start: cases,
    recovered_of_all: shareOf(recovered, pairs.length),
    recovered_of_cases_at_start: shareOf(recovered, cases),
    harmed_of_all: shareOf(harmed, pairs.length),
    harmed_of_others_at_start: shareOf(harmed, pairs.length - cases),
  }
}

function isHarmed(scale: Scale, cutoff: Cutoff, { pre_score, post_score }: ScorePair): boolean {
  const isWorse = classifyChange(scale, pre_score, post_score) === 'deteriorated'
  return isWorse && !isCase(cutoff, pre_score) && isCase(cutoff, post_score)
}

/** First against last score, each with what became of it. */
export function scatterPoints(pairs: readonly ScorePair[], scale: Scale): ScatterPoint[] {
  return pairs.map(({ pre_score, post_score }) => {
    const change = classifyChange(scale, pre_score, post_score)
    return {
      pre_score,
      post_score,
      improvement: improvement(scale.better, pre_score, post_score),
      category: change === null ? 'no_threshold' : change === 'none' ? 'no_change' : change,
      is_recovered: isReliableRecovery(scale, pre_score, post_score),
    }
  })
}

/** The better and the worse end of a scale. */
export function endsOf(scale: Scale): { best: number; worst: number } {
  return improvement(scale.better, scale.min, scale.max) > 0
    ? { best: scale.max, worst: scale.min }
    : { best: scale.min, worst: scale.max }
}

/** Points between a score and the better end. */
function room(scale: Scale, score: number): number {
  return improvement(scale.better, score, endsOf(scale).best)
}
