import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { RunFacts, UsageAnalysis } from '../analysis.ts'
import type { ArmAnalysis, ArmKey, ArmMix, ArmsAnalysis, ArmUse } from '../analysis-arms.ts'
import { type ReleasedOutcome, releaseOutcome } from './release-outcome.ts'
import { type ReleasedRates, releaseRates, tooFew } from './release-usage.ts'
import { mainUsage } from './usage-words.ts'
import { withheldCells, withheldParts } from './withheld-parts.ts'
import { withheldTypes } from './withheld-types.ts'

/** Of one arm: how many people and episodes. */
export interface ReleasedArm {
  readonly key: ArmKey
  readonly people: Released
  readonly episodes: Released
}

/** The people of every arm. The arms part the service's people, so one that is withheld takes another with it. */
export function releaseArms(gate: Gate, { arms }: ArmsAnalysis): readonly ReleasedArm[] {
  const sizes = arms.map((it) => it.n_people)
  const hidden = withheldParts(gate, sizes, 'count')
  return arms.map(({ key, n_people, n_episodes }, at) => ({
    key,
    people: hidden[at] ? tooFew(gate) : gate.count(n_people),
    episodes: hidden[at] ? tooFew(gate) : gate.count(n_episodes, { people: n_people }),
  }))
}

/** People of every arm by one fact: a row for each of its values, a cell for each arm. */
export function releaseMix(gate: Gate, arms: readonly ArmAnalysis[], dimension: ArmMix['dimension']) {
  const mixes = arms.map((it) => it.mix.find((one) => one.dimension === dimension)?.counts ?? [])
  const counts = (mixes[0] ?? []).map((_, row) => mixes.map((mix) => mix[row]?.n ?? 0))
  const hidden = withheldCells(gate, counts)
  const wholes = mixes.map((mix) => gate.partition(Object.fromEntries(mix.map((it, at) => [at, it.n]))).total)
  return counts.map((row, at) => ({
    value: mixes[0]?.[at]?.value ?? null,
    cells: row.map((n, arm) => {
      const people = hidden[at]?.[arm] ? tooFew(gate) : gate.count(n)
      return { people, percent: gate.percentage(people, wholes[arm] as Released) }
    }),
  }))
}

/** The mean first score of every arm on one scale. */
export function releaseEntry(gate: Gate, arms: readonly ArmAnalysis[], scale: number): readonly Released[] {
  const entries = arms.map((it) => it.entry[scale] ?? { n: 0, mean_pre: null })
  const sizes = entries.map((it) => it.n)
  const hidden = withheldParts(gate, sizes, 'statistic')
  return entries.map(({ n, mean_pre }, at) =>
    hidden[at] ? tooFew(gate) : gate.statistic(mean_pre, { n, decimals: 1, reason: say`no score` }),
  )
}

/** One scale's outcome in one arm. */
export interface ReleasedArmOutcome {
  readonly key: ArmKey
  readonly outcome: ReleasedOutcome
  readonly eligible: Released
  readonly paired: Released
  readonly improvement: Released
  readonly improvement_low: Released
  readonly improvement_high: Released
  readonly improved: Released
}

