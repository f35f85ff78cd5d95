import type { PersonCost } from './person-costs.ts'
import type { Persistence } from './qaly.ts'
import type { ValueInput } from './value-for-money.ts'
import { meanChange, type ValuedPerson, valuedPeople } from './value-people.ts'

/** What an item of the unit-cost table makes up of the costs, so that its price can be varied alone. */
export interface ItemCosts {
  readonly label: string
  readonly low_label: string
  readonly high_label: string
  /** Costs of the item alone, at the low and the high end of its range, or at 75% and 125% where the source gives one figure. */
  readonly low: readonly PersonCost[]
  readonly central: readonly PersonCost[]
  readonly high: readonly PersonCost[]
}

/** One thing varied between two ends. */
export interface ValueSwing {
  readonly label: string
  readonly low_label: string
  readonly high_label: string
  readonly net_benefit_low: number
  readonly net_benefit_high: number
  /** People counted who used what is priced; null where the swing is about everyone. */
  readonly n_people: number | null
}

/** How far the net benefit at the leading threshold moves with each thing alone, widest first: of net benefit, since a ratio breaks where its sign turns. */
export function valueSwings(input: ValueInput, people: readonly ValuedPerson[], programme: number): ValueSwing[] {
  const lead = input.thresholds[0] as number
  const base = meanChange(people, programme)
  const benefit = (cost: number, qaly = base.qaly) => lead * qaly - cost
  const counted = new Set(people.map((it) => it.person_key))
  const changeOf = (costs: readonly PersonCost[]) =>
    costs
      .filter((it) => counted.has(it.person_key))
      .reduce((total, it) => total + (it.after.central_pence - it.before.central_pence) / 100, 0) / people.length
  const items = input.items.map(({ label, low_label, high_label, low, central, high }): ValueSwing => {
    const rest = base.cost - changeOf(central)
    return {
      label,
      low_label,
      high_label,
      net_benefit_low: benefit(rest + changeOf(low)),
      net_benefit_high: benefit(rest + changeOf(high)),
      n_people: central.filter((it) => counted.has(it.person_key) && hasCost(it)).length,
    }
  })
  const qaly = (persistence: Persistence) =>
    meanChange(valuedPeople(input, { ...input.rule, persistence }), programme).qaly
  const own = programme / 100
  const swings: ValueSwing[] = [
    ...items,
    {
      label: 'Cost of the service itself',
      low_label: '-25%',
      high_label: '+25%',
      net_benefit_low: benefit(base.cost - 0.25 * own),
      net_benefit_high: benefit(base.cost + 0.25 * own),
      n_people: null,
    },
    {
      label: 'What becomes of the change after it was last measured',
      low_label: 'ends',
      high_label: 'stays',
      net_benefit_low: benefit(base.cost, qaly('none')),
      net_benefit_high: benefit(base.cost, qaly('full')),
      n_people: null,
    },
    {
      label: 'Share of both changes that is the service’s doing',
      low_label: 'half',
      high_label: 'all',
      net_benefit_low: benefit(own + 0.5 * (base.cost - own), 0.5 * base.qaly),
      net_benefit_high: benefit(base.cost),
      n_people: null,
    },
  ]
  const width = (it: ValueSwing) => Math.abs(it.net_benefit_high - it.net_benefit_low)
  return swings.toSorted((a, b) => width(b) - width(a))
}

function hasCost({ before, after }: PersonCost): boolean {
  return before.central_pence > 0 || after.central_pence > 0
}
