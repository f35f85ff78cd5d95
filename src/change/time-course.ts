import { improvement } from '../measures/improvement.ts'
import type { Better } from '../measures/measure.ts'
import { mean } from '../stats/describe.ts'
import { type MixedModel, mixedModel, type RepeatedScore } from '../stats/mixed-model.ts'
import type { TimeCourse, TimepointChange } from './course-result.ts'

/** A score of an episode, placed in time. */
export interface PlacedScore {
  readonly episode_id: number
  readonly timepoint: 'entry' | 'review' | 'end' | 'follow_up'
  readonly follow_up_months: number | null
  readonly days_from_entry: number
  readonly score: number
}

const DAYS_A_MONTH = 365.25 / 12
/** A slope of one's own takes three scores to tell from noise: so many people must have them. */
const FEWEST_FOR_A_SLOPE = 5
/** Time points with fewer scores are left out of the model. */
const FEWEST_SCORES = 5

/**
 * Improvement since entry at every time point, from one mixed model of every score there is; beside it what the people with a score
 * then show by themselves. A random slope on months where at least 5 people have three scores and it is not singular; else a random
 * intercept. Whether the slope is needed is not tested first: where people's changes differ, a model that lost the slope to a test of few
 * people claims intervals that are too narrow (bench/coverage-models.ts).
 */
export function timeCourse(scores: readonly PlacedScore[], better: Better): TimeCourse {
  const columns = columnsOf(scores)
  const rows = rowsOf(scores, columns, better)
  if (columns.length === 0)
    return { n_people: 0, n_scores: 0, random: 'intercept', timepoints: [], reason: 'no_later_scores' }
  const intercept = mixedModel(rows, 'intercept')
  const slope = hasRoomForSlope(scores) ? mixedModel(rows, 'slope') : null
  const chosen = slope !== null && slope.reason === null && !slope.is_singular ? slope : intercept
  const entries = new Map(scores.filter((it) => it.timepoint === 'entry').map((it) => [it.episode_id, it.score]))
  return {
    n_people: chosen.n_people,
    n_scores: chosen.n_scores,
    random: chosen === slope ? 'slope' : 'intercept',
    timepoints: columns.map((column, i) => changeAt(column, scores, entries, better, chosen.effects[i + 1])),
    reason: chosen.reason,
  }
}

type Column = Pick<TimepointChange, 'timepoint' | 'follow_up_months'>

function columnsOf(scores: readonly PlacedScore[]): Column[] {
  const months = [...new Set(scores.flatMap((it) => it.follow_up_months ?? []))].sort((a, b) => a - b)
  const all: Column[] = [
    { timepoint: 'review', follow_up_months: null },
    { timepoint: 'end', follow_up_months: null },
    ...months.map((follow_up_months) => ({ timepoint: 'follow_up' as const, follow_up_months })),
  ]
  return all.filter((column) => scores.filter((it) => isOf(it, column)).length >= FEWEST_SCORES)
}

function isOf(score: PlacedScore, { timepoint, follow_up_months }: Column): boolean {
  return score.timepoint === timepoint && score.follow_up_months === follow_up_months
}

function rowsOf(scores: readonly PlacedScore[], columns: readonly Column[], better: Better): RepeatedScore[] {
  return scores
    .filter((it) => it.timepoint === 'entry' || columns.some((column) => isOf(it, column)))
    .map((it) => ({
      person: it.episode_id,
      score: improvement(better, 0, it.score),
      design: [1, ...columns.map((column) => (isOf(it, column) ? 1 : 0))],
      time: it.days_from_entry / DAYS_A_MONTH,
    }))
}

function hasRoomForSlope(scores: readonly PlacedScore[]): boolean {
  const counts = new Map<number, number>()
  for (const { episode_id } of scores) counts.set(episode_id, (counts.get(episode_id) ?? 0) + 1)
  return [...counts.values()].filter((n) => n >= 3).length >= FEWEST_FOR_A_SLOPE
}

function changeAt(
  column: Column,
  scores: readonly PlacedScore[],
  entries: ReadonlyMap<number, number>,
  better: Better,
  effect: MixedModel['effects'][number] | undefined,
): TimepointChange {
  const own = scores.filter((it) => isOf(it, column))
  const gains = own.flatMap((it) => {
    const entry = entries.get(it.episode_id)
    return entry === undefined ? [] : [improvement(better, entry, it.score)]
  })
  return {
    ...column,
    n_scores: own.length,
    completers_improvement: mean(gains),
    improvement: effect?.estimate ?? null,
    improvement_ci95: effect?.ci95 ?? null,
  }
}
