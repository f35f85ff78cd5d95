import { type EventType, isEventType } from '../usage/event-types.ts'

/** Who bears the cost. */
export const PAYERS = [
  'mental_health_trust',
  'acute_trust',
  'ambulance_trust',
  'primary_care',
  'integrated_care_board',
  'local_authority',
  'police',
  'justice',
  'voluntary_sector',
] as const

/** `nhs_pss` is the perspective of NICE's reference case and leads; other public costs are always shown apart. */
export const SECTORS = ['nhs_pss', 'other_public'] as const

/** What one unit less would release. Unless a ward or team closes, a bed day frees capacity, not cash. */
export const CASH_RELEASING = ['cashable', 'capacity_releasing', 'cost_avoidance', 'other_agency'] as const

/**
 * How far the price may be trusted. confirmed: read in its source. secondary: read in a document quoting its source.
 * derived: a total divided by an activity. check: its coverage or price year is unclear. missing: no price was found.
 */
export const PRICE_STATUSES = ['confirmed', 'secondary', 'derived', 'check', 'missing'] as const

export type Payer = (typeof PAYERS)[number]
export type Sector = (typeof SECTORS)[number]
export type CashReleasing = (typeof CASH_RELEASING)[number]
export type PriceStatus = (typeof PRICE_STATUSES)[number]

/** What a price is for: an event, or a day of a stay. */
export type CostedItem = EventType | `bed_day:${EventType}`

/** One line of the unit-cost table, as its source prints it: never uprated beforehand. */
export interface UnitCost {
  readonly unit_cost_id: string
  /** Null: a further price, for reference, that costs nothing until it is given an event type. */
  readonly event_type: CostedItem | null
  readonly item: string
  readonly unit: string
  /** Pounds in the price year; both null when no price is known. */
  readonly low_gbp: number | null
  readonly high_gbp: number | null
  /** Financial year, `2024/25`; null only when no price is known. */
  readonly price_year: string | null
  readonly source: string
  readonly edition: string | null
  readonly table: string | null
  readonly payer: Payer
  readonly sector: Sector
  readonly cash_releasing: CashReleasing
  readonly is_proxy: boolean
  readonly proxy_source: string | null
  readonly licence: string | null
  readonly status: PriceStatus
  /** Lines of the table for whose item this is another price: not used, and shown beside them. */
  readonly alternative_to: readonly string[]
}

export function isCostedItem(text: string): text is CostedItem {
  return isEventType(text.replace(/^bed_day:/, ''))
}
