import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import { SCATTER_WORDS, scaleName } from './outcome-figures.ts'
import { releaseLimits } from './release-change-detail.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { table } from './text.ts'

const CATEGORIES = ['improved', 'no_change', 'deteriorated'] as const

/** Each person’s change, worst to best. Internal reports only: every mark is one person. */
export function changeWaterfall(gate: Gate, it: ReleasedOutcome): Figure | null {
  const { outcome } = it
  const { categories } = outcome.summary
  if (!gate.policy.is_internal || outcome.scatter.length === 0 || categories === null) return null
  const limits = releaseLimits(gate, outcome, it.improved.count)
  if (limits === null) return null
  const could_not = limits.could_not_improve.count
  const points = gate.fact(categories.reliable_change.points)
  const n = outcome.scatter.length
  const ranked = outcome.scatter.toSorted((a, b) => a.improvement - b.improvement || a.pre_score - b.pre_score)
  const rows = ranked.map((point, i) => ({
    rank: gate.fact(i + 1),
    improvement: gate.statistic(point.improvement, { n, decimals: 2 }),
    category: gate.label(SCATTER_WORDS[point.category]),
  }))
  const ends = axisEnds(gate, [
    ...rows.map((row) => row.improvement),
    points,
    gate.fact(-categories.reliable_change.points),
  ])
  return {
    id: `waterfall-${outcome.measure_id}-${outcome.scale_id}`,
    title: say`${scaleName(gate, it)}: of ${it.paired} people, ${it.improved.count} reliably improved and ${it.deteriorated.count} reliably deteriorated`,
    summary: say`Each person’s change from first to last score, one bar a person, the worst on the left and the best on the right; up is better. Dashed lines mark the reliable change of ${points} points, in either direction. ${couldNot(could_not)}`,
    chart: 'waterfall',
    rows,
    params: {
      x_title: gate.label('People with two scores, worst change to best'),
      y_title: gate.label('Improvement, points'),
      y_domain: ends,
      reliable_change: points,
      categories: CATEGORIES.map((category) => gate.label(SCATTER_WORDS[category])),
    },
    table: table(
      gate,
      `waterfall-${outcome.measure_id}-${outcome.scale_id}`,
      `Size of change, ${outcome.measure_name}`,
      [
        ['change', 'Change', 'text'],
        ['people', 'People', 'count'],
      ],
      [
        { change: say`Better by ${points} points or more`, people: it.improved.count },
        { change: say`Within ${points} points either way`, people: it.no_change.count },
        { change: say`Worse by ${points} points or more`, people: it.deteriorated.count },
        { change: say`Could not get better by ${points} points`, people: could_not },
      ],
      [say`Those who could not improve are also among the lines above.`],
    ),
    internal_only: true,
  }
}

function couldNot(people: Released): ReleasedText {
  if (people.value === 0) return say`Everyone had room to improve reliably.`
  return say`Started too near the better end to improve reliably: ${people}.`
}

/** A line from each person’s first score to the last, and the means. Internal reports only: every line is one person. */
export function scoreSlope(gate: Gate, it: ReleasedOutcome): Figure | null {
  const { outcome } = it
  const { categories, recovery } = outcome.summary
  if (!gate.policy.is_internal || outcome.scatter.length === 0 || categories === null) return null
  const n = outcome.scatter.length
  const score = (value: number) => gate.statistic(value, { n, decimals: 2 })
  return {
    id: `slope-${outcome.measure_id}-${outcome.scale_id}`,
    title: say`${scaleName(gate, it)}: the mean goes from ${it.mean_pre} to ${it.mean_post}; people differ widely around it`,
    summary: say`A line from each person’s first score to their last. The thick line joins the two means, ${it.mean_pre} and ${it.mean_post}. Dots across mark the cut-off, where the measure has one.`,
    chart: 'slope',
    rows: outcome.scatter.map((point, i) => ({
      rank: gate.fact(i + 1),
      pre: score(point.pre_score),
      post: score(point.post_score),
      category: gate.label(SCATTER_WORDS[point.category]),
    })),
    params: {
      y_title: gate.label('Score'),
      domain: [gate.fact(outcome.min_score), gate.fact(outcome.max_score)],
      pre_label: gate.label('First score'),
      post_label: gate.label('Last score'),
      means: [it.mean_pre, it.mean_post],
      cutoffs: recovery === null ? [] : [gate.fact(recovery.cutoff.value)],
      categories: CATEGORIES.map((category) => gate.label(SCATTER_WORDS[category])),
    },
    table: table(
      gate,
      `slope-${outcome.measure_id}-${outcome.scale_id}`,
      `Mean and spread, ${outcome.measure_name}`,
      [
        ['time', 'Score', 'text'],
        ['mean', 'Mean', 'number'],
        ['sd', 'Standard deviation', 'number'],
      ],
      [
        { time: gate.label('First'), mean: it.mean_pre, sd: score1(gate, outcome.summary.statistics.sd_pre, n) },
        { time: gate.label('Last'), mean: it.mean_post, sd: score1(gate, outcome.summary.statistics.sd_post, n) },
      ],
    ),
    internal_only: true,
  }
}

function score1(gate: Gate, value: number | null, n: number) {
  return gate.statistic(value, { n, decimals: 1, reason: say`one person only` })
}
