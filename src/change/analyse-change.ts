import { isCase } from '../measures/improvement.ts'
import { holm } from '../stats/adjust-p.ts'
import { type BootstrapReason, bootstrapMean } from '../stats/bootstrap.ts'
import { standardisedChange } from '../stats/effect-size.ts'
import { type HodgesLehmann, hodgesLehmann } from '../stats/hodges-lehmann.ts'
import { pairedChange } from '../stats/paired-change.ts'
import { pairedDifferences } from '../stats/paired-differences.ts'
import { createRandom } from '../stats/random.ts'
import { signedRankTest } from '../stats/wilcoxon.ts'
import { type CaseChange, caseChange } from './case-change.ts'
import { type ChangeOutcomes, changeOutcomes, type OutcomeCounts } from './change-outcomes.ts'
import type { Claims, Interval, ScorePair } from './change-result.ts'
import type { Boundary } from './change-rule.ts'
import { type ResolvedThresholds, resolveThresholds } from './change-thresholds.ts'
import { claimsFor } from './claims.ts'
import type { ChangeThresholds, ThresholdOptions } from './threshold-types.ts'

/** A row of an analysis-ready file; a blank score is null. */
export interface ChangeRow {
  readonly pre: number | null
  readonly post: number | null
  readonly group: string | null
}

export interface ChangeOptions extends ThresholdOptions {
  /** Left out: `outcomes`. The same seed gives the same bootstrap. */
  readonly seed?: string
}

/** Change is last minus first, as measured: the sign of every statistic, whichever way the scale runs. */
export interface ChangeAnalysis {
  readonly n: number
  readonly n_complete: number
  readonly mean_pre: number | null
  readonly sd_pre: number | null
  readonly mean_post: number | null
  readonly sd_post: number | null
  readonly mean_change: number | null
  readonly sd_change: number | null
  readonly t: number | null
  readonly df: number | null
  readonly p: number | null
  readonly ci95: Interval | null
  readonly dz: number | null
  readonly dz_ci95: Interval | null
  readonly d_pre: number | null
  readonly d_av: number | null
  readonly hedges_g: number | null
  readonly wilcoxon: { readonly v: number | null; readonly p: number | null; readonly reason: string | null }
  /** Why t, p and their intervals do not exist; null when they do. */
  readonly reason: string | null
  readonly reliable_change_points: number | null
  readonly cutoff: number | null
  readonly n_case_at_start: number | null
  readonly counts: OutcomeCounts | null
  /** Why there are no counts; null when there are. */
  readonly counts_reason: string | null
  /** What so many pairs allow to be said; the numbers above are given whatever it says. */
  readonly claims: Claims
  readonly d_pre_ci95: Interval | null
  readonly d_av_ci95: Interval | null
  readonly hedges_g_ci95: Interval | null
  readonly hodges_lehmann: HodgesLehmann
  readonly bootstrap: MeanBootstrap
  /** Null where `counts` is. */
  readonly outcomes: Omit<ChangeOutcomes, 'counts'> | null
  /** Null without a cut-off. */
  readonly case_change: CaseChange | null
}

/** Bootstrap intervals of the mean change; null below 20 pairs, with the reason. */
export interface MeanBootstrap {
  readonly replicates: number
  readonly seed: string
  readonly percentile_ci95: Interval | null
  readonly bca_ci95: Interval | null
  readonly reason: BootstrapReason | Claims['reason'] | 'degenerate'
}

export interface ChangeAnalyses extends ChangeAnalysis {
  readonly analysis: 'change'
  readonly boundaries: string
  readonly method: string
  readonly thresholds: ChangeThresholds
  readonly warnings: readonly string[]
  /** `p_holm`: of the groups' t tests as one declared family. */
  readonly groups: readonly (ChangeAnalysis & { readonly group: string; readonly p_holm: number | null })[]
}

const BOUNDARY_WORDS: Readonly<Record<Boundary, string>> = {
  inclusive: 'Inclusive: a change of exactly the reliable change counts as reliable.',
  strict: 'Strict: a change of exactly the reliable change does not count as reliable.',
}

const CUTOFF_WORDS =
  'A score exactly on the cut-off is not a case where higher is better, and is a case where lower is better.'

const CHANGE_METHOD =
  'Reliable change: 1.96 × √2 × SD × √(1 − reliability) (Jacobson & Truax 1991) unless `thresholds` says otherwise, one threshold for all groups. ' +
  'Cut-off b counts in the SD of the functional group. dz: mean change / SD of changes; d_pre: / SD at baseline; ' +
  'd_av: / mean of the two SDs; hedges_g: dz with the exact small-sample factor on n − 1; noncentral-t intervals. Wilcoxon: zeros dropped, exact to 200. ' +
  'Shares: Wilson. Cases: McNemar mid-p, Newcombe method 10, Tango. Groups: Holm.'

