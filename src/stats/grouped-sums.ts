import { from, op } from 'arquero'

/**
 * Sums of one column within groups of others: one row per combination that occurs, in the order of its first row.
 * Missing values are not summed; a group of nothing else sums to 0. Rows are plain objects of text and numbers.
 *
 * groupedSums([{ code: 'a', n: 1 }, { code: 'b', n: 2 }, { code: 'a', n: 3 }], ['code'], 'n')
 * is [{ code: 'a', n: 4 }, { code: 'b', n: 2 }].
 */
export function groupedSums<Row extends object, Key extends keyof Row & string, Value extends keyof Row & string>(
  rows: readonly Row[],
  by: readonly Key[],
  value: Value,
): Pick<Row, Key | Value>[] {
  if (rows.length === 0) return []
  return from([...rows])
    .groupby(...by)
    .rollup({ [value]: op.sum(value) })
    .objects() as Pick<Row, Key | Value>[]
}
