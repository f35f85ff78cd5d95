import { classifyChange } from '../measures/improvement.ts'
import type { Scale } from '../measures/measure.ts'
import { CHANGE_INDEX_NOTES, CHANGE_INDICES, type ChangeIndexId, type ChangeIndexNote } from './change-index.ts'
import type { ScorePair } from './change-result.ts'
import { classifyByRule } from './change-rule.ts'
import { resolveThresholds } from './change-thresholds.ts'
import type { RuleReason, ThresholdOrigin } from './threshold-types.ts'

/** What the indices need to know of a scale, from outside these people; a null is taken from them, or as `reliability`. */
export interface IndexNorms {
  readonly reliability: number
  /** Of last scores, for NK. */
  readonly reliability_post: number | null
  /** Mean and SD of first scores where the reliability was found. */
  readonly mean: number | null
  readonly sd: number | null
  readonly source: string
}

/** The same people by one index; counts add up to everyone with two scores. */
export type IndexCounts = { readonly index: ChangeIndexId; readonly note: ChangeIndexNote } & (
  | {
      readonly improved: number
      readonly no_change: number
      readonly deteriorated: number
      /** In another of the three than by the rule of the scale; null where the scale has none. */
      readonly n_otherwise: number | null
      readonly reason: null
    }
  | { readonly reason: RuleReason }
)

export interface IndexComparison {
  readonly norms: IndexNorms
  readonly mean_origin: ThresholdOrigin
  readonly sd_origin: ThresholdOrigin
  /** In the order of `CHANGE_INDICES`. */
  readonly counts: readonly IndexCounts[]
}

/** Everyone with two scores classified by each published index; exactly the critical size counts, as by the rule of the scale. */
export function compareIndices(pairs: readonly ScorePair[], scale: Scale, norms: IndexNorms): IndexComparison {
  return {
    norms,
    mean_origin: norms.mean === null ? 'sample' : 'supplied',
    sd_origin: norms.sd === null ? 'sample' : 'supplied',
    counts: CHANGE_INDICES.map((index) => countsBy(index, pairs, scale, norms)),
  }
}

function countsBy(index: ChangeIndexId, pairs: readonly ScorePair[], scale: Scale, norms: IndexNorms): IndexCounts {
  const note = CHANGE_INDEX_NOTES[index]
  const { reliability, reliability_post, mean, sd } = norms
  const { rule, thresholds } = resolveThresholds(pairs, {
    better: scale.better,
    index,
    reliability,
    reliability_post,
    sd,
    clinical: mean === null ? null : { mean, sd: sd ?? 0 },
    functional: null,
    cutoff: null,
  })
  if (rule === null) return { index, note, reason: thresholds.reliable_change_reason ?? 'no_baseline_spread' }
  const classes = pairs.map(({ pre_score, post_score }) => ({
    now: classifyByRule(rule, pre_score, post_score),
    own: classifyChange(scale, pre_score, post_score),
  }))
  const count = (name: 'improved' | 'none' | 'deteriorated') => classes.filter((it) => it.now === name).length
  return {
    index,
    note,
    improved: count('improved'),
    no_change: count('none'),
    deteriorated: count('deteriorated'),
    n_otherwise: scale.reliable_change === null ? null : classes.filter((it) => it.now !== it.own).length,
    reason: null,
  }
}
