import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import { mean } from '../../src/stats/describe.ts'
import { xmrChart } from '../../src/stats/xmr.ts'
import type { Better, XmrChart } from '../../src/stats/xmr-types.ts'
import type { RunFacts } from '../analysis.ts'
import type { DeclaredChange, SeriesId, ServiceOverTime } from '../over-time.ts'
import { isIn, type Period, periodsOf } from './periods.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { releaseTime } from './release-usage.ts'

/** One value a period, as released, and the chart made of what is shown. A withheld period is a gap. */
export interface ReleasedSeries {
  readonly id: SeriesId
  readonly months: number
  readonly rows: readonly { readonly period: Period; readonly value: Released }[]
  readonly chart: XmrChart
  readonly changes: readonly SeriesChange[]
}

/** A declared change, and the row of the first whole period from its day on. */
export interface SeriesChange extends DeclaredChange {
  readonly at: number
}

export const BETTER: Readonly<Record<SeriesId, Better | null>> = {
  starts: null,
  improvement: 'higher',
  completeness: 'higher',
  did_not_attend: 'lower',
  emergency: 'lower',
}

/** Fewer periods than this say nothing about what is usual. */
const FEWEST_PERIODS = 8
const ENOUGH_SHOWN = 0.8
/** Rounded counts of fewer steps of rounding move by the rounding itself. */
const ROUNDING_STEPS = 4
/** Counts, or wholes of a share, of fewer move by one more or one less. */
const FEWEST_COUNTED = 5
/** A mean of fewer people moves with each of them. */
const FEWEST_PEOPLE = 5
/** A rate of fewer person-months moves with every event. */
const FEWEST_PERSON_MONTHS = 20
const DAYS_A_MONTH = 365.25 / 12

/** Every series of which enough can be shown, by month, or by quarter where months hold too few. */
export function releaseAllSeries(
  gate: Gate,
  facts: RunFacts,
  over_time: ServiceOverTime,
  main: ReleasedOutcome | undefined,
): readonly ReleasedSeries[] {
  const isMain = (it: { measure_id: string; scale_id: string }) =>
    it.measure_id === main?.outcome.measure_id && it.scale_id === main.outcome.scale_id
  const sources: Readonly<Record<SeriesId, Source>> = {
    starts: starts(gate, over_time),
    improvement: improvements(gate, over_time.improvements.filter(isMain)),
    completeness: completeness(gate, over_time.endings.filter(isMain)),
    did_not_attend: didNotAttend(gate, over_time.contacts),
    emergency: emergency(gate, over_time.emergency),
  }
  return (Object.keys(sources) as SeriesId[]).flatMap((id) => firstThatShows(gate, facts, id, sources[id], over_time))
}

/** `size`: the count that one more, or the rounding, would move; null where nothing is counted. */
interface Source {
  readonly months: readonly string[]
  readonly release: (period: Period) => { readonly value: Released; readonly size: Released | null }
}

function starts(gate: Gate, { starts }: ServiceOverTime): Source {
  return sourceOf(starts, (own) => {
    const value = gate.count(sum(own, 'n'))
    return { value, size: value }
  })
}

/** Of those whose last score so far was in the period. */
function improvements(gate: Gate, rows: ServiceOverTime['improvements']): Source {
  return sourceOf(rows, (own) => {
    const n = sum(own, 'n')
    if (gate.policy.is_internal && n < FEWEST_PEOPLE)
      return { value: gate.absent(say`fewer than 5 people`), size: null }
    return { value: gate.statistic(n === 0 ? null : sum(own, 'sum_improvement') / n, { n, decimals: 1 }), size: null }
  })
}

/** Of eligible episodes that ended in the period, those with two scores. */
function completeness(gate: Gate, rows: ServiceOverTime['endings']): Source {
  return sourceOf(rows, (own) => {
    const { ended, two } = gate.stages({ ended: sum(own, 'n'), two: sum(own, 'n_two') })
    return { value: gate.percentage(two, ended), size: ended }
  })
}

