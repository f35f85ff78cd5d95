import type { Gate, ReleasedPartition } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import { wilson } from '../../src/stats/proportion.ts'
import type { OutcomeAnalysis } from '../analysis.ts'
import { CLAIM_WORDS, FEWEST_FOR_A_TEST } from './claim-words.ts'

/** A share with its Wilson interval, all from released counts. */
export interface ReleasedShare {
  readonly count: Released
  readonly percent: Released
  readonly low: Released
  readonly high: Released
}

/** One scale's outcome after the gate. */
export interface ReleasedOutcome {
  readonly outcome: OutcomeAnalysis
  readonly eligible: Released
  readonly baseline: Released
  readonly paired: Released
  readonly mean_pre: Released
  readonly mean_post: Released
  readonly improvement: Released
  readonly improvement_low: Released
  readonly improvement_high: Released
  readonly d_pre: Released
  readonly d_pre_low: Released
  readonly d_pre_high: Released
  readonly dz: Released
  readonly wilcoxon_p: Released
  readonly improved: ReleasedShare
  readonly no_change: ReleasedShare
  readonly deteriorated: ReleasedShare
  readonly cases_at_start: Released
  readonly recovered_of_all: ReleasedShare
  readonly recovered_of_cases: ReleasedShare
  readonly improved_if_missing_did_not: ReleasedShare
  readonly improved_if_missing_did: ReleasedShare
}

export function releaseOutcome(gate: Gate, outcome: OutcomeAnalysis): ReleasedOutcome {
  const { funnel, statistics } = outcome.summary
  const n = funnel.n_paired
  const changed = changePartition(gate, outcome)
  const counts = { eligible: funnel.n_eligible, baseline: funnel.n_baseline, paired: n }
  const stages = changed === null ? gate.stages(counts) : gate.stages(counts, changed)
  const reason = say`${CLAIM_WORDS[statistics.reason ?? 'no_pairs']}`
  const points = (value: number | null) => gate.statistic(value, { n, decimals: 1, reason })
  const tested = (value: number | null, decimals: number) =>
    gate.statistic(value, { n, decimals, reason, fewest: FEWEST_FOR_A_TEST })
  return {
    outcome,
    ...stages,
    mean_pre: points(statistics.mean_pre),
    mean_post: points(statistics.mean_post),
    improvement: points(statistics.mean_improvement),
    improvement_low: tested(statistics.improvement_ci95?.[0] ?? null, 1),
    improvement_high: tested(statistics.improvement_ci95?.[1] ?? null, 1),
    d_pre: tested(statistics.d_pre, 2),
    d_pre_low: tested(statistics.d_pre_ci95?.[0] ?? null, 2),
    d_pre_high: tested(statistics.d_pre_ci95?.[1] ?? null, 2),
    dz: tested(statistics.dz, 2),
    wilcoxon_p: tested(statistics.wilcoxon?.p ?? null, 3),
    ...releaseCategories(gate, outcome, changed),
    ...releaseRecovery(gate, outcome, stages.paired),
  }
}

/** Part of whole as a share; both already released. */
export function releasedShare(gate: Gate, count: Released, whole: Released): ReleasedShare {
  const percent = gate.percentage(count, whole)
  const end = (side: 'lower' | 'upper') =>
    percent.is_shown
      ? gate.derive([count, whole], (x, n) => 100 * (wilson(Math.min(x, n), n)?.[side] ?? 0), { unit: 'percent' })
      : percent
  return { count, percent, low: end('lower'), high: end('upper') }
}

type ChangePartition = ReleasedPartition<'improved' | 'no_change' | 'deteriorated'>

function changePartition(gate: Gate, { summary }: OutcomeAnalysis): ChangePartition | null {
  const { categories } = summary
  if (categories === null) return null
  return gate.partition({
    improved: categories.improved.count,
    no_change: categories.no_change.count,
    deteriorated: categories.deteriorated.count,
  })
}

function releaseCategories(gate: Gate, outcome: OutcomeAnalysis, changed: ChangePartition | null) {
  const { categories_reason, funnel } = outcome.summary
  if (changed === null) {
    const none = absentShare(gate, categories_reason ?? 'no_pairs')
    return {
      improved: none,
      no_change: none,
      deteriorated: none,
      improved_if_missing_did_not: none,
      improved_if_missing_did: none,
    }
  }
  const { cells, total } = changed
  const missing = gate.count(funnel.n_baseline - funnel.n_paired)
  const everyone = gate.derive([total, missing], (paired, unpaired) => paired + unpaired)
  const best = gate.derive([cells.improved, missing], (improved, unpaired) => improved + unpaired)
  return {
    improved: releasedShare(gate, cells.improved, total),
    no_change: releasedShare(gate, cells.no_change, total),
    deteriorated: releasedShare(gate, cells.deteriorated, total),
    improved_if_missing_did_not: releasedShare(gate, cells.improved, everyone),
    improved_if_missing_did: releasedShare(gate, best, everyone),
  }
}

function releaseRecovery(gate: Gate, outcome: OutcomeAnalysis, paired: Released) {
  const { recovery, recovery_reason, funnel } = outcome.summary
  if (recovery === null) {
    const none = absentShare(gate, recovery_reason ?? 'no_pairs')
    return { cases_at_start: none.count, recovered_of_all: none, recovered_of_cases: none }
  }
  const recovered = recovery.recovered_of_cases_at_start.count
  const { cells, total } = gate.partition({
    recovered,
    case_not_recovered: recovery.n_case_at_start - recovered,
    not_a_case: funnel.n_paired - recovery.n_case_at_start,
  })
  const counted = gate.partition({ recovered, case_not_recovered: recovery.n_case_at_start - recovered }).total
  // Both are rounded: the part is never printed as more than the whole.
  const cases = gate.derive([counted, paired], (part, whole) => Math.min(part, whole))
  return {
    cases_at_start: cases,
    recovered_of_all: releasedShare(gate, cells.recovered, total),
    recovered_of_cases: releasedShare(gate, cells.recovered, cases),
  }
}

function absentShare(gate: Gate, reason: keyof typeof CLAIM_WORDS): ReleasedShare {
  const none = gate.absent(say`${CLAIM_WORDS[reason]}`)
  return { count: none, percent: none, low: none, high: none }
}
