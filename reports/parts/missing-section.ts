import type { MissingDifference } from '../../src/change/course-result.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import { standardisedProportionDifference } from '../../src/stats/standardised-difference.ts'
import { tippingPoint } from '../../src/stats/tipping-point.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { courseName, monthsWords, releaseFollowUps, timepointWords } from './release-course.ts'
import type { ReleasedOutcome, ReleasedShare } from './release-outcome.ts'
import { estimateCell, intervalCell, table } from './text.ts'

/** Who has no score at each stage, how they differ, and whether they could overturn the result. None where nothing was measured. */
export function missingSection(
  gate: Gate,
  facts: RunFacts,
  { courses }: Pick<ServiceAnalysis, 'courses'>,
  outcomes: readonly ReleasedOutcome[],
): ReportSection[] {
  const [course] = courses
  const main = course === undefined ? undefined : outcomeOf(course, outcomes)
  if (course === undefined || main === undefined) return []
  return [
    {
      id: 'missing',
      title: say`Who is missing`,
      lead: say`${missingLead(gate, course, main)} ${tippingWords(gate, course, main)}`,
      figures: [flowFigure(gate, course, main)],
      tables: [
        boundsTable(gate, courses, outcomes),
        ...differencesTable(gate, course),
        ...(course.flow.length > 1 ? [teamTable(gate, course)] : []),
        ...timeCourseTable(gate, course),
      ],
      notes: [
        say`Score at the end: the last one no more than ${gate.fact(facts.end_score_days)} days before the episode ended, or up to ${gate.fact(facts.assessment_days_after_end)} days after it.`,
      ],
    },
  ]
}

function outcomeOf(course: CourseAnalysis, outcomes: readonly ReleasedOutcome[]): ReleasedOutcome | undefined {
  return outcomes.find(
    ({ outcome }) => outcome.measure_id === course.measure_id && outcome.scale_id === course.scale_id,
  )
}

function missingLead(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): ReleasedText {
  const { ended, end } = endStages(gate, course)
  const start = say`Of ${main.eligible} episodes eligible for ${courseName(gate, course)}, ${main.baseline} have a first score and ${main.paired} a second one.`
  if (ended.value === 0)
    return say`${start} No episode with a first score has ended, so nobody has a score at the end yet.`
  return say`${start} Of ${ended} with a first score whose episode ended, ${end} have a score near the end.`
}

function endStages(gate: Gate, { flow }: CourseAnalysis) {
  const total = (key: 'n_ended' | 'n_end') => flow.reduce((sum, it) => sum + it[key], 0)
  return gate.stages({ ended: total('n_ended'), end: total('n_end') })
}

interface FlowRow {
  readonly label: ReleasedText
  readonly whose: ReleasedText
  readonly could: Released
  readonly have: Released
}

function flowRows(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): FlowRow[] {
  const { ended, end } = endStages(gate, course)
  return [
    { label: say`First score`, whose: say`eligible episodes`, could: main.eligible, have: main.baseline },
    { label: say`Second score`, whose: say`those with a first score`, could: main.baseline, have: main.paired },
    { label: say`Score at the end`, whose: say`those of them whose episode ended`, could: ended, have: end },
    ...releaseFollowUps(gate, course).map((it) => ({
      label: say`${monthsWords(gate, it.follow_up_months)} after`,
      whose: say`those due by then`,
      could: it.due,
      have: it.scored,
    })),
  ]
}

function flowFigure(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): Figure {
  const rows = flowRows(gate, course, main)
  return {
    id: 'outcome-flow',
    title: flowTitle(gate, course, main),
    summary: say`For each stage, light: episodes that could have a ${courseName(gate, course)} score then; dark: those that have one.`,
    chart: 'outcome_flow',
    rows: rows.map(({ label, could, have }) => ({
      ...{ label, could, have },
      note: could.is_shown ? say`${have} of ${could}` : say``,
    })),
    params: {
      x_title: gate.label('Episodes'),
      x_domain: axisEnds(
        gate,
        rows.map((it) => it.could),
      ),
    },
    table: table(
      gate,
      'outcome-flow',
      'From eligible to followed up',
      [
        ['label', 'Stage', 'text'],
        ['whose', 'Of', 'text'],
        ['could', 'Could have a score', 'count'],
        ['have', 'Have one', 'count'],
        ['percent', 'Share', 'percent'],
      ],
      rows.map((it) => ({ ...it, percent: gate.percentage(it.have, it.could) })),
      [
        say`Episodes count from the day the service first used the measure. Due: the days in which a follow-up score counts have passed, and the person has not died, moved away or come back into the service’s care.`,
      ],
    ),
  }
}

