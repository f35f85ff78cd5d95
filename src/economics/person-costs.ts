import { DAYS_PER_YEAR } from '../usage/compare-rates.ts'
import type { UsagePersonRow } from '../usage/usage-result.ts'
import type { PenceRange } from './cost-result.ts'
import { sumRanges, timesQuantity } from './pence-range.ts'
import type { PricedItem } from './price-items.ts'

/** One person's costs in the price year, and the time in which they could arise. */
export interface PersonCost {
  readonly person_key: number
  readonly years_before: number
  readonly years_after: number
  readonly before: PenceRange
  readonly after: PenceRange
}

/** What each person's use cost before and after, over the items that have a price; in order of person. */
export function personCosts(rows: readonly UsagePersonRow[], items: readonly PricedItem[]): PersonCost[] {
  const byType = new Map(items.map((item) => [item.event_type as string, item]))
  const people = new Map<number, PersonCost>()
  for (const row of rows) {
    const item = byType.get(row.event_type)
    const price = item?.price?.unit_cost ?? null
    const person = people.get(row.person_key) ?? {
      person_key: row.person_key,
      years_before: row.days_before / DAYS_PER_YEAR,
      years_after: row.days_after / DAYS_PER_YEAR,
      before: sumRanges([]),
      after: sumRanges([]),
    }
    if (item === undefined || price === null) {
      people.set(row.person_key, person)
      continue
    }
    people.set(row.person_key, {
      ...person,
      before: sumRanges([person.before, timesQuantity(price, quantityOf(item, row, 'before'))]),
      after: sumRanges([person.after, timesQuantity(price, quantityOf(item, row, 'after'))]),
    })
  }
  return [...people].sort(([a], [b]) => a - b).map(([, person]) => person)
}

/** Events, or bed days where the item is costed by the day. */
export function quantityOf(item: PricedItem, row: UsagePersonRow, period: 'before' | 'after'): number {
  return item.is_bed_day ? (row[`bed_days_${period}`] ?? 0) : row[`events_${period}`]
}