/** Every arm's outcome on one scale. Below the project's minimum of pairs an arm is too few to say anything of. */
export function releaseArmOutcomes(
  gate: Gate,
  facts: RunFacts,
  arms: readonly ArmAnalysis[],
  scale: Pick<ReleasedOutcome['outcome'], 'measure_id' | 'scale_id'>,
): readonly ReleasedArmOutcome[] {
  const own = arms.flatMap(({ key, outcomes }) =>
    outcomes
      .filter((it) => it.measure_id === scale.measure_id && it.scale_id === scale.scale_id)
      .map((outcome) => ({ key, outcome })),
  )
  const of = (size: (it: (typeof own)[number]['outcome']['summary']) => number, kind: 'count' | 'statistic') =>
    withheldParts(
      gate,
      own.map((it) => size(it.outcome.summary)),
      kind,
    )
  const hidden = {
    eligible: of((it) => it.funnel.n_eligible, 'count'),
    paired: of((it) => it.funnel.n_paired, 'statistic'),
    improved: of((it) => it.categories?.improved.count ?? 0, 'count'),
  }
  return own.map(({ key, outcome }, at) => {
    const released = releaseOutcome(gate, outcome)
    const isEnough = outcome.summary.funnel.n_paired >= facts.group_minimum_n
    const shown = (value: Released, isHidden = hidden.paired[at]) =>
      isHidden ? tooFew(gate) : isEnough ? value : gate.absent(say`too few to say`)
    return {
      key,
      outcome: released,
      eligible: hidden.eligible[at] ? tooFew(gate) : released.eligible,
      paired: hidden.paired[at] ? tooFew(gate) : released.paired,
      improvement: shown(released.improvement),
      improvement_low: shown(released.improvement_low),
      improvement_high: shown(released.improvement_high),
      improved: shown(released.improved.percent, hidden.paired[at] || hidden.improved[at]),
    }
  })
}

/** Use of services in one arm, by the kind of use that leads in the service, and its cost in pounds per person-year. */
export interface ReleasedArmUse extends ReleasedRates {
  readonly key: ArmKey
  readonly cost_before: Released
  readonly cost_after: Released
  readonly cost_difference: Released
  readonly cost_low: Released
  readonly cost_high: Released
}

/** Null where no kind of use leads. */
export function releaseArmUse(gate: Gate, facts: RunFacts, usage: UsageAnalysis): readonly ReleasedArmUse[] | null {
  const main = mainUsage(usage)
  if (main === undefined || usage.arms.length === 0) return null
  const rows = usage.arms.flatMap((it) => {
    const summary = it.summaries.find((one) => one.usage_id === main.usage_id)
    return summary === undefined ? [] : [{ ...it, summary }]
  })
  const isTypeWithheld = withheldTypes(gate, usage).has(main.usage_id)
  const of = (size: (it: (typeof rows)[number]) => number, kind: 'count' | 'statistic') =>
    withheldParts(gate, rows.map(size), kind)
  const hidden = {
    before: of((it) => it.summary.any_use.n_before, 'count'),
    after: of((it) => it.summary.any_use.n_after, 'count'),
    people: of((it) => it.cost.n_people, 'statistic'),
  }
  return rows.map(({ key, summary, cost }, at) => {
    const isHidden = hidden.people[at] === true
    const is_withheld = isTypeWithheld || isHidden || hidden.before[at] === true || hidden.after[at] === true
    const isEnough = cost.n_people >= facts.group_minimum_n
    const rates = releaseRates(gate, summary.events, {
      before: summary.any_use.n_before,
      after: summary.any_use.n_after,
      is_withheld,
    })
    const shown = (value: Released) => (isHidden ? tooFew(gate) : isEnough ? value : gate.absent(say`too few to say`))
    return { key, ...mapReleased(rates, shown), ...armCost(gate, cost, shown) }
  })
}

function armCost(gate: Gate, { headline, n_people }: ArmUse['cost'], shown: (value: Released) => Released) {
  const pounds = (pence: number | null) =>
    shown(
      gate.statistic(pence === null ? null : pence / 100, {
        n: n_people,
        unit: 'gbp',
        reason: gate.label(headline.reason ?? 'no cost'),
      }),
    )
  return {
    cost_before: pounds(headline.cost_per_person_year_before_pence),
    cost_after: pounds(headline.cost_per_person_year_after_pence),
    cost_difference: pounds(headline.difference_per_person_year_pence),
    cost_low: pounds(headline.ci95_low_pence),
    cost_high: pounds(headline.ci95_high_pence),
  }
}

function mapReleased(rates: ReleasedRates, change: (value: Released) => Released): ReleasedRates {
  const entries = Object.entries(rates).map(([name, value]) => [name, change(value)])
  return Object.fromEntries(entries) as unknown as ReleasedRates
}
