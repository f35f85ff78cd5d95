import { scale } from '../measures/define.ts'
import { classifyChange, isCase } from '../measures/improvement.ts'
import type { Better, Cutoff, Scale } from '../measures/measure.ts'
import { mean, sampleSd } from '../stats/describe.ts'
import { standardisedChange } from '../stats/effect-size.ts'
import { pairedChange } from '../stats/paired-change.ts'
import { signedRankTest } from '../stats/wilcoxon.ts'
import type { Claims, Interval, ScorePair } from './change-result.ts'
import { claimsFor } from './claims.ts'
import { clinicalCutoff, type Norm, reliableChangeIndex } from './jacobson-truax.ts'

/** A row of an analysis-ready file; a blank score is null. */
export interface ChangeRow {
  readonly pre: number | null
  readonly post: number | null
  readonly group: string | null
}

export interface ChangeOptions {
  readonly better: Better | null
  readonly reliability: number | null
  /** Null: the SD of the baseline scores of everyone with both. */
  readonly sd: number | null
  /** Null: the baseline mean and SD of everyone with both. */
  readonly clinical: Norm | null
  readonly functional: Norm | null
  readonly cutoff: 'a' | 'b' | 'c' | number | null
}

/** Recovered, improved, unchanged, deteriorated and harmed add up to n_complete. */
export interface OutcomeCounts {
  /** A case at first, not at last, and reliably better; null without a cut-off. */
  readonly recovered: number | null
  /** Reliably better otherwise. */
  readonly improved: number
  readonly unchanged: number
  /** Reliably worse, and not harmed. */
  readonly deteriorated: number
  /** Reliably worse and, not a case at first, a case at last; null without a cut-off. */
  readonly harmed: number | null
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
}

export interface ChangeAnalyses extends ChangeAnalysis {
  readonly analysis: 'change'
  readonly boundaries: string
  readonly method: string
  readonly groups: readonly (ChangeAnalysis & { readonly group: string })[]
}

export const CHANGE_BOUNDARIES =
  'Inclusive: a change of exactly the reliable change counts as reliable. A score exactly on the cut-off is not a case ' +
  'where higher is better, and is a case where lower is better.'

const CHANGE_METHOD =
  'Reliable change: 1.96 × √2 × SD × √(1 − reliability) (Jacobson & Truax 1991), one threshold for all groups. ' +
  'Cut-off b counts in the SD of the functional group. dz: mean change / SD of changes; d_pre: / SD at baseline; ' +
  'd_av: / mean of the two SDs; hedges_g: dz with the exact small-sample factor on n − 1. Wilcoxon: zeros dropped, exact to 200.'

/** The analysis of change for everyone and for each group, groups in order of name. */
export function analyseChange(rows: readonly ChangeRow[], options: ChangeOptions): ChangeAnalyses {
  const thresholds = thresholdsFor(complete(rows), options)
  const names = [...new Set(rows.flatMap((row) => row.group ?? []))].sort()
  return {
    analysis: 'change',
    ...analyse(rows, thresholds),
    boundaries: CHANGE_BOUNDARIES,
    method: CHANGE_METHOD,
    groups: names.map((group) => ({
      group,
      ...analyse(
        rows.filter((row) => row.group === group),
        thresholds,
      ),
    })),
  }
}

interface Thresholds {
  readonly better: Better | null
  readonly points: number | null
  readonly cutoff: number | null
  readonly reason: string | null
}

function thresholdsFor(pairs: readonly ScorePair[], options: ChangeOptions): Thresholds {
  const baseline = pairs.map((pair) => pair.pre_score)
  const sd = options.sd ?? sampleSd(baseline)
  const { better, reliability } = options
  const points = reliability === null || !sd ? null : reliableChangeIndex(sd, reliability).points
  const reason = better === null ? 'no_direction' : reliability === null ? 'no_reliability' : null
  return {
    better,
    points,
    cutoff: cutoffFor(baseline, options),
    reason: points === null ? (reason ?? 'no_baseline_spread') : reason,
  }
}

function cutoffFor(
  baseline: readonly number[],
  { better, clinical, functional, cutoff }: ChangeOptions,
): number | null {
  if (cutoff === null || typeof cutoff === 'number') return cutoff
  const [sampleMean, sampleOwnSd] = [mean(baseline), sampleSd(baseline)]
  const sample = sampleMean === null || sampleOwnSd === null ? null : { mean: sampleMean, sd: sampleOwnSd }
  return better === null ? null : clinicalCutoff(cutoff, { better, clinical: clinical ?? sample, functional })
}

function analyse(rows: readonly ChangeRow[], thresholds: Thresholds): ChangeAnalysis {
  const pairs = complete(rows)
  const pre = pairs.map((pair) => pair.pre_score)
  const post = pairs.map((pair) => pair.post_score)
  const { n, reason, ...change } = pairedChange(pre, post)
  const effect = standardisedChange(pre, post)
  const ranks = signedRankTest(pre, post)
  const rule = ruleOf(thresholds)
  const cutoff = cutoffOf(thresholds)
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
    reliable_change_points: thresholds.points,
    cutoff: thresholds.cutoff,
    n_case_at_start: cutoff === null ? null : pre.filter((score) => isCase(cutoff, score)).length,
    counts: rule === null ? null : countsOf(pairs, rule, cutoff),
    counts_reason: thresholds.reason,
    claims: claimsFor(n),
  }
}

const GIVEN = { source: 'given with the analysis', status: 'CONFIGURED' } as const

function ruleOf({ better, points, reason }: Thresholds): Scale | null {
  if (better === null || points === null || reason !== null) return null
  const reliable_change = { points, ...GIVEN }
  return scale({ scale_id: 'score', label: 'Score', min: 0, max: 0, better, rule: 'sum', items: [], reliable_change })
}

function cutoffOf({ better, cutoff }: Thresholds): Cutoff | null {
  if (better === null || cutoff === null) return null
  return { case_when: better === 'higher' ? 'below' : 'at_or_above', value: cutoff, ...GIVEN }
}

function countsOf(pairs: readonly ScorePair[], rule: Scale, cutoff: Cutoff | null): OutcomeCounts {
  const outcomes = pairs.map(({ pre_score: pre, post_score: post }) => ({
    change: classifyChange(rule, pre, post),
    crossing: cutoff === null ? null : crossingOf(isCase(cutoff, pre), isCase(cutoff, post)),
  }))
  const count = (change: 'improved' | 'none' | 'deteriorated', crossing?: 'to_health' | 'to_case') =>
    outcomes.filter((it) => it.change === change && (crossing === undefined || it.crossing === crossing)).length
  const recovered = cutoff === null ? null : count('improved', 'to_health')
  const harmed = cutoff === null ? null : count('deteriorated', 'to_case')
  return {
    recovered,
    improved: count('improved') - (recovered ?? 0),
    unchanged: count('none'),
    deteriorated: count('deteriorated') - (harmed ?? 0),
    harmed,
  }
}

function crossingOf(wasCase: boolean, isCaseNow: boolean): 'to_health' | 'to_case' | null {
  if (wasCase === isCaseNow) return null
  return wasCase ? 'to_health' : 'to_case'
}

function complete(rows: readonly ChangeRow[]): ScorePair[] {
  return rows.flatMap(({ pre, post }) => (pre === null || post === null ? [] : [{ pre_score: pre, post_score: post }]))
}
