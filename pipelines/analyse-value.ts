import type { PenceRange } from '../src/economics/cost-result.ts'
import { mapRange, wholePence } from '../src/economics/pence-range.ts'
import { personCosts } from '../src/economics/person-costs.ts'
import type { PriceIndex } from '../src/economics/price-index.ts'
import { type PricedItem, priceItems } from '../src/economics/price-items.ts'
import type { UnitCost } from '../src/economics/unit-cost.ts'
import { type ValueForMoney, valueForMoney } from '../src/economics/value-for-money.ts'
import type { PersonUtilities } from '../src/economics/value-people.ts'
import type { ItemCosts } from '../src/economics/value-swings.ts'
import { VALUE_SETS } from '../src/measures/eq-5d-5l.ts'
import type { UsageWindowRow, UtilityScoreRow } from '../src/store/mart-types.ts'
import { DAYS_PER_YEAR } from '../src/usage/compare-rates.ts'
import { EVENT_TYPES } from '../src/usage/event-types.ts'
import type { UsagePersonRow } from '../src/usage/usage-result.ts'
import type { Project } from './project.ts'

export interface ValueSources {
  readonly rows: readonly UsagePersonRow[]
  readonly windows: readonly UsageWindowRow[]
  readonly utilities: readonly UtilityScoreRow[]
  readonly unit_costs: readonly UnitCost[]
  readonly index: PriceIndex
  readonly programme_per_person_pence: number | null
  readonly whole_window_days: number
}

/** Share by which a price with one figure is varied, both ways. */
const VARIED_BY = 0.25

/** Costs and QALYs of one service's people. The horizon is the window after joining. */
export function analyseValue(sources: ValueSources, project: Project): ValueForMoney {
  const { rows, unit_costs, index, programme_per_person_pence, whole_window_days } = sources
  const items = priceItems(new Set(rows.map((row) => row.event_type)), unit_costs, index, project.prices.year).filter(
    (it) => it.not_costed_reason === null && it.price?.sector === 'nhs_pss',
  )
  const { persistence, thresholds, baseline_within_days } = project.qalys
  return valueForMoney({
    costs: personCosts(rows, items),
    items: items.map((item) => itemCosts(rows, item)),
    utility_source: utilitySource(project),
    utilities: personUtilities(sources, project.qalys.utility),
    programme_per_person_pence,
    whole_window_days,
    rule: {
      horizon_days: Math.round((project.rules.window_months * DAYS_PER_YEAR) / 12),
      persistence,
      baseline_within_days,
    },
    thresholds,
    bootstrap: project.bootstrap,
  })
}

function utilitySource({ qalys }: Project): string {
  if (qalys.utility === 'eq-5d-5l') return `EQ-5D-5L, value set ${VALUE_SETS[qalys.value_set].name}`
  return `ReQoL-UI, ${qalys.reqol_ui?.country} values, from a licence holder’s table`
}

function personUtilities(
  { windows, utilities }: ValueSources,
  counted: Project['qalys']['utility'],
): PersonUtilities[] {
  const points = new Map<number, UtilityScoreRow[]>()
  for (const row of utilities) {
    if ((row.measure_id === 'eq-5d-5l') !== (counted === 'eq-5d-5l')) continue
    const own = points.get(row.person_key)
    if (own === undefined) points.set(row.person_key, [row])
    else own.push(row)
  }
  return windows.map((window) => ({
    person_key: window.person_key,
    points: points.get(window.person_key) ?? [],
    death_day: window.stop_reason === 'death' ? window.days_after : null,
  }))
}

/** The item alone, at both ends of its price. */
function itemCosts(rows: readonly UsagePersonRow[], item: PricedItem): ItemCosts {
  const price = item.price?.unit_cost as PenceRange
  const hasRange = price.low_pence !== price.high_pence
  const at = (pence: number) => mapRange(price, () => wholePence(pence))
  const costsAt = (unit_cost: PenceRange) =>
    personCosts(rows, [{ ...item, price: item.price === null ? null : { ...item.price, unit_cost } }])
  const label = EVENT_TYPES.find((type) => type.id === item.event_type)?.label ?? item.event_type
  return {
    label: item.is_bed_day ? `${label}, bed day price` : `${label}, price`,
    low_label: hasRange ? 'low price' : '-25%',
    high_label: hasRange ? 'high price' : '+25%',
    low: costsAt(at(hasRange ? price.low_pence : price.central_pence * (1 - VARIED_BY))),
    central: costsAt(at(price.central_pence)),
    high: costsAt(at(hasRange ? price.high_pence : price.central_pence * (1 + VARIED_BY))),
  }
}
