import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import type { Better, XmrPoint } from '../../src/stats/xmr-types.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import { scaleName } from './outcome-figures.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { type ReleasedSeries, releaseImprovements, releaseStarts } from './release-series.ts'
import { monthInWords, table } from './text.ts'

/** Whether the service changes from month to month by more than chance. None where too few months can be shown. */
export function overTimeSections(
  gate: Gate,
  facts: RunFacts,
  { over_time }: ServiceAnalysis,
  main: ReleasedOutcome | undefined,
): ReportSection[] {
  const starts = releaseStarts(gate, facts, over_time)
  const own = over_time.improvements.filter(
    (it) => it.measure_id === main?.outcome.measure_id && it.scale_id === main.outcome.scale_id,
  )
  const improvements = main === undefined ? null : releaseImprovements(gate, facts, own)
  const figures = [
    starts === null ? null : xmrFigure(gate, starts, STARTS),
    improvements === null || main === undefined
      ? null
      : xmrFigure(gate, improvements, {
          id: 'over-time-improvement',
          name: say`Mean improvement in ${scaleName(gate, main)}`,
          y_title: say`Mean improvement, points`,
          better: 'higher',
          can_be_negative: true,
          decimals: 1,
          meaning: say`Each point is the mean improvement of those whose last score so far was in it; higher is better.`,
        }),
  ].filter((figure) => figure !== null)
  if (figures.length === 0) return []
  return [
    {
      id: 'over-time',
      title: say`Over time`,
      lead: say`Numbers go up and down from month to month by chance alone. These charts say which changes are more than that; a flagged point asks what happened then, and does not answer.`,
      figures,
      tables: [],
      notes: [
        say`Rules of NHS England’s Making Data Count. Mean and limits are never moved by the program itself: a new start is for people who know of a change to declare.`,
        say`Everything here is worked out from the numbers shown. A period that is withheld or missing stays a gap: it neither makes a run of points nor breaks one.`,
      ],
    },
  ]
}

interface SeriesWords {
  readonly id: string
  readonly name: ReleasedText
  readonly y_title: ReleasedText
  readonly better: Better | null
  readonly can_be_negative: boolean
  readonly decimals: number
  readonly meaning: ReleasedText
}

const STARTS: SeriesWords = {
  id: 'over-time-starts',
  name: say`Episodes started`,
  y_title: say`Episodes started`,
  better: null,
  can_be_negative: false,
  decimals: 1,
  meaning: say`More or fewer is neither better nor worse by itself.`,
}

/** Told apart by shape as much as by colour. */
const KINDS = {
  usual: { label: 'Usual variation', shape: 'circle', colour: '#768692' },
  improvement: { label: 'Unusual: better', shape: 'triangle-up', colour: '#003087' },
  concern: { label: 'Unusual: worse', shape: 'triangle-down', colour: '#b35a00' },
  neutral: { label: 'Unusual', shape: 'diamond', colour: '#212b32' },
} as const

function xmrFigure(gate: Gate, series: ReleasedSeries, words: SeriesWords): Figure {
  const { mean, lower, upper } = limitsOf(gate, series, words)
  const { points } = series.chart
  const rows = series.rows.map(({ value }, at) => {
    const point = points[at] as XmrPoint
    return {
      month: gate.label(point.period),
      value,
      mean,
      lower,
      upper,
      segment: gate.label('1'),
      ...kindOf(gate, point),
    }
  })
  return {
    id: words.id,
    title: titleOf(gate, series, words, mean),
    summary: say`${words.name} by ${step(series)}, with the mean (solid) and the limits of usual variation (dashed). ${words.meaning} ${limitWords(gate, series)}`,
    chart: 'xmr',
    rows,
    params: {
      y_title: words.y_title,
      y_domain: axisEnds(gate, [...rows.map((row) => row.value), lower, upper]),
      ...kindParams(gate, words),
    },
    table: table(
      gate,
      words.id,
      words.id === STARTS.id ? 'Episodes started, and what is unusual' : 'Mean improvement, and what is unusual',
      [
        ['period', series.months === 3 ? 'Quarter from' : 'Month', 'text'],
        ['value', words.id === STARTS.id ? 'Episodes started' : 'Mean improvement, points', 'number'],
        ['mean', 'Mean', 'number'],
        ['lower', 'Lower limit', 'number'],
        ['upper', 'Upper limit', 'number'],
        ['why', 'Why flagged', 'text'],
      ],
      series.rows.map(({ period, value }, at) => ({
        period: monthInWords(gate, period.start),
        value,
        mean,
        lower,
        upper,
        why: whyFlagged(gate, points[at] as XmrPoint),
      })),
    ),
  }
}