function flowTitle(gate: Gate, course: CourseAnalysis, main: ReleasedOutcome): ReleasedText {
  const { ended, end } = endStages(gate, course)
  const share = gate.percentage(end, ended)
  if (share.is_shown) return say`${share} of episodes that ended have a ${courseName(gate, course)} score near the end`
  return say`${gate.percentage(main.paired, main.eligible)} of eligible episodes have two ${courseName(gate, course)} scores`
}

/** Completers, both bounds, imputation: one line each. */
function boundsTable(
  gate: Gate,
  courses: readonly CourseAnalysis[],
  outcomes: readonly ReleasedOutcome[],
): ReleasedTable {
  return table(
    gate,
    'missing-bounds',
    'The result under different views of the missing',
    [
      ['label', 'Measure', 'text'],
      ['view', 'Who counts', 'text'],
      ['n', 'Episodes', 'count'],
      ['improvement', 'Mean improvement, points (95% interval)', 'text'],
      ['percent', 'Reliably improved (95% interval)', 'text'],
    ],
    courses.flatMap((course) => {
      const outcome = outcomeOf(course, outcomes)
      return outcome === undefined ? [] : boundsRows(gate, course, outcome)
    }),
    [
      say`Imputed: each missing score is drawn many times from what people with the same first score went on to score, and the results are pooled by Rubin’s rules. It is right if the missing fared like them. None and all missing improved are the ends between which the share lies whatever they did.`,
    ],
  )
}

function boundsRows(gate: Gate, course: CourseAnalysis, it: ReleasedOutcome): ReleasedTable['rows'] {
  const label = courseName(gate, course)
  const { improved, improved_if_missing_did_not: worst, improved_if_missing_did: best } = it
  const imputed = releaseImputed(gate, course, it)
  const share = ({ percent, low, high }: ReleasedShare) => estimateCell(percent, low, high)
  const bound = (view: ReleasedText, of: ReleasedShare) => ({
    ...{ label, view, n: it.baseline },
    ...{ improvement: say``, percent: share(of) },
  })
  return [
    {
      ...{ label, view: say`two scores only`, n: it.paired },
      improvement: estimateCell(it.improvement, it.improvement_low, it.improvement_high),
      percent: share(improved),
    },
    {
      ...{ label, view: say`missing imputed`, n: it.baseline },
      improvement: estimateCell(imputed.improvement, imputed.low, imputed.high),
      percent: estimateCell(imputed.percent, imputed.percent_low, imputed.percent_high),
    },
    ...(it.outcome.summary.categories === null
      ? []
      : [bound(say`none missing improved`, worst), bound(say`all missing improved`, best)]),
  ]
}

const IMPUTED_WORDS = {
  nobody_missing: 'nobody is missing',
  too_few_observed: 'too few to say',
  no_spread: 'every change is the same',
} as const

/**
 * The mean is a model's. The share is the released number of improved, and of the missing the share that was drawn: the exact
 * number of improved is in neither.
 */
function releaseImputed(gate: Gate, { imputed }: CourseAnalysis, it: ReleasedOutcome) {
  const n = imputed.n - imputed.n_missing
  const reason = gate.label(IMPUTED_WORDS[imputed.reason ?? 'too_few_observed'])
  const points = (value: number | null) => gate.statistic(value, { n, decimals: 1, reason })
  const drawn = gate.statistic(imputed.improved_share_of_missing, { n, decimals: 2, reason })
  const half = gate.statistic(halfWidth(imputed.improved_ci95), { n, decimals: 2, reason })
  const inputs = [it.improved.count, it.paired, it.baseline, drawn, half] as const
  const share = (side: -1 | 0 | 1) =>
    gate.derive(
      inputs,
      (improved, paired, everyone, ofMissing, reach) =>
        percentOf((improved + Math.max(0, everyone - paired) * ofMissing) / everyone + side * reach),
      { unit: 'percent' },
    )
  return {
    improvement: points(imputed.mean_improvement),
    low: points(imputed.improvement_ci95?.[0] ?? null),
    high: points(imputed.improvement_ci95?.[1] ?? null),
    percent: share(0),
    percent_low: share(-1),
    percent_high: share(1),
  }
}

function halfWidth(interval: readonly [number, number] | null): number | null {
  return interval === null ? null : (interval[1] - interval[0]) / 2
}

function percentOf(share: number): number {
  return 100 * Math.min(1, Math.max(0, share))
}

/**
 * What would have to be so of the missing for the conclusion to change, in plain words. Worked out from released numbers, since with
 * the exact means it would tell how many exactly are missing.
 */
