import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import { mean } from '../../src/stats/describe.ts'
import { xmrChart } from '../../src/stats/xmr.ts'
import type { Better, XmrChart } from '../../src/stats/xmr-types.ts'
import type { RunFacts } from '../analysis.ts'
import type { ImprovementMonth, ServiceOverTime } from '../service-profile.ts'
import { isIn, type Period, periodsOf } from './periods.ts'

/** One value a period, as released, and the chart made of what is shown. A withheld period is a gap. */
export interface ReleasedSeries {
  readonly months: number
  readonly rows: readonly { readonly period: Period; readonly value: Released }[]
  readonly chart: XmrChart
}

/** Fewer periods than this say nothing about what is usual. */
const FEWEST_PERIODS = 8
const ENOUGH_SHOWN = 0.8
/** Rounded counts of fewer steps of rounding move by the rounding itself. */
const ROUNDING_STEPS = 4
/** A mean of fewer people moves with each of them. */
const FEWEST_PEOPLE = 5

/** Episodes that started, by month, or by quarter where months hold too few to show. */
export function releaseStarts(gate: Gate, facts: RunFacts, { starts }: ServiceOverTime): ReleasedSeries | null {
  const months = starts.map((it) => it.month)
  const least = ROUNDING_STEPS * (gate.policy.rounding_base - 1)
  const release = (period: Period) =>
    gate.count(sum(starts.filter(({ month }) => isIn(period, month)).map((it) => it.n)))
  return firstThatShows(facts, months, { better: null, least }, release)
}

/** Mean improvement of those whose last score so far was in the period. */
export function releaseImprovements(
  gate: Gate,
  facts: RunFacts,
  improvements: readonly ImprovementMonth[],
): ReleasedSeries | null {
  const months = improvements.map((it) => it.month)
  return firstThatShows(facts, months, { better: 'higher', least: null }, (period) => {
    const own = improvements.filter(({ month }) => isIn(period, month))
    const n = sum(own.map((it) => it.n))
    if (gate.policy.is_internal && n < FEWEST_PEOPLE) return gate.absent(say`fewer than 5 people`)
    return gate.statistic(n === 0 ? null : sum(own.map((it) => it.sum_improvement)) / n, { n, decimals: 1 })
  })
}

function firstThatShows(
  facts: RunFacts,
  months: readonly string[],
  { better, least }: { readonly better: Better | null; readonly least: number | null },
  release: (period: Period) => Released,
): ReleasedSeries | null {
  for (const step of [1, 3]) {
    const rows = wholePeriods(facts, months, step).map((period) => ({ period, value: release(period) }))
    const shown = rows.filter((row) => row.value.is_shown)
    if (shown.length < FEWEST_PERIODS || shown.length < rows.length * ENOUGH_SHOWN) continue
    if (least !== null && (mean(shown.map((row) => row.value.value as number)) ?? 0) < least) continue
    const series = rows.map(({ period, value }) => ({ period: period.start, value: value.value }))
    return { months: step, rows, chart: xmrChart(series, { better }) }
  }
  return null
}

/** A period that the data cover in part only would look like a fall. */
function wholePeriods({ data_end }: RunFacts, months: readonly string[], step: number): readonly Period[] {
  const first = months.reduce((least, month) => (month < least ? month : least), '9999')
  const last = months.reduce((most, month) => (month > most ? month : most), '')
  const isEndOfMonth = data_end.slice(8) >= '28'
  return periodsOf(months, step).filter((period) => {
    const isAfterFirst = step === 1 || period.start >= first
    const isBeforeEnd = !isIn(period, data_end) || (step === 1 && isEndOfMonth)
    const isBeforeLast = step === 1 || !isIn(period, last) || isIn({ start: last, months: 1 }, lastMonthOf(period))
    return isAfterFirst && isBeforeEnd && isBeforeLast
  })
}

function lastMonthOf({ start, months }: Period): string {
  const month = Number(start.slice(5, 7)) + months - 1
  return `${start.slice(0, 5)}${String(month).padStart(2, '0')}-01`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