/** From the values shown and nothing else. */
function limitsOf(gate: Gate, { rows, chart }: ReleasedSeries, { can_be_negative, decimals }: SeriesWords) {
  const shown = rows.flatMap(({ value }) => (value.is_shown ? [value] : []))
  const [segment] = chart.segments
  const derived = (value: number | null | undefined, reason: ReleasedText): Released =>
    gate.derive(shown, () => value ?? null, { decimals, reason })
  const lowest = segment?.lower_limit ?? null
  const isBelowZero = !can_be_negative && lowest !== null && lowest < 0
  return {
    mean: derived(segment?.mean, say`no mean`),
    lower: derived(isBelowZero ? null : lowest, isBelowZero ? say`none: below 0` : say`no limits`),
    upper: derived(segment?.upper_limit, say`no limits`),
  }
}

function kindOf(gate: Gate, { flags: [first] }: XmrPoint) {
  return { kind: gate.label(KINDS[first?.meaning ?? 'usual'].label) }
}

function kindParams(gate: Gate, { better }: SeriesWords) {
  const kinds = better === null ? [KINDS.usual, KINDS.neutral] : [KINDS.usual, KINDS.improvement, KINDS.concern]
  return {
    kinds: kinds.map((kind) => gate.label(kind.label)),
    kind_shapes: kinds.map((kind) => gate.label(kind.shape)),
    kind_colours: kinds.map((kind) => gate.label(kind.colour)),
  }
}

function whyFlagged(gate: Gate, { flags }: XmrPoint): ReleasedText {
  return gate.label(flags.map((flag) => flag.words).join('; '))
}

function step({ months }: ReleasedSeries): 'month' | 'quarter' {
  return months === 3 ? 'quarter' : 'month'
}

function titleOf(gate: Gate, series: ReleasedSeries, { name }: SeriesWords, mean: Released): ReleasedText {
  const { points, n_points, variation } = series.chart
  const flagged = points.filter((point) => point.flags.length > 0).length
  const by = step(series)
  if (flagged === 0 && variation === null)
    return say`${name}: about ${mean} a ${by}; too few ${by}s yet to say what is usual`
  if (flagged === 0) return say`${name}: about ${mean} a ${by}, with no more than the usual variation`
  const unusual = say`${name}: ${gate.fact(flagged)} of ${gate.fact(n_points)} ${by}s are unusual`
  if (variation === null) return say`${unusual}, by limits that are still on trial`
  if (variation === 'common_cause') return say`${unusual}, the newest is not`
  if (variation === 'neutral') return say`${unusual}, the newest among them`
  return variation === 'improvement'
    ? say`${unusual}, the newest among them for the better`
    : say`${unusual}, the newest among them for the worse`
}

function limitWords(gate: Gate, series: ReleasedSeries): ReleasedText {
  const n = gate.fact(series.chart.n_points)
  return series.chart.segments[0]?.limits === 'trial'
    ? say`With ${n} ${step(series)}s the limits are on trial only: they count from 13.`
    : say`The limits rest on ${n} ${step(series)}s.`
}
