import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import {
  type InterruptedReason,
  type InterruptedSeries,
  interruptedSeries,
} from '../../src/stats/interrupted-series.ts'
import type { Coefficient } from '../../src/stats/linear-regression.ts'
import type { ReleasedSeries, SeriesChange } from './release-series.ts'
import type { NamedSeries } from './spc-summary.ts'
import { dateInWords, estimateCell, interval, monthInWords, table } from './text.ts'
import { type SeriesWords, seriesFigureId, step } from './xmr-figure.ts'

interface Looked extends NamedSeries {
  readonly change: SeriesChange
  readonly found: InterruptedSeries
}

const REASONS: Readonly<Record<InterruptedReason, string>> = {
  fewer_than_3_before: 'fewer than 3 before',
  fewer_than_3_after: 'fewer than 3 after',
  no_variation: 'no variation',
  not_estimable: 'cannot be estimated',
}

/** Level and slope before and after each declared change, from the numbers shown; a chart of the first that can be estimated. */
export function interruptionParts(
  gate: Gate,
  all: readonly NamedSeries[],
): {
  readonly figures: readonly Figure[]
  readonly tables: readonly ReleasedTable[]
  readonly notes: readonly ReleasedText[]
} {
  const looked = all.flatMap(({ series, words }) =>
    series.changes.map((change): Looked => ({ series, words, change, found: estimated(series, change) })),
  )
  if (looked.length === 0) return { figures: [], tables: [], notes: [] }
  const drawn =
    looked.find((it) => it.found.reason === null && it.series.id !== 'starts') ??
    looked.find((it) => it.found.reason === null)
  return {
    figures: drawn === undefined ? [] : [figureOf(gate, drawn)],
    tables: [tableOf(gate, looked)],
    notes: [
      say`Before and after a declared change: what happened then, not what the change did. Whatever else began about that time is in it too, seasons are not taken out, and no other service stands beside it. A period that the change fell inside counts as before.`,
    ],
  }
}

function estimated({ rows }: ReleasedSeries, { at }: SeriesChange): InterruptedSeries {
  const points = rows.flatMap(({ value }, time) => (value.value === null ? [] : [{ time, value: value.value }]))
  return interruptedSeries(points, at)
}

function tableOf(gate: Gate, looked: readonly Looked[]): ReleasedTable {
  return table(
    gate,
    'over-time-changes',
    'Before and after each declared change',
    [
      ['change', 'Declared change', 'text'],
      ['series', 'Series', 'text'],
      ['before', 'Points before', 'number'],
      ['after', 'Points after', 'number'],
      ['level', 'Jump at the change (95% interval)', 'text'],
      ['slope', 'Change of slope, a period (95% interval)', 'text'],
      ['errors', 'Standard errors', 'text'],
    ],
    looked.map(({ series, words, change, found }) => ({
      change: say`${gate.label(change.what)}, ${dateInWords(gate, change.date)}`,
      series: say`${gate.label(words.short)}, by ${step(series)}`,
      before: gate.fact(found.n_before),
      after: gate.fact(found.n_after),
      level: coefficientCell(gate, series, words, found, found.level_change),
      slope: coefficientCell(gate, series, words, found, found.slope_change),
      errors: errorsWords(gate, found),
    })),
  )
}

/** From the values shown and nothing else. */
function release(gate: Gate, { rows }: ReleasedSeries, words: SeriesWords, found: InterruptedSeries) {
  const shown = rows.flatMap(({ value }) => (value.is_shown ? [value] : []))
  const reason = gate.label(found.reason === null ? '' : REASONS[found.reason])
  return (value: number | null): Released =>
    gate.derive(shown, () => value, { decimals: words.decimals + 1, reason: say`not estimated: ${reason}` })
}

function coefficientCell(
  gate: Gate,
  series: ReleasedSeries,
  words: SeriesWords,
  found: InterruptedSeries,
  it: Coefficient | null,
) {
  const released = release(gate, series, words, found)
  return estimateCell(released(it?.estimate ?? null), released(it?.ci95[0] ?? null), released(it?.ci95[1] ?? null))
}

function errorsWords(gate: Gate, { standard_errors, lag }: InterruptedSeries): ReleasedText {
  if (standard_errors === null) return gate.label('')
  return standard_errors === 'ols' ? say`least squares: under 12 points` : say`Newey–West, lag ${gate.fact(lag ?? 0)}`
}

/** The line before carried on, dashed, beside the line after. */
function figureOf(gate: Gate, { series, words, change, found }: Looked): Figure {
  const released = release(gate, series, words, found)
  const line = (time: number) => (found.intercept as number) + (found.slope_before?.estimate as number) * time
  const after = (time: number) =>
    line(time) +
    (found.level_change?.estimate as number) +
    (found.slope_change?.estimate as number) * (time - change.at)
  const none = gate.absent(say`not drawn`)
  const first = series.rows.findIndex((it) => it.value.is_shown)
  const numbers = series.rows.map(({ value }, time) => ({
    value,
    before: time >= first && time < change.at ? released(line(time)) : none,
    carried_on: time >= change.at ? released(line(time)) : none,
    after: time >= change.at ? released(after(time)) : none,
  }))
  const ends = axisEnds(
    gate,
    numbers.flatMap((it) => Object.values(it)),
  )
  const level = found.level_change as Coefficient
  const jump = released(level.estimate)
  const range = interval(released(level.ci95[0]), released(level.ci95[1]))
  const isClear = level.ci95[0] > 0 || level.ci95[1] < 0
  const what = say`${gate.label(change.what)}, ${dateInWords(gate, change.date)}`
  return {
    id: `${seriesFigureId(series.id)}-change`,
    title: isClear
      ? say`${words.name}: a jump of ${jump}${words.unit} when this began: ${gate.label(change.what)}`
      : say`${words.name}: no clear jump when this began: ${gate.label(change.what)}`,
    summary: say`${words.name}, by ${step(series)}, with a straight line before and one after (solid) and the line before carried on (dashed). The upright line is the change: ${what}. Jump ${jump}, 95% interval ${range}; change of slope a ${step(series)} ${released((found.slope_change as Coefficient).estimate)}, 95% interval ${interval(released((found.slope_change as Coefficient).ci95[0]), released((found.slope_change as Coefficient).ci95[1]))}; ${errorsWords(gate, found)}.`,
    chart: 'interrupted_series',
    rows: numbers.map((row, at) => ({
      ...row,
      month: gate.label(series.rows[at]?.period.start as string),
      y_title: gate.label(words.column),
      y_low: ends[0],
      y_high: ends[1],
      change: gate.label(at === change.at ? 'change' : ''),
    })),
    table: table(
      gate,
      `${seriesFigureId(series.id)}-change`,
      `${words.short} before and after a declared change`,
      [
        ['period', series.months === 3 ? 'Quarter from' : 'Month', 'text'],
        ['value', words.column, 'number'],
        ['before', 'Line before', 'number'],
        ['carried_on', 'Line before, carried on', 'number'],
        ['after', 'Line after', 'number'],
      ],
      numbers.map((row, at) => ({ ...row, period: monthInWords(gate, series.rows[at]?.period.start as string) })),
    ),
  }
}
