import { penceFromPounds, timesFactor } from '../domain/money.ts'
import { EVENT_TYPES, type EventType } from '../usage/event-types.ts'
import type { LineAlternative, LinePrice, NotCostedReason, PenceRange } from './cost-result.ts'
import { type PriceIndex, type UpratingResult, uprating } from './price-index.ts'
import type { CostedItem, UnitCost } from './unit-cost.ts'

/** What is costed for an event type, and at what price in the year of the result. */
export interface PricedItem {
  readonly item: CostedItem
  readonly event_type: EventType
  readonly is_bed_day: boolean
  readonly price: LinePrice | null
  readonly not_costed_reason: NotCostedReason | null
  /** A priced line of the table left aside, because the stay is costed by its bed days. */
  readonly unused_unit_cost_id: string | null
  /** Other sources’ prices for the same, in the order of the table. */
  readonly alternatives: readonly LineAlternative[]
  /** How the price was uprated; null when it was not. */
  readonly uprated: Extract<UpratingResult, { factor: number }> | null
}

/** Printed with every cost. */
export const OVERLAP_RULE =
  'A stay is costed by its bed days where a bed day has a price, and otherwise by the stay: never both. A stay that begins ' +
  'and ends on one day has no bed day. What two extracts tell of one event is counted, and costed, once, as the rule of overlaps says; ' +
  'otherwise an A&E attendance, an ambulance and a stay are different services and each is costed.'

/** The price of each event type supplied, in its standard order. */
export function priceItems(
  supplied: ReadonlySet<string>,
  unitCosts: readonly UnitCost[],
  index: PriceIndex,
  priceYear: string,
): PricedItem[] {
  const find = (item: CostedItem) => unitCosts.find((cost) => cost.event_type === item)
  return EVENT_TYPES.filter((type) => supplied.has(type.id)).map((type) => {
    const perEvent = find(type.id)
    const perDay = find(`bed_day:${type.id}`)
    const byDay = type.is_stay && (isPriced(perDay) || !isPriced(perEvent))
    const cost = byDay ? perDay : perEvent
    return {
      item: byDay ? (`bed_day:${type.id}` as const) : type.id,
      event_type: type.id,
      is_bed_day: byDay,
      unused_unit_cost_id: byDay && isPriced(perEvent) ? perEvent.unit_cost_id : null,
      alternatives: alternativesTo(cost, unitCosts, index, priceYear),
      ...priceInYear(cost, index, priceYear),
    }
  })
}

function alternativesTo(
  cost: UnitCost | undefined,
  unitCosts: readonly UnitCost[],
  index: PriceIndex,
  priceYear: string,
): LineAlternative[] {
  if (cost === undefined) return []
  return unitCosts
    .filter((it) => it.alternative_to.includes(cost.unit_cost_id) && isPriced(it))
    .flatMap((it) => {
      const { price, not_costed_reason } = priceInYear(it, index, priceYear)
      return price === null ? [] : [{ price, not_costed_reason }]
    })
}

function isPriced(cost: UnitCost | undefined): cost is UnitCost {
  return cost !== undefined && cost.low_gbp !== null
}

/** A line of the unit-cost table in the year of the result, or why it has no price there. */
export function priceInYear(cost: UnitCost | undefined, index: PriceIndex, priceYear: string) {
  if (cost === undefined) return { price: null, not_costed_reason: 'no_unit_cost' as const, uprated: null }
  const { event_type: _, ...facts } = cost
  const unpriced = { ...facts, factor: null, unit_cost: null }
  if (cost.low_gbp === null || cost.high_gbp === null || cost.price_year === null) {
    return { price: unpriced, not_costed_reason: 'no_unit_cost' as const, uprated: null }
  }
  const uprated = uprating(index, cost.price_year, priceYear)
  if ('code' in uprated) {
    return { price: unpriced, not_costed_reason: 'price_year_not_in_index' as const, uprated: null }
  }
  const unit_cost = inPriceYear(cost.low_gbp, cost.high_gbp, uprated.factor)
  return { price: { ...facts, factor: uprated.factor, unit_cost }, not_costed_reason: null, uprated }
}

/** The ends of the quoted range and its middle, uprated and rounded to whole pence. */
function inPriceYear(low: number, high: number, factor: number): PenceRange {
  const uprate = (pounds: number) => timesFactor(penceFromPounds(pounds), factor)
  return { low_pence: uprate(low), central_pence: uprate((low + high) / 2), high_pence: uprate(high) }
}
