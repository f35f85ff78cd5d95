import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import type { XmrPoint } from '../../src/stats/xmr-types.ts'
import type { SeriesId } from '../over-time.ts'
import { scaleName } from './outcome-figures.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { BETTER, type ReleasedSeries } from './release-series.ts'
import { dateInWords, join, monthInWords, table } from './text.ts'

export interface SeriesWords {
  readonly name: ReleasedText
  readonly short: string
  readonly column: string
  readonly decimals: number
  readonly can_be_negative: boolean
  readonly is_percent: boolean
  readonly meaning: ReleasedText
  /** Said after a value in a sentence. */
  readonly unit: '' | '%' | ' points' | ' a person-year'
}

/** How a series is called; `main` is the outcome that improvement and completeness are of. */
export function seriesWords(gate: Gate, id: SeriesId, main: ReleasedOutcome | undefined): SeriesWords {
  const scale = main === undefined ? gate.label('') : scaleName(gate, main)
  const words: Readonly<Record<SeriesId, SeriesWords>> = {
    starts: {
      ...PLAIN,
      name: say`Episodes started`,
      short: 'Episodes started',
      column: 'Episodes started',
      meaning: say`More or fewer is neither better nor worse by itself.`,
    },
    improvement: {
      ...PLAIN,
      name: say`Mean improvement in ${scale}`,
      short: 'Mean improvement',
      column: 'Mean improvement, points',
      can_be_negative: true,
      unit: ' points',
      meaning: say`Each point is the mean improvement of those whose last score so far was in it; higher is better.`,
    },
    completeness: {
      ...PLAIN,
      name: say`Two scores of ${scale} by the time people leave`,
      short: 'Two scores on leaving',
      column: 'Have two scores, %',
      is_percent: true,
      unit: '%',
      meaning: say`Of the eligible episodes that ended in it, the share with two scores; higher is better. Episodes that are still open are not asked for their second score yet.`,
    },
    did_not_attend: {
      ...PLAIN,
      name: say`Contacts missed`,
      short: 'Contacts missed',
      column: 'Did not attend, %',
      is_percent: true,
      unit: '%',
      meaning: say`Of contacts that were kept or that the person did not attend, the share not attended; lower is better. Cancelled contacts are not counted.`,
    },
    emergency: {
      ...PLAIN,
      name: say`Emergency contacts of people who have joined`,
      short: 'Emergency contacts',
      column: 'Per person-year',
      decimals: 2,
      unit: ' a person-year',
      meaning: say`All emergency contacts that were supplied, of everyone from the day they joined, per person-year followed; lower is better. A rate, as more people are followed later; where use falls after joining, a rate of people who joined longer and longer ago falls by that alone.`,
    },
  }
  return words[id]
}

const PLAIN = { unit: '', decimals: 1, can_be_negative: false, is_percent: false } as const

/** Told apart by shape as much as by colour. */
export const KINDS = {
  usual: { label: 'Usual variation', shape: 'circle', colour: '#768692' },
  improvement: { label: 'Unusual: better', shape: 'triangle-up', colour: '#003087' },
  concern: { label: 'Unusual: worse', shape: 'triangle-down', colour: '#b35a00' },
  neutral: { label: 'Unusual', shape: 'diamond', colour: '#212b32' },
} as const

/** Tables and charts over time are called `over-time-` and their series. */
export function seriesFigureId(id: SeriesId): string {
  return `over-time-${id.replaceAll('_', '-')}`
}

/** The chart of one series, its limits and why each point is flagged. */
export function xmrFigure(gate: Gate, series: ReleasedSeries, words: SeriesWords): Figure {
  const limits = limitsOf(gate, series, words)
  const { points } = series.chart
  const target = series.chart.target === null ? gate.absent(say`no target`) : gate.fact(series.chart.target)
  const numbers = series.rows.map(({ value }, at) => {
    const { mean, lower, upper } = limits[(points[at] as XmrPoint).segment - 1] as SegmentLimits
    return { value, mean, lower, upper }
  })
  const ends = axisEnds(gate, [...numbers.flatMap((it) => Object.values(it)), target])
  return {
    id: seriesFigureId(series.id),
    title: titleOf(gate, series, words, (limits.at(-1) as SegmentLimits).mean),
    summary: summaryOf(gate, series, words, target),
    chart: 'xmr',
    rows: numbers.map((row, at) => ({
      ...row,
      month: gate.label((points[at] as XmrPoint).period),
      y_title: gate.label(words.column),
      y_low: ends[0],
      y_high: ends[1],
      target,
      change: changeAt(gate, series, at),
      segment: gate.label(String.fromCharCode(64 + (points[at] as XmrPoint).segment)),
      kind: kindOf(gate, points[at] as XmrPoint),
    })),
    params: kindParams(gate, series.id),
    table: tableOf(gate, series, words, numbers),
  }
}

interface SegmentLimits {
  readonly mean: Released
  readonly lower: Released
  readonly upper: Released
}

