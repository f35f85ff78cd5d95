import type { Kysely } from 'kysely'
import type { LinePrice } from '../src/economics/cost-result.ts'
import type { Database } from '../src/store/database.ts'
import { readTracedBedDays, readTracedEvents, readTracedTime, type TracedRow } from '../src/store/queries/trace.ts'
import { DAYS_PER_YEAR } from '../src/usage/compare-rates.ts'
import type { MoneyFigure, MoneyTerm } from './money-figures.ts'

/** One line of what a figure is made of: quantity × unit cost ÷ person-years × times, and the lines of exports behind the quantity. */
export interface TracedPart {
  readonly item: string
  readonly period: 'before' | 'after'
  readonly quantity: number
  readonly unit_cost_pounds: number
  readonly quoted_pounds: readonly [low: number, high: number]
  readonly unit: string
  readonly price_year: string
  readonly factor: number
  readonly source: string
  readonly edition: string | null
  readonly table: string | null
  readonly licence: string | null
  readonly payer: string
  readonly cash_releasing: string
  readonly times: number
  readonly pounds: number
  readonly rows: readonly TracedRow[]
  /** Bed days that two stays have in common, and that are counted once. */
  readonly days_in_two_stays: number
}

export interface TracedFigure {
  readonly metric: string
  readonly title: string
  readonly row: string
  readonly column: string
  readonly printed: string
  readonly service: string
  readonly person_years_before: number
  readonly person_years_after: number
  readonly parts: readonly TracedPart[]
  readonly programme: { readonly pounds: number; readonly source: string | null } | null
  /** Worked out afresh from the rows and prices above. */
  readonly recomputed_pounds: number
  /** True where it is what was printed, to the pound for each of its lines. */
  readonly adds_up: boolean
}

/** Walks a printed amount to the lines of the exports it came from, and works it out again from them alone. */
export async function traceFigure(kysely: Kysely<Database>, figure: MoneyFigure): Promise<TracedFigure> {
  const { service, cost } = figure.usage
  const days = await readTracedTime(kysely, service.code)
  const years = { before: days.days_before / DAYS_PER_YEAR, after: days.days_after / DAYS_PER_YEAR }
  const parts: TracedPart[] = []
  for (const term of figure.terms) parts.push(await tracePart(kysely, service.code, term, years))
  const own = (cost.programme.cost_per_person_pence ?? 0) / 100
  const recomputed = parts.reduce((sum, part) => sum + part.pounds, figure.times_programme * own)
  // Every line of a table is rounded to the pound, and so is what is printed.
  const most = 0.5 + parts.reduce((sum, part) => sum + 0.5 * Math.abs(part.times), 0) + 0.5 * figure.times_programme
  return {
    metric: figure.metric,
    title: figure.title,
    row: figure.row_label,
    column: figure.column_label,
    printed: figure.printed,
    service: service.code,
    person_years_before: years.before,
    person_years_after: years.after,
    parts,
    programme: figure.times_programme === 0 ? null : { pounds: own, source: cost.programme.source },
    recomputed_pounds: Math.round(recomputed * 100) / 100,
    adds_up: Math.abs(recomputed - figure.pounds) <= most,
  }
}

async function tracePart(
  kysely: Kysely<Database>,
  service_code: string,
  { line, period, times }: MoneyTerm,
  years: Readonly<Record<'before' | 'after', number>>,
): Promise<TracedPart> {
  const use = { service_code, event_type: line.event_type, period }
  const { rows, bed_days } = line.is_bed_day
    ? await readTracedBedDays(kysely, use)
    : { rows: await readTracedEvents(kysely, use), bed_days: null }
  const price = line.unit_cost as LinePrice
  const unit = (price.unit_cost?.central_pence ?? 0) / 100
  const quantity = bed_days ?? rows.length
  return {
    item: line.item,
    period,
    quantity,
    unit_cost_pounds: unit,
    quoted_pounds: [price.low_gbp ?? 0, price.high_gbp ?? 0],
    unit: price.unit,
    price_year: price.price_year ?? '',
    factor: price.factor ?? 1,
    source: price.source,
    edition: price.edition,
    table: price.table,
    licence: price.licence,
    payer: price.payer,
    cash_releasing: price.cash_releasing,
    times,
    pounds: years[period] === 0 ? 0 : (times * quantity * unit) / years[period],
    rows,
    days_in_two_stays: bed_days === null ? 0 : rows.reduce((sum, row) => sum + row.days, 0) - bed_days,
  }
}
