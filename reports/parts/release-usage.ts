import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { RateComparison, UsageReason, UsageSummary } from '../../src/usage/usage-result.ts'

/** Why a figure of use does not exist, as a table cell says it. */
export const USAGE_WORDS: Readonly<Record<UsageReason, string>> = {
  no_people: 'nobody to compare',
  no_person_time: 'no person-time',
  no_events: 'no events',
  no_events_before: 'none before',
  no_events_after: 'none after',
  fewer_than_6_people: 'too few people',
  no_spread_between_people: 'no spread between people',
}

/** A before-and-after comparison of rates after the gate. */
export interface ReleasedRates {
  readonly n: Released
  readonly person_years_before: Released
  readonly person_years_after: Released
  readonly events_before: Released
  readonly events_after: Released
  readonly rate_before: Released
  readonly rate_after: Released
  readonly ratio: Released
  readonly ratio_low: Released
  readonly ratio_high: Released
  readonly exact_low: Released
  readonly exact_high: Released
  readonly dispersion: Released
}

export interface ReleasedUsage extends ReleasedRates {
  readonly summary: UsageSummary
}

export function releaseUsage(gate: Gate, summary: UsageSummary): ReleasedUsage {
  return { summary, ...releaseRates(gate, summary.events, summary.any_use.n_before, summary.any_use.n_after) }
}

/**
 * Rates come from released events and person-years. The ratio and its intervals are person-level estimates: released only
 * when the events on both sides are.
 */
export function releaseRates(
  gate: Gate,
  it: RateComparison,
  peopleBefore: number = it.n,
  peopleAfter: number = it.n,
): ReleasedRates {
  const reason = gate.label(USAGE_WORDS[it.reason ?? 'no_events'])
  const years = (value: number) => gate.statistic(value, { n: it.n, decimals: 0 })
  const person_years_before = years(it.person_years_before)
  const person_years_after = years(it.person_years_after)
  const events_before = gate.count(it.events_before, { people: peopleBefore })
  const events_after = gate.count(it.events_after, { people: peopleAfter })
  const rate = (events: Released, time: Released) =>
    gate.derive([events, time], (n, t) => (t === 0 ? null : n / t), { decimals: 2, reason: say`no person-time` })
  const model = (value: number | null, decimals = 2) =>
    gate.derive([events_before, events_after, gate.statistic(value, { n: it.n, decimals, reason })], (_b, _a, v) => v, {
      decimals,
    })
  return {
    n: gate.count(it.n),
    person_years_before,
    person_years_after,
    events_before,
    events_after,
    rate_before: rate(events_before, person_years_before),
    rate_after: rate(events_after, person_years_after),
    ratio: model(it.rate_ratio),
    ratio_low: model(it.ci95_clustered?.[0] ?? null),
    ratio_high: model(it.ci95_clustered?.[1] ?? null),
    exact_low: model(it.ci95_exact?.[0] ?? null),
    exact_high: model(it.ci95_exact?.[1] ?? null),
    dispersion: model(it.dispersion, 1),
  }
}
