import type { Pence } from '../domain/money.ts'
import type { ParkTest } from '../stats/gamma-glm.ts'
import type { EventType } from '../usage/event-types.ts'
import type { ProgrammePrice } from './programme-cost.ts'
import type { CashReleasing, CostedItem, Payer, Sector, UnitCost } from './unit-cost.ts'

export type NotCostedReason = 'no_unit_cost' | 'price_year_not_in_index'

/** Low, central and high amounts: the quoted range of the unit costs and its middle. */
export interface PenceRange {
  readonly low_pence: Pence
  readonly central_pence: Pence
  readonly high_pence: Pence
}

/** What makes a pound: quantity × unit cost, and where the unit cost comes from. One line per event type or kind of bed day. */
export interface CostLine {
  readonly item: CostedItem
  readonly event_type: EventType
  readonly is_bed_day: boolean
  /** Events or bed days of the people compared. */
  readonly quantity_before: number
  readonly quantity_after: number
  /** Null when the line is costed. A line that is not costed is in no total. */
  readonly not_costed_reason: NotCostedReason | null
  /** Null when the table has no line for the item. */
  readonly unit_cost: LinePrice | null
  /** Other sources’ prices for the same: none of them is in a cost. */
  readonly alternatives: readonly LineAlternative[]
  readonly cost_before: PenceRange | null
  readonly cost_after: PenceRange | null
  readonly cost_per_person_year_before_pence: Pence | null
  readonly cost_per_person_year_after_pence: Pence | null
}

/** A price of another source for an item that has one already; its unit cost is null where the index does not reach its year. */
export interface LineAlternative {
  readonly price: LinePrice
  readonly not_costed_reason: NotCostedReason | null
}

/** The line of the unit-cost table that a cost rests on, and what it became. */
export interface LinePrice extends Omit<UnitCost, 'event_type'> {
  /** From the price year to the year of the result; null when not costed. */
  readonly factor: number | null
  /** One unit in the price year of the result, rounded to whole pence before it is multiplied by the quantity. */
  readonly unit_cost: PenceRange | null
}

/** A share of the total; the splits by payer and by sector add up to the total to the penny. */
export interface CostSplit<Key extends string> {
  readonly key: Key
  readonly cost_before: PenceRange
  readonly cost_after: PenceRange
  readonly cost_per_person_year_before_pence: Pence | null
  readonly cost_per_person_year_after_pence: Pence | null
  /** After minus before: positive is dearer. */
  readonly difference_per_person_year_pence: Pence | null
}

/** Change in cost per person-year, after minus before: positive is dearer. People are the units of the interval. */
export interface CostDifference {
  readonly cost_per_person_year_before_pence: Pence | null
  readonly cost_per_person_year_after_pence: Pence | null
  readonly difference_per_person_year_pence: Pence | null
  /** With every unit cost at the low, and at the high, end of its quoted range. */
  readonly difference_at_low_prices_pence: Pence | null
  readonly difference_at_high_prices_pence: Pence | null
  readonly ci95_low_pence: Pence | null
  readonly ci95_high_pence: Pence | null
  /** bca from 20 people; percentile where BCa does not exist; none below six people. */
  readonly interval_method: 'bca' | 'percentile' | 'normal' | 'none'
  readonly replicates: number
  /** Why a number is null, in words; null when none is. */
  readonly reason: string | null
  /** The difference without the one person whose costs are largest; null with fewer than two people. */
  readonly without_largest_person_pence: Pence | null
}

/** The share of all cost that the dearest twentieth of people account for; null when there is no cost. */
export interface CostConcentration {
  readonly n_people_in_top_5_percent: number
  readonly top_5_percent_share_before: number | null
  readonly top_5_percent_share_after: number | null
}

/** The service's own cost against the change in NHS and social care cost, per person, in the first year after joining. */
export interface ProgrammeBalance extends ProgrammePrice {
  readonly is_supplied: boolean
  readonly source: string | null
  readonly price_year: string | null
  /** Service cost plus the change in cost: positive is dearer. */
  readonly net_per_person_pence: Pence | null
  readonly net_ci95_low_pence: Pence | null
  readonly net_ci95_high_pence: Pence | null
  /**
   * Service cost over the gross fall: the part of the fall that would have to be the service's doing for it to pay for
   * itself. Above 1 it cannot. Null when there was no fall.
   */
  readonly break_even_share: number | null
}

export interface PriceBasis {
  readonly price_year: string
  readonly index_id: 'nhscii' | 'gdp_deflator'
  readonly index_edition: string
  /** Financial years used in uprating whose index figure is provisional, and those that are forecasts. */
  readonly provisional_years: readonly string[]
  readonly forecast_years: readonly string[]
}

/** The change in NHS and social care cost by a gamma model with recycled predictions. Nulls stand beside a reason, or too many people to resample. */
export interface CostModel {
  /** two_part: some people had no cost on a side. */
  readonly kind: 'gamma' | 'two_part'
  readonly n_people: number
  /** Of twice the people, each counted before and after. */
  readonly n_without_cost: number
  readonly difference_per_person_year_pence: Pence | null
  readonly ci95_low_pence: Pence | null
  readonly ci95_high_pence: Pence | null
  readonly dispersion: number | null
  /** With what power of the mean the variance goes; null where it cannot be told. */
  readonly park: ParkTest | null
  readonly reason: string | null
}

/** The change in cost, and the service's own cost, when one choice is made otherwise. Nulls: not known under that choice. */
export interface CostScenario {
  readonly scenario_id: string
  readonly label: string
  readonly n_people: number
  readonly difference_per_person_year_pence: Pence | null
  readonly programme_per_person_pence: Pence | null
}

/** What service use cost before and after joining, in one price year. Counts and money before disclosure control. */
export interface CostResult {
  readonly basis: PriceBasis
  readonly n_people: number
  /** People left out because they have no time on one side. */
  readonly n_without_time: number
  readonly person_years_before: number
  readonly person_years_after: number
  readonly lines: readonly CostLine[]
  /** Per-stay prices left unused because the stay is costed by its bed days. */
  readonly unused_unit_cost_ids: readonly string[]
  readonly by_payer: readonly CostSplit<Payer>[]
  readonly by_sector: readonly CostSplit<Sector>[]
  readonly by_cash: readonly CostSplit<CashReleasing>[]
  /** Null when nothing could be costed. */
  readonly total: CostSplit<'total'> | null
  /** NHS and personal social services: the figure that leads. */
  readonly headline: CostDifference
  /** Every sector together. */
  readonly all_sectors: CostDifference
  readonly concentration: CostConcentration
  readonly programme: ProgrammeBalance
  readonly scenarios: readonly CostScenario[]
  readonly model: CostModel
  /** What was counted how, in words: overlaps, prices, units. */
  readonly rules: readonly string[]
}