/** From the values shown in each segment and nothing else. */
function limitsOf(gate: Gate, { rows, chart }: ReleasedSeries, words: SeriesWords): SegmentLimits[] {
  return chart.segments.map((segment) => {
    const shown = rows.flatMap(({ value }, at) =>
      value.is_shown && chart.points[at]?.segment === segment.segment ? [value] : [],
    )
    const derived = (value: number | null, reason: ReleasedText): Released =>
      gate.derive(shown, () => value, { decimals: words.decimals, reason })
    const { mean, lower_limit: lower, upper_limit: upper } = segment
    const isBelow = !words.can_be_negative && lower !== null && lower < 0
    const isAbove = words.is_percent && upper !== null && upper > 100
    return {
      mean: derived(mean, say`no mean`),
      lower: derived(isBelow ? null : lower, isBelow ? say`none: below 0` : say`no limits`),
      upper: derived(isAbove ? null : upper, isAbove ? say`none: above 100` : say`no limits`),
    }
  })
}

/** The letter of a change that begins with this period. */
function changeAt(gate: Gate, { changes }: ReleasedSeries, row: number): ReleasedText {
  const letters = changes.flatMap((it, nth) => (it.at === row ? [changeLetter(nth)] : []))
  return gate.label(letters.join(' '))
}

function changeLetter(nth: number): string {
  return String.fromCharCode(65 + nth)
}

function kindOf(gate: Gate, { flags: [first] }: XmrPoint): ReleasedText {
  return gate.label(KINDS[first?.meaning ?? 'usual'].label)
}

function kindParams(gate: Gate, id: SeriesId) {
  const kinds = BETTER[id] === null ? [KINDS.usual, KINDS.neutral] : [KINDS.usual, KINDS.improvement, KINDS.concern]
  return {
    kinds: kinds.map((kind) => gate.label(kind.label)),
    kind_shapes: kinds.map((kind) => gate.label(kind.shape)),
    kind_colours: kinds.map((kind) => gate.label(kind.colour)),
  }
}

function tableOf(
  gate: Gate,
  series: ReleasedSeries,
  words: SeriesWords,
  numbers: readonly (SegmentLimits & { value: Released })[],
) {
  return table(
    gate,
    seriesFigureId(series.id),
    `${words.short}, and what is unusual`,
    [
      ['period', series.months === 3 ? 'Quarter from' : 'Month', 'text'],
      ['value', words.column, 'number'],
      ['mean', 'Mean', 'number'],
      ['lower', 'Lower limit', 'number'],
      ['upper', 'Upper limit', 'number'],
      ['why', 'Why flagged', 'text'],
    ],
    numbers.map((row, at) => ({
      ...row,
      period: monthInWords(gate, series.rows[at]?.period.start as string),
      why: gate.label((series.chart.points[at] as XmrPoint).flags.map((flag) => flag.words).join('; ')),
    })),
  )
}

/** `month` or `quarter`. */
export function step({ months }: ReleasedSeries): 'month' | 'quarter' {
  return months === 3 ? 'quarter' : 'month'
}

function titleOf(gate: Gate, series: ReleasedSeries, { name, unit }: SeriesWords, mean: Released): ReleasedText {
  const { points, n_points, variation } = series.chart
  const flagged = points.filter((point) => point.flags.length > 0).length
  const by = step(series)
  if (flagged === 0 && variation === null)
    return say`${name}: about ${mean}${unit} in a ${by}; too few ${by}s yet to say what is usual`
  if (flagged === 0) return say`${name}: about ${mean}${unit} in a ${by}, with no more than the usual variation`
  const unusual = say`${name}: ${gate.fact(flagged)} of ${gate.fact(n_points)} ${by}s are unusual`
  if (variation === null) return say`${unusual}, by limits that are still on trial`
  if (variation === 'common_cause') return say`${unusual}, the newest is not`
  if (variation === 'neutral') return say`${unusual}, the newest among them`
  return variation === 'improvement'
    ? say`${unusual}, the newest among them for the better`
    : say`${unusual}, the newest among them for the worse`
}

function summaryOf(gate: Gate, series: ReleasedSeries, words: SeriesWords, target: Released): ReleasedText {
  const aim = target.is_shown ? say` The dotted line is the target, ${target}${words.unit}.` : say``
  const drawn = say`${words.name}, by ${step(series)}, with the mean (solid) and the limits of usual variation (dashed).${aim}`
  return join([drawn, words.meaning, limitWords(gate, series), ...changeWords(gate, series)], ' ')
}

function limitWords(gate: Gate, series: ReleasedSeries): ReleasedText {
  const last = series.chart.segments.at(-1)
  const n = gate.fact(last?.n_points ?? 0)
  const since = series.chart.segments.length > 1 ? say` since the new start` : say``
  return last?.limits === 'trial'
    ? say`With ${n} ${step(series)}s${since} the limits are on trial only: they count from 13.`
    : say`The limits rest on ${n} ${step(series)}s${since}.`
}

function changeWords(gate: Gate, { changes }: ReleasedSeries): ReleasedText[] {
  return changes.map((it, nth) => {
    const said = say`${gate.label(changeLetter(nth))}: ${gate.label(it.what)}, ${dateInWords(gate, it.date)}`
    return it.is_rebase ? say`${said}; mean and limits start anew there, as the project declares.` : say`${said}.`
  })
}
