import type { HelpWanted } from '../../src/change/help-wanted.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import { benjaminiHochberg } from '../../src/stats/adjust-p.ts'
import { CLAIM_WORDS, FEWEST_FOR_A_TEST } from './claim-words.ts'
import { evidenceWords } from './evidence-words.ts'
import { helpCells, helpColumns, helpNotes } from './help-wanted.ts'
import { domainWords, scaleWords } from './measure-words.ts'
import type { ReleasedOutcome, ReleasedShare } from './release-outcome.ts'
import { inSentence, interval, intervalCell, pValue, table } from './text.ts'

/** `ReQoL-10` where the measure has one score, `DIALOG: quality of life` where it has several. */
export function scaleName(gate: Gate, { outcome }: ReleasedOutcome): ReleasedText {
  return gate.label(scaleWords(outcome.measure_name, outcome.scale_id, outcome.scale_label))
}

/** How many people are eligible, have a first score, and have two. */
export function completenessFunnel(gate: Gate, outcomes: readonly ReleasedOutcome[]): Figure {
  const stages = [
    ['Eligible', 'eligible'],
    ['First score', 'baseline'],
    ['Two scores', 'paired'],
  ] as const
  const rows = outcomes.flatMap((it) =>
    stages.map(([stage, key]) => ({ label: scaleName(gate, it), stage: gate.label(stage), people: it[key] })),
  )
  const [most] = outcomes
  const title =
    most === undefined
      ? say`No outcome measure was recorded`
      : say`${gate.percentage(most.paired, most.eligible)} of eligible episodes have two ${scaleName(gate, most)} scores`
  return {
    id: 'completeness-funnel',
    title,
    summary: say`For each measure: episodes that started since the measure came into use, those with a first score, and those with a second one far enough from the first.`,
    chart: 'completeness_funnel',
    rows,
    params: {
      x_title: gate.label('Episodes'),
      x_domain: axisEnds(
        gate,
        outcomes.map((it) => it.eligible),
      ),
    },
    table: table(
      gate,
      'completeness',
      'Who has scores',
      [
        ['label', 'Measure', 'text'],
        ['eligible', 'Eligible', 'count'],
        ['baseline', 'First score', 'count'],
        ['paired', 'Two scores', 'count'],
        ['percent', 'Two scores, of eligible', 'percent'],
      ],
      outcomes.map((it) => ({
        label: scaleName(gate, it),
        eligible: it.eligible,
        baseline: it.baseline,
        paired: it.paired,
        percent: gate.percentage(it.paired, it.eligible),
      })),
      [
        gate.policy.is_internal
          ? say`Eligible: episodes that started since the measure came into use.`
          : say`Eligible: episodes that started since the measure came into use. Each count is added up from rounded ones, so the same episodes may differ by five or ten between measures.`,
      ],
    ),
  }
}

const CATEGORIES = [
  ['Reliably improved', 'improved'],
  ['No reliable change', 'no_change'],
  ['Reliably deteriorated', 'deteriorated'],
] as const

/** Improved, no change, deteriorated, with intervals. Scales without a threshold are not drawn. */
export function categoryBars(gate: Gate, outcomes: readonly ReleasedOutcome[]): Figure | null {
  const drawn = outcomes.filter((it) => it.outcome.summary.categories !== null && it.improved.percent.value !== null)
  const [main] = drawn
  if (main === undefined) return null
  const share = (it: ReleasedOutcome, key: (typeof CATEGORIES)[number][1]): ReleasedShare => it[key]
  return {
    id: 'categories',
    title: say`${scaleName(gate, main)}: ${main.improved.percent} reliably improved; reliably deteriorated: ${main.deteriorated.percent}`,
    summary: say`Shares of people with two scores whose change reached the threshold of the measure, with Wilson 95% intervals. Of the people with two ${scaleName(gate, main)} scores, ${main.improved.percent} reliably improved, between ${main.improved.low} and ${main.improved.high} given the numbers.`,
    chart: 'category_bars',
    rows: drawn.flatMap((it) =>
      CATEGORIES.map(([category, key]) => ({
        label: scaleName(gate, it),
        category: gate.label(category),
        percent: share(it, key).percent,
        low: share(it, key).low,
        high: share(it, key).high,
      })),
    ),
    params: { x_title: gate.label('Per cent of people with two scores'), x_domain: [gate.fact(0), gate.fact(100)] },
    table: table(
      gate,
      'categories',
      'Reliable change',
      [
        ['label', 'Measure', 'text'],
        ['threshold', 'Threshold, points', 'text'],
        ['n', 'Two scores', 'count'],
        ['improved', 'Improved', 'percent'],
        ['improved_range', '95% interval', 'text'],
        ['no_change', 'No change', 'percent'],
        ['deteriorated', 'Deteriorated', 'percent'],
        ['deteriorated_range', '95% interval', 'text'],
        ['worst', 'Improved, if all missing did not', 'percent'],
        ['best', 'Improved, if all missing did', 'percent'],
      ],
      drawn.map((it) => ({
        label: scaleName(gate, it),
        threshold: thresholdWords(gate, it),
        n: it.paired,
        improved: it.improved.percent,
        improved_range: intervalCell(it.improved.low, it.improved.high),
        no_change: it.no_change.percent,
        deteriorated: it.deteriorated.percent,
        deteriorated_range: intervalCell(it.deteriorated.low, it.deteriorated.high),
        worst: it.improved_if_missing_did_not.percent,
        best: it.improved_if_missing_did.percent,
      })),
      [
        say`A change equal to the threshold counts as reliable. "Missing" are people with a first score and no second one.`,
      ],
    ),
  }
}

