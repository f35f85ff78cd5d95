import type { Gate } from '../../src/disclosure/gate.ts'
import type { ReleasedText } from '../../src/disclosure/released.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { FEWEST_FOR_A_TEST } from './claim-words.ts'
import { courseName } from './release-course.ts'
import type { ReleasedOutcome, ReleasedShare } from './release-outcome.ts'
import { estimateCell, table } from './text.ts'

/** Completers, both bounds, imputation: one line each. */
export function boundsTable(
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
      say`Imputed: each missing score is drawn many times from what people with the same first score went on to score, and the results are pooled by Rubin’s rules: from a regression (a normal spread about it) or from people alike (a score that somebody with the same outlook did have, so never off the scale). In simulations of 15 to 100 people the first’s 95% intervals held the truth 94% to 97% of the time, the second’s 92% to 96%; those of two scores only 86% to 95%. Both are right if the missing fared like them. None and all missing improved are the ends between which the share lies whatever they did.`,
    ],
  )
}

function boundsRows(gate: Gate, course: CourseAnalysis, it: ReleasedOutcome): ReleasedTable['rows'] {
  const label = courseName(gate, course)
  const { improved, improved_if_missing_did_not: worst, improved_if_missing_did: best } = it
  const imputedRow = (view: ReleasedText, change: CourseAnalysis['imputed']) => {
    const imputed = releaseImputed(gate, change, it)
    return {
      ...{ label, view, n: it.baseline },
      improvement: estimateCell(imputed.improvement, imputed.low, imputed.high),
      percent: estimateCell(imputed.percent, imputed.percent_low, imputed.percent_high),
    }
  }
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
    imputedRow(say`missing imputed, from a regression`, course.imputed),
    imputedRow(say`missing imputed, from people alike`, course.imputed_matched),
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
function releaseImputed(gate: Gate, imputed: CourseAnalysis['imputed'], it: ReleasedOutcome) {
  const n = imputed.n - imputed.n_missing
  const reason = gate.label(IMPUTED_WORDS[imputed.reason ?? 'too_few_observed'])
  const fewest = { n: FEWEST_FOR_A_TEST.n, reason: gate.label(IMPUTED_WORDS.too_few_observed) }
  const points = (value: number | null) => gate.statistic(value, { n, decimals: 1, reason, fewest })
  const drawn = gate.statistic(imputed.improved_share_of_missing, { n, decimals: 2, reason, fewest })
  const half = gate.statistic(halfWidth(imputed.improved_ci95), { n, decimals: 2, reason, fewest })
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

/** The outcome of the scale that a course follows; undefined where it is not reported. */
export function outcomeOf(course: CourseAnalysis, outcomes: readonly ReleasedOutcome[]): ReleasedOutcome | undefined {
  return outcomes.find(
    ({ outcome }) => outcome.measure_id === course.measure_id && outcome.scale_id === course.scale_id,
  )
}
