import { improvement } from '../measures/improvement.ts'
import type { Better } from '../measures/measure.ts'
import { standardisedChange } from '../stats/effect-size.ts'
import { hodgesLehmann } from '../stats/hodges-lehmann.ts'
import { type PairedReason, pairedChange } from '../stats/paired-change.ts'
import { signedRankTest } from '../stats/wilcoxon.ts'
import type { ChangeStatistics, ClaimReason, Claims, ScorePair } from './change-result.ts'

/** Mean change with its t interval, effect sizes and the Wilcoxon test; what the number of pairs does not allow is null. */
export function changeStatistics(pairs: readonly ScorePair[], better: Better, claims: Claims): ChangeStatistics {
  const pre = pairs.map((pair) => pair.pre_score)
  const post = pairs.map((pair) => pair.post_score)
  const measured = pairedChange(pre, post)
  // Scores counted from 0 towards better: the same points, SDs and ranks, with every sign already an improvement.
  const towardsBetter = (score: number) => improvement(better, 0, score)
  const signed = pairedChange(pre.map(towardsBetter), post.map(towardsBetter))
  const means = {
    mean_pre: measured.mean_pre,
    sd_pre: measured.sd_pre,
    mean_post: measured.mean_post,
    sd_post: measured.sd_post,
    mean_change: measured.mean_change,
    sd_change: measured.sd_change,
    mean_improvement: signed.mean_change,
  }
  if (!claims.may_test) return { ...means, ...NOTHING, reason: claims.reason }
  const effect = standardisedChange(pre.map(towardsBetter), post.map(towardsBetter))
  const ranks = signedRankTest(pre.map(towardsBetter), post.map(towardsBetter))
  const shift = hodgesLehmann(pre.map(towardsBetter), post.map(towardsBetter))
  return {
    ...means,
    improvement_ci95: signed.ci95,
    t: signed.t,
    df: signed.df,
    p: signed.p,
    dz: effect.dz,
    dz_ci95: effect.dz_ci95,
    d_pre: effect.d_pre,
    d_pre_ci95: effect.d_pre_ci95,
    d_av: effect.d_av,
    d_av_ci95: effect.d_av_ci95,
    hedges_g: effect.hedges_g,
    hedges_g_ci95: effect.hedges_g_ci95,
    wilcoxon: ranks.v === null || ranks.p === null ? null : { v: ranks.v, p: ranks.p },
    median_improvement: shift.estimate,
    median_improvement_ci95: shift.ci95,
    reason: reasonOf(signed.reason),
  }
}

const NOTHING = {
  improvement_ci95: null,
  t: null,
  df: null,
  p: null,
  dz: null,
  dz_ci95: null,
  d_pre: null,
  d_pre_ci95: null,
  d_av: null,
  d_av_ci95: null,
  hedges_g: null,
  hedges_g_ci95: null,
  wilcoxon: null,
  median_improvement: null,
  median_improvement_ci95: null,
} as const

function reasonOf(reason: PairedReason | null): ClaimReason | null {
  switch (reason) {
    case 'no_pairs':
      return 'no_pairs'
    case 'one_pair':
      return 'fewer_than_5'
    case 'constant_differences':
      return 'no_spread'
    case null:
      return null
  }
}
