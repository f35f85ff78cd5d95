import { EXIT, OperatorError } from '../domain/operator-error.ts'
import { DAYS_PER_YEAR, hasTime } from '../usage/compare-rates.ts'
import { personTotals } from '../usage/summarise-usage.ts'
import type { UsagePersonRow } from '../usage/usage-result.ts'
import {
  type BootstrapChoice,
  changePerPersonYear,
  concentration,
  costDifference,
  nothingCosted,
} from './cost-difference.ts'
import { modelCosts } from './cost-model.ts'
import type { CostLine, CostResult, CostScenario, CostSplit, PriceBasis } from './cost-result.ts'
import { perYear, sumRanges, timesQuantity, wholePence } from './pence-range.ts'
import { personCosts, quantityOf } from './person-costs.ts'
import { type PriceIndex, uprating } from './price-index.ts'
import { OVERLAP_RULE, type PricedItem, priceItems } from './price-items.ts'
import { programmeBalance } from './programme-balance.ts'
import { type ProgrammeCost, priceProgramme } from './programme-cost.ts'
import { CASH_RELEASING, PAYERS, SECTORS, type UnitCost } from './unit-cost.ts'

export interface CostInput {
  /** `usage_person` of one service. */
  readonly rows: readonly UsagePersonRow[]
  readonly unit_costs: readonly UnitCost[]
  readonly price_year: string
  readonly index: PriceIndex
  readonly programme: ProgrammeCost | null
  readonly bootstrap: BootstrapChoice
  /** Choices made otherwise, one at a time; left out: none. */
  readonly otherwise?: readonly CostChoice[]
}

/** What a scenario has instead of what the result rests on. */
export interface CostChoice {
  readonly scenario_id: string
  readonly label: string
  readonly rows?: readonly UsagePersonRow[]
  readonly index?: PriceIndex
}

/**
 * What service use cost before and after joining, in one price year: quantity × unit cost, line by line. An item without
 * a price stays in the list, says why, and is in no total. Before and after are priced alike, so that a change is a
 * change in use, never in price.
 * @throws OperatorError when the price index has no figure for the price year.
 */
export function costUsage(input: CostInput): CostResult {
  const { rows, unit_costs, price_year, index, programme, bootstrap } = input
  if (!index.levels.has(price_year)) throw noSuchYear(index, price_year)
  const items = priceItems(new Set(rows.map((row) => row.event_type)), unit_costs, index, price_year)
  const everyone = personTotals(rows, [...new Set(rows.map((row) => row.event_type))])
  const people = everyone.filter(hasTime)
  const years = {
    before: total(people.map((person) => person.days_before)) / DAYS_PER_YEAR,
    after: total(people.map((person) => person.days_after)) / DAYS_PER_YEAR,
  }
  const counted = rows.filter(hasTime)
  const lines = items.map((item) => costLine(item, counted, years))
  const costed = items.filter((item) => item.not_costed_reason === null)
  const nhs = costed.filter((item) => item.price?.sector === 'nhs_pss')
  const headline = differenceOf(nhs, counted, bootstrap)
  return {
    basis: basisOf(items, programme, index, price_year),
    n_people: people.length,
    n_without_time: everyone.length - people.length,
    person_years_before: years.before,
    person_years_after: years.after,
    lines,
    unused_unit_cost_ids: items.flatMap((item) => item.unused_unit_cost_id ?? []),
    by_payer: splits(lines, PAYERS, 'payer', years),
    by_sector: splits(lines, SECTORS, 'sector', years),
    by_cash: splits(lines, CASH_RELEASING, 'cash_releasing', years),
    total: costed.length === 0 ? null : split('total', lines, years),
    headline,
    all_sectors: nhs.length === costed.length ? headline : differenceOf(costed, counted, bootstrap),
    concentration: concentration(personCosts(counted, costed)),
    programme: programmeBalance(programme, headline, { unit_costs, index, price_year }),
    model: modelCosts(personCosts(counted, nhs), bootstrap.seed),
    scenarios: (input.otherwise ?? []).map((choice) => scenarioOf(choice, input)),
    rules: RULES,
  }
}

const RULES = [
  OVERLAP_RULE,
  'Each unit cost is brought to the price year, rounded to whole pence, and multiplied by the number of events or bed days.',
  'Where a source gives a range, the middle is used and both ends are shown.',
  'NHS and personal social services lead; other public services are shown apart.',
  'A bed day or attendance less frees capacity; it releases cash only where a line is marked cashable.',
]

