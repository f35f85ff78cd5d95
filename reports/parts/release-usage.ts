import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { RateComparison, UsageReason, UsageSummary } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { withheldTypes } from './withheld-types.ts'

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
  readonly is_withheld: boolean
}

/** One kind of use. `withheld`: the types that `withheldTypes` names. */
export function releaseUsage(
  gate: Gate,
  summary: UsageSummary,
  withheld: ReadonlySet<string> = new Set(),
): ReleasedUsage {
  const is_withheld = withheld.has(summary.usage_id)
  const { n_before, n_after } = summary.any_use
  return {
    summary,
    is_withheld,
    ...releaseRates(gate, summary.events, { before: n_before, after: n_after, is_withheld }),
  }
}

/** Every kind of use of a service, none of which can be had by subtracting others. A group of one type is that type, and is left out. */
export function releaseAllUsage(gate: Gate, usage: UsageAnalysis): readonly ReleasedUsage[] {
  const withheld = withheldTypes(gate, usage)
  return usage.summaries
    .filter((it) => !it.is_group || it.event_types.length > 1)
    .map((summary) => releaseUsage(gate, summary, withheld))
}

/** Everyone who joined, by how much of both windows could be seen. The total is the number of people wherever it is printed. */
export function releaseFollowUp(gate: Gate, { summaries }: UsageAnalysis) {
  const [first] = summaries
  return gate.partition({ ...(first?.follow_up ?? { full: 0, partial: 0, zero: 0 }) })
}

/** People behind the events of each side, where fewer than all have any; `is_withheld`: show nothing of it. */
interface BehindRates {
  readonly before?: number
  readonly after?: number
  readonly is_withheld?: boolean
}

/**
 * Rates come from released events and released person-years. The ratio and its intervals are person-level estimates:
 * released only when the events on both sides are.
 */
export function releaseRates(
  gate: Gate,
  it: RateComparison,
  { before = it.n, after = it.n, is_withheld = false }: BehindRates = {},
): ReleasedRates {
  const reason = gate.label(USAGE_WORDS[it.reason ?? 'no_events'])
  const count = (n: number, people: number) => (is_withheld ? tooFew(gate) : gate.count(n, { people }))
  const person_years_before = releaseTime(gate, it.person_years_before)
  const person_years_after = releaseTime(gate, it.person_years_after)
  const events_before = count(it.events_before, before)
  const events_after = count(it.events_after, after)
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
    ratio_low: model(it.ci95_jackknife?.[0] ?? null),
    ratio_high: model(it.ci95_jackknife?.[1] ?? null),
    exact_low: model(it.ci95_exact?.[0] ?? null),
    exact_high: model(it.ci95_exact?.[1] ?? null),
    dispersion: model(it.dispersion, 1),
  }
}

/** Person-years or person-months, rounded as counts are: over a whole window they are the number of people. */
export function releaseTime(gate: Gate, value: number): Released {
  return gate.count(Math.round(value))
}

/** A figure withheld to protect another. */
export function tooFew(gate: Gate): Released {
  return gate.statistic(null, { n: 0 })
}
