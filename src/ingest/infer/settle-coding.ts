import type { Coding, Measure } from '../../measures/measure.ts'
import type { ColumnFacts } from './column-facts.ts'
import { itemDirections } from './item-directions.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import type { Reconciled } from './reconcile.ts'
import { listed, share } from './words.ts'

/**
 * Whether items have already been turned round. A supplied total settles it: added up one way the items give it, the other way
 * they do not. Without one, the directions in which the answers run settle it, if all of them do so clearly. Otherwise it is asked.
 */
export function settleCoding(
  table: Table,
  measure: Measure,
  columns: readonly ColumnFacts[],
  ways: readonly Reconciled[],
  notebook: Notebook,
): Coding | null {
  if (!measure.needs_coding) return 'scored'
  if (measure.reversed === null) return codingUnknown(measure, ways, notebook)
  const about = `coding:${measure.measure_id}`
  const turned = measure.reversed.map((id) => measure.items.findIndex(({ item_id }) => item_id === id))
  const numbers = listed(turned.map((at) => String(at + 1)))
  const byTotal = fromTotal(ways)
  if (byTotal !== null) {
    const { coding, total, n, n_equal } = byTotal
    const how = coding === 'raw' ? `with items ${numbers} turned round` : 'as they stand'
    notebook.decide(about, coding, 'proved', [
      `"${total.heading}" is the sum of the items ${how} in ${share(n_equal, n)}`,
    ])
    return coding
  }
  const directions = itemDirections(table, columns.slice(0, scoredItems(measure)))
  const against = directions?.against ?? []
  if (directions !== null && against.length === 0) {
    notebook.decide(about, 'scored', 'proved', [
      `in ${directions.n_forms.toLocaleString('en-GB')} forms all items rise and fall together, which they do not before items ${numbers} are turned round`,
    ])
    return 'scored'
  }
  if (directions !== null && sameSet(against, turned)) {
    notebook.decide(about, 'raw', 'proved', [
      `in ${directions.n_forms.toLocaleString('en-GB')} forms items ${numbers}, and they alone, fall when the others rise: they are still to be turned round`,
    ])
    return 'raw'
  }
  return askCoding(measure, numbers, ways, notebook)
}

function scoredItems(measure: Measure): number {
  return measure.items.filter((item) => !item.is_optional).length
}

/** One coding gives the total in four rows of five or more, and the other in fewer than half. */
function fromTotal(ways: readonly Reconciled[]): Reconciled | null {
  const best = ways.filter(({ n }) => n >= 5).toSorted((a, b) => b.n_equal / b.n - a.n_equal / a.n)[0]
  if (best === undefined || best.n_equal < best.n * 0.8) return null
  const other = ways.find(({ total, coding, n }) => total === best.total && coding !== best.coding && n > 0)
  return other === undefined || other.n_equal < other.n * 0.5 ? best : null
}

/** Which items of ReQoL-20 are turned round is not published: only scored digits can be read. */
function codingUnknown(measure: Measure, ways: readonly Reconciled[], notebook: Notebook): Coding | null {
  const way = fromTotal(ways)
  if (way !== null) {
    notebook.decide(`coding:${measure.measure_id}`, 'scored', 'proved', [
      `"${way.total.heading}" is the sum of the items as they stand in ${share(way.n_equal, way.n)}`,
    ])
    return 'scored'
  }
  const answer = notebook.ask({
    id: `coding:${measure.measure_id}`,
    question: `Do the digits of ${measure.name} already all point the same way (higher is better)?`,
    options: [{ option: 'scored', means: 'yes, as printed beside the answers on the form' }],
    evidence: ['there is no total to hold the items against, and which items are turned round is not published'],
  })
  return answer as Coding | null
}

function askCoding(measure: Measure, numbers: string, ways: readonly Reconciled[], notebook: Notebook): Coding | null {
  const tried = ways
    .filter(({ n }) => n > 0)
    .map(({ coding, total, n, n_equal }) => `"${total.heading}" is the sum (${coding}) in ${share(n_equal, n)}`)
  const answer = notebook.ask({
    id: `coding:${measure.measure_id}`,
    question: `Have items ${numbers} of ${measure.name} already been turned round in this file?`,
    options: [
      { option: 'scored', means: 'yes: every digit already points the same way' },
      { option: 'raw', means: `no: items ${numbers} are still as ticked` },
    ],
    evidence:
      tried.length > 0
        ? tried
        : ['there is no total to hold the items against, and too few forms, or no clear direction in their answers'],
  })
  return answer as Coding | null
}

function sameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((it) => b.includes(it))
}
