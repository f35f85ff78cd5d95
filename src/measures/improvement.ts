import type { Better, Cutoff, Scale } from './measure.ts'

export type ChangeClass = 'improved' | 'none' | 'deteriorated'

/** Sums of decimals miss a boundary by less than this; no instrument steps so finely. */
const ROUNDING = 1e-9

/** Points gained from `pre` to `post`: positive is always clinically better, whichever way the measure runs. */
export function improvement(better: Better, pre: number, post: number): number {
  return better === 'higher' ? post - pre : pre - post
}

/**
 * Improved or deteriorated when the change reaches the threshold (inclusive), none when it does not.
 * The threshold is the scale's reliable change unless another is given; null where the scale has none.
 */
export function classifyChange(
  scale: Scale,
  pre: number,
  post: number,
  points: number | null = scale.reliable_change?.points ?? null,
): ChangeClass | null {
  if (points === null) return null
  const gain = improvement(scale.better, pre, post)
  if (gain >= points - ROUNDING) return 'improved'
  return gain <= -points + ROUNDING ? 'deteriorated' : 'none'
}

/** Whether a score is in the clinical range. */
export function isCase(cutoff: Cutoff, score: number): boolean {
  return cutoff.case_when === 'below' ? score < cutoff.value : score >= cutoff.value
}

/** A case at the start, not a case at the end, and reliably improved. Null where the scale has no cut-off or no reliable change. */
export function isReliableRecovery(scale: Scale, pre: number, post: number): boolean | null {
  const change = classifyChange(scale, pre, post)
  if (change === null || scale.cutoff === null) return null
  return isCase(scale.cutoff, pre) && !isCase(scale.cutoff, post) && change === 'improved'
}

/** Mean change over the goals rated both times (post - pre); null where there is none. */
export function goalsMeanChange(pre: readonly (number | null)[], post: readonly (number | null)[]): number | null {
  const changes = pre.flatMap((before, goal) => {
    const after = post[goal] ?? null
    return before === null || after === null ? [] : [after - before]
  })
  return changes.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0) / changes.length
}
