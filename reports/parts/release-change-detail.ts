import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import { holm } from '../../src/stats/adjust-p.ts'
import { mcnemarMidP, newcombePaired, type PairedCounts } from '../../src/stats/proportion.ts'
import { tangoPaired } from '../../src/stats/tango.ts'
import type { OutcomeAnalysis } from '../analysis.ts'
import { CLAIM_WORDS, FEWEST_FOR_A_TEST } from './claim-words.ts'
import { type ReleasedShare, releasedShare } from './release-outcome.ts'

/** An estimate with its 95% interval. */
export interface ReleasedEstimate {
  readonly value: Released
  readonly low: Released
  readonly high: Released
}

/** Effect sizes and tests of one scale after the gate; everything is signed so that positive is better. */
export interface ReleasedEffects {
  readonly mean: ReleasedEstimate
  readonly median: ReleasedEstimate
  readonly d_pre: ReleasedEstimate
  readonly d_av: ReleasedEstimate
  readonly dz: ReleasedEstimate
  readonly hedges_g: ReleasedEstimate
  readonly t_p: Released
  readonly wilcoxon_p: Released
  /** Holm's p of the t test, the scales given being the family. */
  readonly holm_p: Released
}

/** One after another, in the order given; their t tests are one family. */
export function releaseEffects(gate: Gate, outcomes: readonly OutcomeAnalysis[]): ReleasedEffects[] {
  const adjusted = holm(outcomes.map((it) => it.summary.statistics.p))
  return outcomes.map((outcome, i) => effectsOf(gate, outcome, adjusted[i] ?? null))
}

function effectsOf(gate: Gate, { summary }: OutcomeAnalysis, holmP: number | null): ReleasedEffects {
  const { statistics: it, funnel } = summary
  const reason = say`${CLAIM_WORDS[it.reason ?? 'no_pairs']}`
  const statistic = (value: number | null, decimals: number) =>
    gate.statistic(value, { n: funnel.n_paired, decimals, reason, fewest: FEWEST_FOR_A_TEST })
  const estimate = (value: number | null, ci95: readonly [number, number] | null, decimals: number) => ({
    value: statistic(value, decimals),
    low: statistic(ci95?.[0] ?? null, decimals),
    high: statistic(ci95?.[1] ?? null, decimals),
  })
  return {
    mean: estimate(it.improvement_ci95 === null ? null : it.mean_improvement, it.improvement_ci95, 1),
    median: estimate(it.median_improvement, it.median_improvement_ci95, 1),
    d_pre: estimate(it.d_pre, it.d_pre_ci95, 2),
    d_av: estimate(it.d_av, it.d_av_ci95, 2),
    dz: estimate(it.dz, it.dz_ci95, 2),
    hedges_g: estimate(it.hedges_g, it.hedges_g_ci95, 2),
    t_p: statistic(it.p, 3),
    wilcoxon_p: statistic(it.wilcoxon?.p ?? null, 3),
    holm_p: statistic(holmP, 3),
  }
}

/** Cases before and after, all from released counts: the test too, as a test of exact counts would give them away. */
export interface ReleasedCaseChange {
  readonly n: Released
  readonly pre: ReleasedShare
  readonly post: ReleasedShare
  /** Percentage points, last minus first: negative is fewer cases. */
  readonly difference: Released
  readonly newcombe_low: Released
  readonly newcombe_high: Released
  readonly tango_low: Released
  readonly tango_high: Released
  readonly p: Released
}

const FEWEST_FOR_AN_INTERVAL = 5

/** Null where the scale has no cut-off. Whether there are enough people is decided by the released total: by the true one it would narrow it. */
export function releaseCaseChange(gate: Gate, { summary }: OutcomeAnalysis): ReleasedCaseChange | null {
  const { case_change: it } = summary
  if (it === null) return null
  const { cells, total } = gate.partition({
    both: it.n_case_both,
    pre_only: it.n_case_pre_only,
    post_only: it.n_case_post_only,
    neither: it.n_case_neither,
  })
  // The rest of the total stands for those who are never a case, so that a withheld cell of them withholds nothing else.
  const known = [cells.both, cells.pre_only, cells.post_only, total] as const
  const add = (a: Released, b: Released) => gate.derive([a, b], (x, y) => x + y)
  const isTestable = (total.value ?? 0) >= FEWEST_FOR_A_TEST.n
  const points = (of: (counts: PairedCounts) => number | null | undefined) =>
    gate.derive(
      known,
      (both, pre_only, post_only, n) => {
        const neither = Math.max(0, n - both - pre_only - post_only)
        const found = n < FEWEST_FOR_AN_INTERVAL ? null : of({ both, pre_only, post_only, neither })
        return found == null ? null : 100 * found
      },
      { decimals: 0, reason: say`${CLAIM_WORDS.fewer_than_5}` },
    )
  return {
    n: total,
    pre: releasedShare(gate, add(cells.both, cells.pre_only), total),
    post: releasedShare(gate, add(cells.both, cells.post_only), total),
    difference: points((counts) => newcombePaired(counts)?.difference),
    newcombe_low: points((counts) => newcombePaired(counts)?.lower),
    newcombe_high: points((counts) => newcombePaired(counts)?.upper),
    tango_low: points((counts) => tangoPaired(counts)?.[0]),
    tango_high: points((counts) => tangoPaired(counts)?.[1]),
    p: gate.derive(
      [cells.pre_only, cells.post_only],
      (lost, gained) => (isTestable ? mcnemarMidP(lost, gained).p : null),
      { decimals: 3, reason: isTestable ? say`nobody crossed` : say`${CLAIM_WORDS.fewer_than_10}` },
    ),
  }
}

/** Who could not improve reliably, and who was harmed, each with the denominators to whom it could happen. */
export interface ReleasedLimits {
  readonly could_not_improve: ReleasedShare
  readonly improved_of_those_who_could: ReleasedShare
  /** Null where the scale has no cut-off. */
  readonly harmed: { readonly of_all: ReleasedShare; readonly of_others: ReleasedShare } | null
}

/** Null where the scale has no reliable change threshold. */
export function releaseLimits(gate: Gate, { summary }: OutcomeAnalysis, improved: Released): ReleasedLimits | null {
  const { categories, recovery, funnel } = summary
  if (categories === null) return null
  const { cells, total } = gate.partition({
    could: funnel.n_paired - categories.n_could_not_improve,
    could_not: categories.n_could_not_improve,
  })
  // Both are rounded: the part is never printed as more than the whole.
  const improvedOfThem = gate.derive([improved, cells.could], (part, whole) => Math.min(part, whole))
  return {
    could_not_improve: releasedShare(gate, cells.could_not, total),
    improved_of_those_who_could: releasedShare(gate, improvedOfThem, cells.could),
    harmed: recovery === null ? null : harmedOf(gate, recovery, funnel.n_paired),
  }
}

function harmedOf(gate: Gate, recovery: NonNullable<OutcomeAnalysis['summary']['recovery']>, paired: number) {
  const harmed = recovery.harmed_of_all.count
  const others = paired - recovery.n_case_at_start
  const { cells, total } = gate.partition({
    harmed,
    not_harmed: others - harmed,
    case_at_start: recovery.n_case_at_start,
  })
  const ofOthers = gate.partition({ harmed, not_harmed: others - harmed }).total
  return { of_all: releasedShare(gate, cells.harmed, total), of_others: releasedShare(gate, cells.harmed, ofOthers) }
}