function thresholdWords(gate: Gate, { outcome }: ReleasedOutcome): ReleasedText {
  const { categories } = outcome.summary
  if (categories === null) return say`no threshold`
  return say`${gate.fact(categories.reliable_change.points)} (${gate.label(evidenceWords(categories.reliable_change.status))})`
}

/** Mean improvement in standard deviations of the first score, so that measures can share an axis. */
export function changeForest(gate: Gate, outcomes: readonly ReleasedOutcome[]): Figure | null {
  const drawn = outcomes.filter((it) => it.d_pre.is_shown)
  const [main] = drawn
  if (main === undefined) return null
  const ends = drawn.flatMap((it) => [it.d_pre_low, it.d_pre, it.d_pre_high])
  return {
    id: 'improvement',
    title: improvementTitle(gate, main),
    summary: say`Mean change between first and last score, in standard deviations of the first score; right of zero is better. Bars are 95% intervals. This is change seen in people with two scores, not the effect of the service.`,
    chart: 'change_forest',
    rows: drawn.map((it) => ({
      label: scaleName(gate, it),
      mean: it.d_pre,
      low: it.d_pre_low,
      high: it.d_pre_high,
      note: say`${it.d_pre} (${interval(it.d_pre_low, it.d_pre_high)})`,
    })),
    params: {
      x_title: gate.label('Mean improvement, standard deviations of the first score'),
      x_domain: axisEnds(gate, ends),
    },
    table: table(
      gate,
      'change',
      'Change between first and last score',
      [
        ['label', 'Measure', 'text'],
        ['n', 'Two scores', 'count'],
        ['mean_pre', 'Mean first', 'number'],
        ['mean_post', 'Mean last', 'number'],
        ['improvement', 'Mean improvement, points', 'number'],
        ['range', '95% interval', 'text'],
        ['d_pre', 'd, on first SD', 'number'],
        ['dz', 'dz', 'number'],
        ['wilcoxon', 'Wilcoxon p', 'number'],
      ],
      drawn.map((it) => ({
        label: scaleName(gate, it),
        n: it.paired,
        mean_pre: it.mean_pre,
        mean_post: it.mean_post,
        improvement: it.improvement,
        range: intervalCell(it.improvement_low, it.improvement_high),
        d_pre: it.d_pre,
        dz: it.dz,
        wilcoxon: pValue(it.wilcoxon_p),
      })),
      [
        say`Positive is better for every measure, whichever way its scores run.`,
        say`d is the mean improvement in standard deviations of the first scores; dz in standard deviations of the change.`,
      ],
    ),
  }
}

/** What the interval allows to be said of a mean improvement. */
export function improvementTitle(gate: Gate, it: ReleasedOutcome): ReleasedText {
  const low = it.improvement_low.value
  const high = it.improvement_high.value
  if (low === null || high === null) return say`${scaleName(gate, it)}: too few people with two scores to say`
  const range = interval(it.improvement_low, it.improvement_high)
  if (low > 0) {
    return say`${scaleName(gate, it)} scores are better by ${it.improvement} points on average (95% interval ${range})`
  }
  if (high < 0) {
    return say`${scaleName(gate, it)} scores are worse on average: ${it.improvement} points (95% interval ${range})`
  }
  return say`${scaleName(gate, it)}: no clear change on average, ${it.improvement} points (95% interval ${range})`
}

