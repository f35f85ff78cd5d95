import type { ColumnFacts } from './column-facts.ts'
import type { Table } from './read-table.ts'

const LEAST_FORMS = 50
const LEAST_LOADING = 0.3

/** Which items of a block run against the rest, from the answers themselves; null where they do not say so clearly. */
export interface Directions {
  /** Positions, from 0, of the items that rise when most of the others fall. */
  readonly against: readonly number[]
  readonly n_forms: number
}

/**
 * The items of one scale rise and fall together once all point the same way. The first principal component of the items'
 * correlations tells which point the other way; every item has to share in it clearly.
 */
export function itemDirections(table: Table, columns: readonly ColumnFacts[]): Directions | null {
  const forms = table.rows
    .map((row) => columns.map(({ index }) => (/^\d+(\.0+)?$/.test(row[index] ?? '') ? Number(row[index]) : Number.NaN)))
    .filter((form) => !form.some(Number.isNaN))
  if (forms.length < LEAST_FORMS) return null
  const standard = columns.map((_, item) => standardised(forms.map((form) => form[item] as number)))
  if (standard.some((values) => values === null)) return null
  const loadings = firstComponent(correlations(standard as number[][]))
  if (loadings.some((loading) => Math.abs(loading) < LEAST_LOADING)) return null
  const positive = loadings.filter((loading) => loading > 0).length
  const sign = positive * 2 >= loadings.length ? 1 : -1
  const against = loadings.flatMap((loading, item) => (loading * sign < 0 ? [item] : []))
  return { against, n_forms: forms.length }
}

/** Null where all values are the same. */
function standardised(values: readonly number[]): number[] | null {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return spread === 0 ? null : values.map((value) => (value - mean) / spread)
}

function correlations(items: readonly number[][]): number[][] {
  return items.map((a) =>
    items.map((b) => a.reduce((sum, value, form) => sum + value * (b[form] as number), 0) / a.length),
  )
}

/** Correlation of each item with the first component, by power iteration. */
function firstComponent(matrix: readonly number[][]): number[] {
  let vector = matrix.map((_, item) => 1 + item / 100)
  let size = 0
  for (let turn = 0; turn < 200; turn++) {
    const next = matrix.map((row) => row.reduce((sum, value, item) => sum + value * (vector[item] as number), 0))
    size = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0))
    if (size === 0) return next
    vector = next.map((value) => value / size)
  }
  return vector.map((value) => value * Math.sqrt(size))
}