function differenceOf(costed: readonly PricedItem[], rows: readonly UsagePersonRow[], bootstrap: BootstrapChoice) {
  return costed.length === 0 ? nothingCosted(bootstrap) : costDifference(personCosts(rows, costed), bootstrap)
}

interface Years {
  readonly before: number
  readonly after: number
}

function costLine(item: PricedItem, rows: readonly UsagePersonRow[], years: Years): CostLine {
  const own = rows.filter((row) => row.event_type === item.event_type)
  const before = total(own.map((row) => quantityOf(item, row, 'before')))
  const after = total(own.map((row) => quantityOf(item, row, 'after')))
  const unitCost = item.price?.unit_cost ?? null
  const cost_before = unitCost === null ? null : timesQuantity(unitCost, before)
  const cost_after = unitCost === null ? null : timesQuantity(unitCost, after)
  return {
    item: item.item,
    event_type: item.event_type,
    is_bed_day: item.is_bed_day,
    quantity_before: before,
    quantity_after: after,
    not_costed_reason: item.not_costed_reason,
    unit_cost: item.price,
    alternatives: item.alternatives,
    cost_before,
    cost_after,
    cost_per_person_year_before_pence: cost_before === null ? null : perYear(cost_before.central_pence, years.before),
    cost_per_person_year_after_pence: cost_after === null ? null : perYear(cost_after.central_pence, years.after),
  }
}

/** NHS and social care with one choice made otherwise; every other choice stays. */
function scenarioOf(choice: CostChoice, input: CostInput): CostScenario {
  const { rows, index } = { rows: input.rows, index: input.index, ...choice }
  const { unit_costs, price_year, programme } = input
  const items = priceItems(new Set(rows.map((row) => row.event_type)), unit_costs, index, price_year)
  const nhs = items.filter((it) => it.not_costed_reason === null && it.price?.sector === 'nhs_pss')
  const people = personCosts(rows.filter(hasTime), nhs)
  return {
    scenario_id: choice.scenario_id,
    label: choice.label,
    n_people: people.length,
    difference_per_person_year_pence: nhs.length === 0 ? null : changePerPersonYear(people),
    programme_per_person_pence:
      programme === null ? null : priceProgramme(programme, unit_costs, index, price_year).cost_per_person_pence,
  }
}

/** One entry per payer or sector that any costed line has, in the declared order. */
function splits<Key extends string>(
  lines: readonly CostLine[],
  keys: readonly Key[],
  by: 'payer' | 'sector' | 'cash_releasing',
  years: Years,
): CostSplit<Key>[] {
  return keys.flatMap((key) => {
    const own = lines.filter((line) => line.cost_before !== null && line.unit_cost?.[by] === key)
    return own.length === 0 ? [] : [split(key, own, years)]
  })
}

function split<Key extends string>(key: Key, lines: readonly CostLine[], years: Years): CostSplit<Key> {
  const cost_before = sumRanges(lines.flatMap((line) => line.cost_before ?? []))
  const cost_after = sumRanges(lines.flatMap((line) => line.cost_after ?? []))
  const before = perYear(cost_before.central_pence, years.before)
  const after = perYear(cost_after.central_pence, years.after)
  return {
    key,
    cost_before,
    cost_after,
    cost_per_person_year_before_pence: before,
    cost_per_person_year_after_pence: after,
    difference_per_person_year_pence: before === null || after === null ? null : wholePence(after - before),
  }
}

function basisOf(
  items: readonly PricedItem[],
  programme: ProgrammeCost | null,
  index: PriceIndex,
  price_year: string,
): PriceBasis {
  const service = programme === null ? null : uprating(index, programme.price_year, price_year)
  const used = [...items.map((item) => item.uprated), service !== null && 'factor' in service ? service : null]
  const flagged = (kind: 'provisional_years' | 'forecast_years') =>
    [...new Set(used.flatMap((it) => it?.[kind] ?? []))].sort()
  return {
    price_year,
    index_id: index.index_id,
    index_edition: index.edition,
    provisional_years: flagged('provisional_years'),
    forecast_years: flagged('forecast_years'),
  }
}

function noSuchYear(index: PriceIndex, priceYear: string): OperatorError {
  const years = [...index.levels.keys()]
  return new OperatorError(
    `The price index (${index.index_id}, edition ${index.edition}) has no figure for ${priceYear}; it runs from ${years[0]} to ${years.at(-1)}. Choose one of these as prices: year, or the other index.`,
    EXIT.wrong_usage,
  )
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
