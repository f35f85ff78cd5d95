import { classifyChange, improvement } from '../measures/improvement.ts'
import type { Scale } from '../measures/measure.ts'
import { mean, sampleSd } from '../stats/describe.ts'
import { type ImputationMethod, impute } from '../stats/impute.ts'
import { pairedChange } from '../stats/paired-change.ts'
import type { Random } from '../stats/random.ts'
import { poolEstimates } from '../stats/rubin.ts'
import { standardisedMeanDifference, standardisedProportionDifference } from '../stats/standardised-difference.ts'
import { tippingPoint } from '../stats/tipping-point.ts'
import { endsOf } from './change-categories.ts'
import { claimsFor } from './claims.ts'
import type { ImputedChange, ImputedReason, MissingDifference, TippingPoints } from './course-result.ts'

/** An entry score, and the last one where there is one. */
export interface EntryAndLast {
  readonly pre_score: number
  readonly post_score: number | null
}

/** A characteristic at the start: a number (null: not known), or whether a thing is so. */
export interface Characteristic {
  readonly characteristic: string
  readonly kind: 'mean' | 'share'
  readonly values: readonly { readonly has_last: boolean; readonly value: number | null }[]
}

/** People with a later score beside those without one, in standard deviations. */
export function missingDifferences(characteristics: readonly Characteristic[]): MissingDifference[] {
  return characteristics.map(({ characteristic, kind, values }) => {
    const known = (has_last: boolean) =>
      values.flatMap((it) => (it.has_last === has_last && it.value !== null ? [it.value] : []))
    const [first, second] = [known(true), known(false)]
    const x = (group: readonly number[]) => (kind === 'share' ? group.filter((value) => value === 1).length : null)
    const side = (group: readonly number[]) => ({ n: group.length, x: x(group), value: mean(group) })
    return {
      characteristic,
      kind,
      with_score: side(first),
      without_score: side(second),
      difference:
        kind === 'mean'
          ? standardisedMeanDifference(first, second)
          : standardisedProportionDifference(x(first) ?? 0, first.length, x(second) ?? 0, second.length),
    }
  })
}

/** What the missing would have to be like for the mean improvement to be no longer shown. Null where too few have both scores to test. */
export function tippingPoints(rows: readonly EntryAndLast[], scale: Scale): TippingPoints | null {
  const gains = observedGains(rows, scale)
  const missing = rows.filter((it) => it.post_score === null)
  const change = pairedChange(
    gains.map(() => 0),
    gains,
  )
  if (!claimsFor(gains.length).may_test || change.mean_change === null || change.ci95 === null) return null
  const observed = { mean: change.mean_change, n_observed: gains.length, n_missing: missing.length }
  return {
    n_observed: gains.length,
    n_missing: missing.length,
    mean_improvement: change.mean_change,
    no_longer_shown: tippingPoint({ ...observed, lower: change.ci95[0] }),
    mean_is_nil: tippingPoint({ ...observed, lower: change.mean_change }),
    worst_possible: mean(missing.map((it) => improvement(scale.better, it.pre_score, endsOf(scale).worst))),
  }
}

/**
 * Mean improvement and share reliably improved of everyone with an entry score. Last scores are drawn from their regression on the
 * entry score among those who have both: right if, among people who start alike, those who are missing fare alike.
 */
export function imputedChange(
  rows: readonly EntryAndLast[],
  scale: Scale,
  { method, n_imputations, random }: { method: ImputationMethod; n_imputations: number; random: Random },
): ImputedChange {
  const n_missing = rows.filter((it) => it.post_score === null).length
  const sizes = { n: rows.length, n_missing, method, n_imputations }
  if (!claimsFor(rows.length - n_missing).may_test) return notImputed(sizes, 'too_few_observed')
  const { completed, reason } = impute(
    rows.map((it) => ({ predictors: [1, it.pre_score], value: it.post_score })),
    method,
    n_imputations,
    random,
  )
  if (reason !== null) return notImputed(sizes, IMPUTED_REASONS[reason])
  const gains = poolEstimates(
    completed.map((posts) => meanGain(rows, posts, scale)),
    rows.length - 1,
  )
  if (gains === null) return notImputed(sizes, 'no_spread')
  const shares =
    scale.reliable_change === null
      ? null
      : poolEstimates(
          completed.map((posts) => improvedShare(rows, posts, scale)),
          rows.length - 1,
        )
  return {
    ...sizes,
    mean_improvement: gains.estimate,
    improvement_ci95: gains.ci95,
    improved_share: shares?.estimate ?? null,
    improved_ci95: shares === null ? null : [Math.max(0, shares.ci95[0]), Math.min(1, shares.ci95[1])],
    improved_share_of_missing: shares === null ? null : shareOfMissing(shares.estimate, rows, scale),
    missing_information: gains.missing_information,
    reason: null,
  }
}

const IMPUTED_REASONS = {
  nothing_missing: 'nobody_missing',
  too_few_observed: 'too_few_observed',
  predictors_not_full_rank: 'no_spread',
} as const

function notImputed(sizes: Pick<ImputedChange, 'n' | 'n_missing' | 'method' | 'n_imputations'>, reason: ImputedReason) {
  const none = {
    mean_improvement: null,
    improvement_ci95: null,
    improved_share: null,
    improved_ci95: null,
    improved_share_of_missing: null,
  }
  return { ...sizes, ...none, missing_information: null, reason }
}

/** What is left of everyone's share when the observed are taken off, from 0 to 1. */
function shareOfMissing(share: number, rows: readonly EntryAndLast[], scale: Scale): number {
  const observed = rows.filter((it) => it.post_score !== null)
  const improved = observed.filter((it) => classifyChange(scale, it.pre_score, it.post_score as number) === 'improved')
  const left = (share * rows.length - improved.length) / (rows.length - observed.length)
  return Math.min(1, Math.max(0, left))
}

function observedGains(rows: readonly EntryAndLast[], scale: Scale): number[] {
  return rows.flatMap((it) => (it.post_score === null ? [] : [improvement(scale.better, it.pre_score, it.post_score)]))
}

function meanGain(rows: readonly EntryAndLast[], posts: readonly number[], scale: Scale) {
  const gains = rows.map((it, i) => improvement(scale.better, it.pre_score, posts[i] as number))
  return { estimate: mean(gains) ?? 0, variance: (sampleSd(gains) ?? 0) ** 2 / gains.length }
}

function improvedShare(rows: readonly EntryAndLast[], posts: readonly number[], scale: Scale) {
  const n = rows.length
  const improved = rows.filter((it, i) => classifyChange(scale, it.pre_score, posts[i] as number) === 'improved').length
  const share = improved / n
  return { estimate: share, variance: (share * (1 - share)) / n }
}
