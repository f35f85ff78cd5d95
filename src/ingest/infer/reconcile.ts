import { checkAnswers } from '../../measures/check-answers.ts'
import type { Coding, Measure, Scale } from '../../measures/measure.ts'
import { measureById } from '../../measures/registry.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { Table } from './read-table.ts'

/** One way in which a column might be a block's total, and how often it is. */
export interface Reconciled {
  readonly measure: Measure
  readonly coding: Coding
  readonly scale: Scale
  readonly total: ColumnFacts
  /** Rows with every item and a total. */
  readonly n: number
  readonly n_equal: number
}

const ROWS_TO_TRY = 5_000

/** Holds every column that may be a total against every way of adding the items up. */
export function reconcile(
  table: Table,
  columns: readonly ColumnFacts[],
  measures: readonly Measure[],
  totals: readonly ColumnFacts[],
  minus: number,
): readonly Reconciled[] {
  const rows = table.rows
    .slice(0, ROWS_TO_TRY)
    .filter((row) => columns.every(({ index }) => /^\d+(\.0+)?$/.test(row[index] ?? '')))
  return measures.flatMap((measure) =>
    codingsOf(measure).flatMap((coding) => {
      const scored = rows.map((row) => scoresOf(measure, coding, row, columns, minus))
      return scalesOf(measure).flatMap((scale) =>
        totals.flatMap((total) => {
          const both = rows.flatMap((row, at) => {
            const supplied = numberOf(row[total.index] ?? '')
            const own = scored[at]?.get(scale.scale_id)
            return supplied === null || own === undefined ? [] : [Math.abs(supplied - own) <= 0.051]
          })
          return [{ measure, coding, scale, total, n: both.length, n_equal: both.filter(Boolean).length }]
        }),
      )
    }),
  )
}

export function codingsOf(measure: Measure): readonly Coding[] {
  return measure.needs_coding && measure.reversed !== null ? ['scored', 'raw'] : ['scored']
}

function scalesOf(measure: Measure): readonly Scale[] {
  return measure.scales.filter(({ rule }) => rule === 'sum' || rule === 'mean' || rule === 'mean_of_rated')
}

function scoresOf(
  measure: Measure,
  coding: Coding,
  row: readonly string[],
  columns: readonly ColumnFacts[],
  minus: number,
): ReadonlyMap<string, number> {
  const given = columns.map(({ index }) => Number(row[index]) - minus)
  const padded = [
    ...given,
    ...measure.items
      .slice(given.length)
      .filter((item) => !item.is_optional)
      .map(() => null),
  ]
  const { answers } = checkAnswers(measure, padded.slice(0, measure.items.length), coding)
  const scores = new Map<string, number>()
  for (const scale of scalesOf(measure)) {
    const digits = scale.items.map((item) => answers.get(item))
    const rated = digits.filter((digit) => typeof digit === 'number')
    if (rated.length === 0 || (scale.rule !== 'mean_of_rated' && rated.length < digits.length)) continue
    const sum = rated.reduce((a, b) => a + b, 0)
    scores.set(scale.scale_id, scale.rule === 'sum' ? sum : sum / rated.length)
  }
  return scores
}

/** A number as a cell writes it, with a point or a comma; null for anything else. */
export function numberOf(text: string): number | null {
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null
}

/** The ways that hold in nearly every row, best first. */
export function holding(ways: readonly Reconciled[], least = 0.9, least_rows = 5): readonly Reconciled[] {
  return ways
    .filter(({ n, n_equal }) => n >= least_rows && n_equal >= n * least)
    .toSorted((a, b) => b.n_equal / b.n - a.n_equal / a.n)
}

/** @throws Error where there is no such measure */
export function theMeasure(id: string): Measure {
  const measure = measureById(id)
  if (measure === null) throw new Error(`no measure is called ${id}`)
  return measure
}
