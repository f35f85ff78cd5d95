import type { Pence } from '../domain/money.ts'
import type { CostDifference, ProgrammeBalance } from './cost-result.ts'
import type { PriceIndex } from './price-index.ts'
import { type ProgrammeCost, priceProgramme } from './programme-cost.ts'
import type { UnitCost } from './unit-cost.ts'

/** The service's own cost beside the change in cost per person-year, in one price year. */
export function programmeBalance(
  programme: ProgrammeCost | null,
  change: CostDifference,
  prices: { readonly unit_costs: readonly UnitCost[]; readonly index: PriceIndex; readonly price_year: string },
): ProgrammeBalance {
  if (programme === null) return { ...NOT_SUPPLIED, reason: 'service cost not supplied' }
  const { source, price_year } = programme
  const price = priceProgramme(programme, prices.unit_costs, prices.index, prices.price_year)
  const own = { is_supplied: true, source, price_year, ...price }
  const { cost_per_person_pence: cost } = price
  if (cost === null) return { ...NOT_SUPPLIED, ...own }
  const difference = change.difference_per_person_year_pence
  return {
    ...own,
    net_per_person_pence: added(cost, difference),
    net_ci95_low_pence: added(cost, change.ci95_low_pence),
    net_ci95_high_pence: added(cost, change.ci95_high_pence),
    break_even_share: difference === null || difference >= 0 ? null : cost / -difference,
  }
}

const NOT_SUPPLIED = {
  is_supplied: false,
  source: null,
  price_year: null,
  cost_per_person_pence: null,
  people_per_year: null,
  set_up_pence: 0 as Pence,
  running_per_year_pence: null,
  parts: [],
  factor: null,
  net_per_person_pence: null,
  net_ci95_low_pence: null,
  net_ci95_high_pence: null,
  break_even_share: null,
} as const

function added(cost: Pence, change: Pence | null): Pence | null {
  return change === null ? null : ((cost + change) as Pence)
}
