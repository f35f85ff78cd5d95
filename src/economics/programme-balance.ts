import { type Pence, penceFromPounds, timesFactor } from '../domain/money.ts'
import type { CostDifference, ProgrammeBalance } from './cost-result.ts'
import { type PriceIndex, uprating } from './price-index.ts'

/** What the service itself costs: for one person, or for a year and the people seen in it. */
export interface ProgrammeCost {
  readonly cost_per_person_gbp?: number | undefined
  readonly cost_per_year_gbp?: number | undefined
  readonly people_per_year?: number | undefined
  readonly price_year: string
  readonly source: string
}

/** The service's own cost beside the change in cost per person-year, in one price year. */
export function programmeBalance(
  programme: ProgrammeCost | null,
  change: CostDifference,
  index: PriceIndex,
  priceYear: string,
): ProgrammeBalance {
  if (programme === null) return { ...NOT_SUPPLIED, reason: 'service cost not supplied' }
  const { source, price_year } = programme
  const uprated = uprating(index, price_year, priceYear)
  if ('code' in uprated) {
    const reason = `the price index has no figure for ${uprated.financial_year}, so the service cost cannot be uprated`
    return { ...NOT_SUPPLIED, is_supplied: true, reason, source, price_year }
  }
  const cost = timesFactor(perPerson(programme), uprated.factor)
  const difference = change.difference_per_person_year_pence
  return {
    is_supplied: true,
    reason: null,
    source,
    price_year,
    cost_per_person_pence: cost,
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
  net_per_person_pence: null,
  net_ci95_low_pence: null,
  net_ci95_high_pence: null,
  break_even_share: null,
} as const

function perPerson(programme: ProgrammeCost): Pence {
  const { cost_per_person_gbp: each, cost_per_year_gbp: year, people_per_year: people } = programme
  if (each !== undefined) return penceFromPounds(each)
  if (year === undefined || people === undefined || people <= 0) {
    throw new Error('a programme cost is given per person, or per year with its people')
  }
  return penceFromPounds(year / people)
}

function added(cost: Pence, change: Pence | null): Pence | null {
  return change === null ? null : ((cost + change) as Pence)
}