function tippingWords(
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

/** None where nothing but the score is known, or nobody is missing. */
function differencesTable(gate: Gate, { differences, measure_name }: CourseAnalysis): ReleasedTable[] {
  const [first] = differences
  if (first === undefined || first.without_score.n === 0 || first.with_score.n === 0) return []
  return [
    table(
      gate,
      'missing-differences',
      `People with and without a second ${measure_name} score, at the start`,
      [
        ['label', 'At the start', 'text'],
        ['with_score', 'With', 'number'],
        ['without_score', 'Without', 'number'],
        ['difference', 'Difference, SD', 'number'],
      ],
      differences.map((it) => (it.kind === 'mean' ? meanRow(gate, it) : shareRow(gate, it))),
      [
        say`Difference: with less without, in standard deviations. Beyond 0.25 either way the two differ enough for the missing to matter.`,
      ],
    ),
  ]
}

function meanRow(gate: Gate, it: MissingDifference): ReleasedTable['rows'][number] {
  const mean = (side: MissingDifference['with_score']) => gate.statistic(side.value, { n: side.n, decimals: 1 })
  return {
    label: say`${gate.label(it.characteristic)} (mean)`,
    with_score: mean(it.with_score),
    without_score: mean(it.without_score),
    difference: gate.statistic(it.difference, {
      n: Math.min(it.with_score.n, it.without_score.n),
      decimals: 2,
      reason: say`no spread`,
    }),
  }
}

/** The difference is worked out from the released counts: from the exact ones it would give them away. */
function shareRow(gate: Gate, it: MissingDifference): ReleasedTable['rows'][number] {
  const [first, second] = [it.with_score, it.without_score].map(({ n, x }) =>
    gate.partition({ so: x ?? 0, not_so: n - (x ?? 0) }),
  ) as [Parted, Parted]
  return {
    label: gate.label(it.characteristic),
    with_score: gate.percentage(first.cells.so, first.total),
    without_score: gate.percentage(second.cells.so, second.total),
    difference: gate.derive(
      [first.cells.so, first.total, second.cells.so, second.total],
      (x1, n1, x2, n2) => standardisedProportionDifference(Math.min(x1, n1), n1, Math.min(x2, n2), n2),
      { decimals: 2, reason: say`no spread` },
    ),
  }
}

type Parted = ReturnType<Gate['partition']> & { readonly cells: Readonly<Record<'so' | 'not_so', Released>> }

function teamTable(gate: Gate, course: CourseAnalysis): ReleasedTable {
  return table(
    gate,
    'missing-teams',
    `The same by team, ${course.measure_name}`,
    [
      ['label', 'Team', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['entry', 'First score', 'count'],
      ['later', 'Any later score', 'count'],
      ['ended', 'Ended, with a first score', 'count'],
      ['end', 'Score at the end', 'count'],
      ['percent', 'At the end, of ended', 'percent'],
    ],
    course.flow.map((it) => {
      const { eligible, entry, later } = gate.stages({ eligible: it.n_eligible, entry: it.n_entry, later: it.n_later })
      const { ended, end } = gate.stages({ ended: it.n_ended, end: it.n_end })
      const label = it.team === null ? say`Not recorded` : gate.label(it.team)
      return { label, eligible, entry, later, ended, end, percent: gate.percentage(end, ended) }
    }),
    [say`Teams stand in the order of the alphabet: who sees whom decides much of this.`],
  )
}

/** Every score in one model beside the plain means of those who have one. None where nobody has a later score. */
function timeCourseTable(gate: Gate, course: CourseAnalysis): ReleasedTable[] {
  const { time_course: it, measure_name } = course
  if (it.reason !== null || it.timepoints.length === 0) return []
  return [
    table(
      gate,
      'time-course',
      `Improvement since the first ${measure_name} score, at every time point`,
      [
        ['label', 'Time point', 'text'],
        ['n', 'Scores', 'count'],
        ['plain', 'Of those with a score then, points', 'number'],
        ['model', 'Mixed model of every score, points', 'number'],
        ['range', '95% interval', 'text'],
      ],
      it.timepoints.map((point) => {
        const value = (number: number | null) => gate.statistic(number, { n: point.n_scores, decimals: 1 })
        const [low, high] = [value(point.improvement_ci95?.[0] ?? null), value(point.improvement_ci95?.[1] ?? null)]
        return {
          label: timepointWords(gate, point),
          n: gate.count(point.n_scores),
          plain: value(point.completers_improvement),
          model: value(point.improvement),
          range: intervalCell(low, high),
        }
      }),
      [
        it.random === 'slope'
          ? say`Mixed model: a level and a slope of each person’s own, by restricted maximum likelihood. It uses people with one score too, and is right if those who are missing fare like others with the same scores so far.`
          : say`Mixed model: a level of each person’s own, by restricted maximum likelihood. It uses people with one score too, and is right if those who are missing fare like others with the same scores so far.`,
        say`Positive is better.`,
      ],
    ),
  ]
}
