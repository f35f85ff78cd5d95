import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { CeaPair } from '../../src/economics/cea/compare-pair.ts'
import type { DecisionAt } from '../../src/economics/cea/decision-at.ts'
import type { ValueForMoney } from '../../src/economics/value-for-money.ts'
import type { ValueScenario } from '../../src/economics/value-scenarios.ts'
import type { ValueSwing } from '../../src/economics/value-swings.ts'
import { withheldParts } from './withheld-parts.ts'

type Interval = readonly [number, number] | null

export interface ReleasedThreshold {
  readonly wtp: Released
  readonly benefit: Released
  readonly low: Released
  readonly high: Released
  readonly chance: Released
  readonly evpi: Released
}

/** What may be said of value for money: everything rests on the same people. */
export interface ReleasedValue {
  readonly value: ValueForMoney
  readonly people: Readonly<Record<'with_time' | 'whole' | 'baseline' | 'counted', Released>>
  readonly baseline: Released
  readonly cost: Released
  readonly cost_low: Released
  readonly cost_high: Released
  readonly qaly: Released
  readonly qaly_low: Released
  readonly qaly_high: Released
  readonly icer: Released
  readonly is_icer_sound: boolean
  readonly sd_cost: Released
  readonly sd_qaly: Released
  readonly correlation: Released
  readonly thresholds: readonly ReleasedThreshold[]
  readonly curve: readonly Readonly<Record<'wtp' | 'chance', Released>>[]
}

/** Null where nothing could be worked out: the reason is with the value. */
export function releaseValue(gate: Gate, value: ValueForMoney): ReleasedValue | null {
  const pair = value.cea?.pairs[0]
  if (value.cea === null || pair === undefined || value.spread === null) return null
  const n = value.flow.n_counted
  const statistic = (it: number | null, decimals: number) =>
    gate.statistic(it, { n, decimals, reason: say`no interval` })
  const money = (it: number | null) => gate.statistic(it, { n, unit: 'gbp', reason: say`no interval` })
  const { variance_cost, variance_effect, covariance } = value.spread
  const [sdCost, sdQaly] = [Math.sqrt(variance_cost), Math.sqrt(variance_effect)]
  const decisions = value.cea.wtp
  return {
    value,
    people: gate.stages({
      with_time: value.flow.n_with_time,
      whole: value.flow.n_whole,
      baseline: value.flow.n_baseline,
      counted: n,
    }),
    baseline: statistic(value.mean_baseline, 2),
    cost: money(pair.delta_cost),
    ...ends('cost', pair.delta_cost_ci95, money),
    qaly: statistic(pair.delta_effect, 3),
    ...ends('qaly', pair.delta_effect_ci95, (it) => statistic(it, 3)),
    icer: money(pair.icer),
    is_icer_sound: isSound(pair),
    sd_cost: money(sdCost),
    sd_qaly: statistic(sdQaly, 4),
    correlation: statistic(sdCost * sdQaly === 0 ? 0 : covariance / (sdCost * sdQaly), 2),
    thresholds: decisions
      .filter((it) => value.thresholds.includes(it.wtp))
      .map((it) => releaseDecision(gate, it, pair.comparator, n)),
    curve: decisions.map((it) => ({
      wtp: gate.fact(it.wtp, { unit: 'gbp' }),
      chance: chanceOf(gate, it, pair.comparator, n),
    })),
  }
}

function isSound({ icer, is_icer_uncertain, quadrant }: CeaPair): boolean {
  return icer !== null && !is_icer_uncertain && (quadrant === 'NE' || quadrant === 'SW')
}

function releaseDecision(gate: Gate, it: DecisionAt, comparator: string, n: number): ReleasedThreshold {
  const money = (value: number | null) => gate.statistic(value, { n, unit: 'gbp', reason: say`no interval` })
  const interval = it.eib_ci95[comparator] ?? null
  return {
    wtp: gate.fact(it.wtp, { unit: 'gbp' }),
    benefit: money(it.eib[comparator] ?? null),
    low: money(interval?.[0] ?? null),
    high: money(interval?.[1] ?? null),
    chance: chanceOf(gate, it, comparator, n),
    evpi: money(it.evpi),
  }
}

function chanceOf(gate: Gate, it: DecisionAt, comparator: string, n: number): Released {
  return gate.statistic(100 * (it.ceac[comparator] ?? 0), { n, unit: 'percent', decimals: 0 })
}

function ends<Name extends string>(name: Name, interval: Interval, release: (value: number | null) => Released) {
  return {
    [`${name}_low`]: release(interval?.[0] ?? null),
    [`${name}_high`]: release(interval?.[1] ?? null),
  } as Record<`${Name}_low` | `${Name}_high`, Released>
}

/** What rests on leaving out one person would tell of that person: internal only. */
export function releaseScenarios(gate: Gate, { scenarios, flow }: ValueForMoney) {
  const shown = scenarios.filter((it) => gate.policy.is_internal || it.scenario_id !== 'without_dearest')
  return shown.map((it: ValueScenario) => ({
    label: gate.label(it.label),
    cost: gate.statistic(it.delta_cost, { n: flow.n_counted, unit: 'gbp' }),
    qaly: gate.statistic(it.delta_qaly, { n: flow.n_counted, decimals: 3 }),
    benefit: gate.statistic(it.net_benefit, { n: flow.n_counted, unit: 'gbp' }),
  }))
}

/** What a price moves is what its use costs: few users withhold it, and another with it where the rest would tell it. */
export function releaseSwings(gate: Gate, { swings, flow }: ValueForMoney): readonly ReleasedSwing[] {
  const priced = swings.filter((it) => it.n_people !== null)
  const users = priced.map((it) => it.n_people ?? 0)
  const withheld = new Set(priced.filter((_, at) => withheldParts(gate, users, 'statistic')[at]))
  return swings.map((it: ValueSwing) => {
    const money = (value: number) => gate.statistic(value, { n: withheld.has(it) ? 0 : flow.n_counted, unit: 'gbp' })
    return {
      label: gate.label(it.label),
      low_label: gate.label(it.low_label),
      high_label: gate.label(it.high_label),
      low: money(it.net_benefit_low),
      high: money(it.net_benefit_high),
    }
  })
}

export interface ReleasedSwing {
  readonly label: ReleasedText
  readonly low_label: ReleasedText
  readonly high_label: ReleasedText
  readonly low: Released
  readonly high: Released
}
