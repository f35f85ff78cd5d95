import { classifyChange } from '../measures/improvement.ts'
import type { Scale } from '../measures/measure.ts'

/** First and last rating of one goal in one episode; post_score is null where it was not rated again. */
export interface GoalRow {
  readonly episode_id: number
  readonly pre_score: number
  readonly pre_day: number
  readonly post_score: number | null
  /** Ratings of another goal set later under the same number. */
  readonly n_other_basis: number
}

/**
 * Goals, not people. A goal is known by its number on the form, and by the day it was set where the export says so. set_at_start + set_later = improved + no_change + no_room +
 * deteriorated + not_rated_again. no_room: unchanged, and rated so high at first that the threshold was out of reach.
 */
export interface GoalsSummary {
  readonly n_episodes: number
  readonly n_goals: number
  readonly set_later: number
  readonly improved: number
  readonly no_change: number
  readonly no_room: number
  readonly deteriorated: number
  readonly not_rated_again: number
  /** Rated at the top of the scale the last time. */
  readonly reached: number
  readonly change_points: number
  /** Goals that another one replaced under their number: only their own ratings are compared. Null: the export does not tell. */
  readonly replaced: number | null
}

/** Null without goals, or where the scale has no threshold. */
export function goalsSummary(
  goals: readonly GoalRow[],
  scale: Scale,
  is_replacement_told: boolean,
): GoalsSummary | null {
  if (goals.length === 0 || scale.reliable_change === null) return null
  const { points } = scale.reliable_change
  const firstDay = new Map<number, number>()
  for (const { episode_id, pre_day } of goals)
    firstDay.set(episode_id, Math.min(pre_day, firstDay.get(episode_id) ?? pre_day))
  const fates = goals.map(({ pre_score, post_score }) => {
    if (post_score === null) return 'not_rated_again'
    const change = classifyChange(scale, pre_score, post_score, points)
    if (change !== 'none') return change
    return pre_score + points > scale.max ? 'no_room' : 'no_change'
  })
  const count = (fate: (typeof fates)[number]) => fates.filter((it) => it === fate).length
  return {
    n_episodes: firstDay.size,
    n_goals: goals.length,
    set_later: goals.filter((it) => it.pre_day > (firstDay.get(it.episode_id) as number)).length,
    improved: count('improved'),
    no_change: count('no_change'),
    no_room: count('no_room'),
    deteriorated: count('deteriorated'),
    not_rated_again: count('not_rated_again'),
    reached: goals.filter((it) => it.post_score === scale.max).length,
    change_points: points,
    replaced: is_replacement_told ? goals.filter((it) => it.n_other_basis > 0).length : null,
  }
}
