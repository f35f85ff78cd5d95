import { PERSISTENCE, type Persistence } from './qaly.ts'
import type { ValueInput } from './value-for-money.ts'
import { type MeanChange, meanChange, type ValuedPerson, valuedPeople } from './value-people.ts'

/** Net benefit a person at the leading threshold when one thing is changed; in pounds. */
export interface ValueScenario {
  readonly scenario_id: string
  readonly label: string
  readonly delta_cost: number
  readonly delta_qaly: number
  readonly net_benefit: number
}

/** The result again under other assumptions, one at a time. */
export function valueScenarios(input: ValueInput, people: readonly ValuedPerson[], programme: number): ValueScenario[] {
  const lead = input.thresholds[0] as number
  const scenario = (scenario_id: string, label: string, { cost, qaly }: MeanChange): ValueScenario => ({
    scenario_id,
    label,
    delta_cost: cost,
    delta_qaly: qaly,
    net_benefit: lead * qaly - cost,
  })
  const base = meanChange(people, programme)
  const own = programme / 100
  const share = (part: number) => ({ cost: own + part * (base.cost - own), qaly: part * base.qaly })
  const persistence = (kind: Persistence) =>
    meanChange(valuedPeople(input, { ...input.rule, persistence: kind }), programme)
  return [
    scenario('base', 'As reported', base),
    ...PERSISTENCE.filter((kind) => kind !== input.rule.persistence).map((kind) =>
      scenario(`persistence_${kind}`, PERSISTENCE_LABELS[kind], persistence(kind)),
    ),
    scenario(
      'without_dearest',
      'Without the person whose cost changed most',
      meanChange(withoutExtreme(people), programme),
    ),
    scenario('half', 'Half of both changes is the service’s doing', share(0.5)),
    scenario('quarter', 'A quarter of both changes is the service’s doing', share(0.25)),
    scenario('qaly_only', 'Quality of life changed because of the service, use of care would have in any case', {
      cost: own,
      qaly: base.qaly,
    }),
  ]
}

export const PERSISTENCE_LABELS: Readonly<Record<Persistence, string>> = {
  none: 'The change ends when it was last measured',
  fades: 'The change fades to nothing by the end of the year',
  full: 'The change stays as last measured',
}

function withoutExtreme(people: readonly ValuedPerson[]): ValuedPerson[] {
  const sizes = people.map((it) => Math.abs(it.change))
  const at = sizes.indexOf(Math.max(...sizes))
  return people.filter((_, nth) => nth !== at)
}
