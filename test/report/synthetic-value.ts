import type { Pence } from '../../src/domain/money.ts'
import type { PersonCost } from '../../src/economics/person-costs.ts'
import { type ValueForMoney, valueForMoney } from '../../src/economics/value-for-money.ts'

const YEAR = 365 / 365.25

/** Sixty people whose care costs less and whose utility rises, most of them; eight without a later utility. */
export function syntheticValue(): ValueForMoney {
  const costs = Array.from({ length: 68 }, (_, person_key) => ({
    person_key,
    years_before: YEAR,
    years_after: YEAR,
    before: pounds(1500 + 173 * ((person_key * 7) % 23)),
    after: pounds(900 + 151 * ((person_key * 11) % 19)),
  }))
  return valueForMoney({
    costs,
    items: [
      {
        label: 'A&E, price',
        low_label: '-25%',
        high_label: '+25%',
        low: scaled(costs, 0.75),
        central: costs,
        high: scaled(costs, 1.25),
      },
    ],
    utilities: costs.map(({ person_key }) => ({
      person_key,
      death_day: person_key === 3 ? 300 : null,
      points: [
        { days_from_index: 5, utility: 0.4 + 0.01 * (person_key % 17) },
        ...(person_key >= 60 ? [] : [{ days_from_index: 180, utility: 0.45 + 0.012 * ((person_key * 5) % 31) }]),
      ],
    })),
    utility_source: 'EQ-5D-5L, value set UK 2026 (Rowen)',
    programme_per_person_pence: 160_000,
    whole_window_days: 365,
    rule: { horizon_days: 365, persistence: 'none', baseline_within_days: 42 },
    thresholds: [20_000, 30_000],
    bootstrap: { replicates: 500, seed: 'synthetic' },
  })
}

function pounds(amount: number) {
  const pence = (100 * amount) as Pence
  return { low_pence: pence, central_pence: pence, high_pence: pence }
}

function scaled(costs: readonly PersonCost[], by: number): PersonCost[] {
  return costs.map((it) => ({
    ...it,
    before: pounds((it.before.central_pence / 100) * by),
    after: pounds((it.after.central_pence / 100) * by),
  }))
}