/** Of contacts kept or missed, those missed. */
function didNotAttend(gate: Gate, rows: ServiceOverTime['contacts']): Source {
  return sourceOf(rows, (own) => {
    const attended = gate.count(sum(own, 'n_attended'), { people: most(own, 'n_people_attended') })
    const missed = gate.count(sum(own, 'n_missed'), { people: most(own, 'n_people_missed') })
    const size = gate.derive([attended, missed], (a, b) => a + b)
    return { value: gate.percentage(missed, size), size }
  })
}

/** Per person-year, from events and time as released, from the first month in which enough people were followed. */
function emergency(gate: Gate, rows: ServiceOverTime['emergency']): Source {
  const first = rows.findIndex((it) => it.person_days >= FEWEST_PERSON_MONTHS * DAYS_A_MONTH)
  return sourceOf(first < 0 ? [] : rows.slice(first), (own, step) => {
    const people = most(own, step === 1 ? 'n_users' : 'n_users_in_quarter')
    const size = gate.count(sum(own, 'events'), { people })
    const time = releaseTime(gate, sum(own, 'person_days') / DAYS_A_MONTH)
    const value = gate.derive([size, time], (n, months) => (months === 0 ? null : (12 * n) / months), {
      decimals: 2,
      reason: say`nobody followed`,
    })
    return { value, size }
  })
}

function sourceOf<Row extends { readonly month: string }>(
  rows: readonly Row[],
  release: (own: readonly Row[], months: number) => ReturnType<Source['release']>,
): Source {
  return {
    months: rows.map((it) => it.month),
    release: (period) =>
      release(
        rows.filter(({ month }) => isIn(period, month)),
        period.months,
      ),
  }
}

function firstThatShows(
  gate: Gate,
  facts: RunFacts,
  id: SeriesId,
  { months, release }: Source,
  declared: ServiceOverTime,
): ReleasedSeries[] {
  const least = Math.max(FEWEST_COUNTED, ROUNDING_STEPS * (gate.policy.rounding_base - 1))
  for (const step of [1, 3]) {
    const all = wholePeriods(facts, months, step).map((period) => ({ period, ...release(period) }))
    const shown = all.filter((row) => row.value.is_shown)
    if (shown.length < FEWEST_PERIODS || shown.length < all.length * ENOUGH_SHOWN) continue
    const sizes = shown.flatMap(({ size }) => (size === null ? [] : [size.value as number]))
    if (sizes.length > 0 && (mean(sizes) ?? 0) < least) continue
    const rows = all.map(({ period, value }) => ({ period, value }))
    return [{ id, months: step, ...chartOf(id, rows, declared) }]
  }
  return []
}

function chartOf(id: SeriesId, rows: ReleasedSeries['rows'], { changes, targets }: ServiceOverTime) {
  const placed = changes
    .filter((it) => it.series === null || it.series.includes(id))
    .map((it) => ({ ...it, at: rows.findIndex(({ period }) => period.start >= it.date) }))
    .filter((it) => it.at > 0)
  const series = rows.map(({ period, value }) => ({ period: period.start, value: value.value }))
  return {
    rows,
    changes: placed,
    chart: xmrChart(series, {
      better: BETTER[id],
      target: targets.findLast((it) => it.series === id)?.value ?? null,
      rebase_at: placed.filter((it) => it.is_rebase).map((it) => rows[it.at]?.period.start as string),
    }),
  }
}

/** A period that the data cover in part only would look like a fall. */
function wholePeriods({ data_end }: RunFacts, months: readonly string[], step: number): readonly Period[] {
  const first = months.reduce((least, month) => (month < least ? month : least), '9999')
  const last = months.reduce((latest, month) => (month > latest ? month : latest), '')
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

function sum<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0)
}

function most<Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((highest, row) => Math.max(highest, row[key]), 0)
}