/** The analysis of change for everyone and for each group, groups in order of name. */
export function analyseChange(rows: readonly ChangeRow[], options: ChangeOptions): ChangeAnalyses {
  const resolved = resolveThresholds(complete(rows), options)
  const { thresholds } = resolved
  const seed = options.seed ?? 'outcomes'
  const names = [...new Set(rows.flatMap((row) => row.group ?? []))].sort()
  const groups = names.map((group) => ({
    group,
    ...analyse(
      rows.filter((row) => row.group === group),
      resolved,
      seed,
    ),
  }))
  const adjusted = holm(groups.map((it) => it.p))
  return {
    analysis: 'change',
    ...analyse(rows, resolved, seed),
    boundaries: `${BOUNDARY_WORDS[thresholds.reliable_change.boundary]} ${CUTOFF_WORDS}`,
    method: CHANGE_METHOD,
    thresholds,
    warnings: warningsFor(thresholds),
    groups: groups.map((it, i) => ({ ...it, p_holm: adjusted[i] ?? null })),
  }
}

function analyse(
  rows: readonly ChangeRow[],
  { thresholds, rule, cutoff }: ResolvedThresholds,
  seed: string,
): ChangeAnalysis {
  const pairs = complete(rows)
  const pre = pairs.map((pair) => pair.pre_score)
  const post = pairs.map((pair) => pair.post_score)
  const { n, reason, ...change } = pairedChange(pre, post)
  const effect = standardisedChange(pre, post)
  const ranks = signedRankTest(pre, post)
  const counted = rule === null ? null : changeOutcomes(pairs, rule, cutoff, thresholds.range)
  return {
    n: rows.length,
    n_complete: n,
    ...change,
    dz: effect.dz,
    dz_ci95: effect.dz_ci95,
    d_pre: effect.d_pre,
    d_av: effect.d_av,
    hedges_g: effect.hedges_g,
    wilcoxon: { v: ranks.v, p: ranks.p, reason: ranks.reason },
    reason,
    reliable_change_points: thresholds.reliable_change.points,
    cutoff: thresholds.cutoff?.value ?? null,
    n_case_at_start: cutoff === null ? null : pre.filter((score) => isCase(cutoff, score)).length,
    counts: counted?.counts ?? null,
    counts_reason: thresholds.reliable_change_reason,
    claims: claimsFor(n),
    d_pre_ci95: effect.d_pre_ci95,
    d_av_ci95: effect.d_av_ci95,
    hedges_g_ci95: effect.hedges_g_ci95,
    hodges_lehmann: hodgesLehmann(pre, post),
    bootstrap: bootstrapOf(pairedDifferences(pre, post), seed),
    outcomes: counted === null ? null : withoutCounts(counted),
    case_change: cutoff === null ? null : caseChange(pairs, cutoff),
  }
}

function withoutCounts({ counts, ...rest }: ChangeOutcomes): Omit<ChangeOutcomes, 'counts'> {
  return rest
}

const REPLICATES = 2000

function bootstrapOf(changes: readonly number[], seed: string): MeanBootstrap {
  const base = { replicates: REPLICATES, seed }
  const claims = claimsFor(changes.length)
  if (!claims.may_bootstrap) return { ...base, percentile_ci95: null, bca_ci95: null, reason: claims.reason }
  const found = bootstrapMean(changes, { replicates: REPLICATES, random: createRandom(seed) })
  return {
    ...base,
    percentile_ci95: found.percentile_ci95,
    bca_ci95: found.bca_ci95,
    reason: found.reason ?? found.bca_reason,
  }
}

/** What a reader must be told beside the counts: of the rule, and of norms taken from the people judged by them. */
function warningsFor({ reliable_change: change, cutoff, range }: ChangeThresholds): string[] {
  return [
    change.warning,
    change.rule !== 'points' &&
    change.rule !== 'percent' &&
    change.sd_origin === 'sample' &&
    change.reliability !== null
      ? 'The SD is that of these people’s own first scores: in a group that is all alike it is small, and more changes count as reliable.'
      : null,
    change.mean_origin === 'sample'
      ? 'M1 is the mean of these people’s own first scores: scores are expected to fall back towards it, not towards the mean of a population.'
      : null,
    cutoff?.clinical_origin === 'sample'
      ? 'The clinical norm is these people’s own first scores, not a published one.'
      : null,
    cutoff !== null && range !== null && (cutoff.value < range.min || cutoff.value > range.max)
      ? 'The cut-off lies outside the scale: nobody can cross it.'
      : null,
  ].filter((it) => it !== null)
}

function complete(rows: readonly ChangeRow[]): ScorePair[] {
  return rows.flatMap(({ pre, post }) => (pre === null || post === null ? [] : [{ pre_score: pre, post_score: post }]))
}