/** DIALOG's eight life domains, first against last. Null where DIALOG was not used or too few have two ratings. */
export function domainProfile(
  gate: Gate,
  items: readonly ReleasedOutcome[],
  help: readonly HelpWanted[],
): Figure | null {
  const drawn = items.filter((it) => it.mean_pre.is_shown && it.mean_post.is_shown)
  if (drawn.length === 0) return null
  const largest = drawn.reduce((a, b) => ((b.improvement.value ?? 0) > (a.improvement.value ?? 0) ? b : a))
  const domain = (it: ReleasedOutcome) => gate.label(domainWords(it.outcome.scale_label))
  const adjusted = benjaminiHochberg(drawn.map((it) => it.outcome.summary.statistics.p))
  return {
    id: 'dialog-domains',
    title: say`DIALOG: the largest mean rise is in ${gate.label(inSentence(domainWords(largest.outcome.scale_label)))}, ${largest.improvement} points`,
    summary: say`Mean satisfaction at the first and last DIALOG in each domain, on its scale of 1 to 7; higher is better.`,
    chart: 'domain_profile',
    rows: drawn.map((it) => ({ label: domain(it), pre: it.mean_pre, post: it.mean_post })),
    params: {
      x_title: gate.label('Mean satisfaction, 1 to 7'),
      x_domain: [gate.fact(1), gate.fact(7)],
      pre_label: gate.label('First'),
      post_label: gate.label('Last'),
    },
    table: table(
      gate,
      'dialog-domains',
      'DIALOG domains',
      [
        ['label', 'Domain', 'text'],
        ['n', 'Two ratings', 'count'],
        ['pre', 'Mean first', 'number'],
        ['post', 'Mean last', 'number'],
        ['change', 'Mean improvement', 'number'],
        ['range', '95% interval', 'text'],
        ['p', 'p, Benjamini–Hochberg', 'number'],
        ...helpColumns(help),
      ],
      drawn.map((it, i) => ({
        label: domain(it),
        n: it.paired,
        pre: it.mean_pre,
        post: it.mean_post,
        change: it.improvement,
        range: intervalCell(it.improvement_low, it.improvement_high),
        p: pValue(screenedP(gate, it, adjusted[i] ?? null)),
        ...helpCells(gate, it, help),
      })),
      [
        say`Eight domains are looked at together: one that stands out may do so by chance. The p values (paired t) allow for that: of those below 0.05, no more than about one in twenty is expected to stand out by chance.`,
        ...helpNotes(help),
      ],
    ),
  }
}

function screenedP(gate: Gate, { outcome }: ReleasedOutcome, p: number | null) {
  const { statistics, funnel } = outcome.summary
  const reason = say`${CLAIM_WORDS[statistics.reason ?? 'no_pairs']}`
  return gate.statistic(p, { n: funnel.n_paired, decimals: 3, reason, fewest: FEWEST_FOR_A_TEST })
}

export const SCATTER_WORDS = {
  improved: 'Reliably improved',
  no_change: 'No reliable change',
  deteriorated: 'Reliably deteriorated',
  no_threshold: 'No threshold',
} as const

/** Each person's first and last score. Internal reports only: every mark is one person. */
export function scoreScatter(gate: Gate, it: ReleasedOutcome): Figure | null {
  const { outcome } = it
  const { categories, recovery } = outcome.summary
  if (!gate.policy.is_internal || outcome.scatter.length === 0 || categories === null) return null
  const score = (value: number) => gate.statistic(value, { n: outcome.scatter.length, decimals: 2 })
  return {
    id: `scatter-${outcome.measure_id}-${outcome.scale_id}`,
    title: say`${scaleName(gate, it)}: ${it.improved.count} of ${it.paired} people reliably improved, ${it.deteriorated.count} reliably deteriorated`,
    summary: say`Each person’s first and last score, one mark a person. Marks on the diagonal did not change; marks outside the band changed by at least ${gate.fact(categories.reliable_change.points)} points.`,
    chart: 'rci_scatter',
    rows: outcome.scatter.map((point) => ({
      pre: score(point.pre_score),
      post: score(point.post_score),
      category: gate.label(SCATTER_WORDS[point.category]),
    })),
    params: {
      x_title: gate.label('First score'),
      y_title: gate.label('Last score'),
      domain: [gate.fact(outcome.min_score), gate.fact(outcome.max_score)],
      reliable_change: gate.fact(categories.reliable_change.points),
      cutoffs: recovery === null ? [] : [gate.fact(recovery.cutoff.value)],
      categories: (['improved', 'no_change', 'deteriorated'] as const).map((it) => gate.label(SCATTER_WORDS[it])),
    },
    table: table(
      gate,
      `scatter-${outcome.measure_id}-${outcome.scale_id}`,
      `People by category, ${outcome.measure_name}`,
      [
        ['category', 'Category', 'text'],
        ['people', 'People', 'count'],
      ],
      [
        { category: gate.label('Reliably improved'), people: it.improved.count },
        { category: gate.label('No reliable change'), people: it.no_change.count },
        { category: gate.label('Reliably deteriorated'), people: it.deteriorated.count },
      ],
    ),
    internal_only: true,
  }
}
