import { classifyChange, isCase, isReliableRecovery } from '../measures/improvement.ts'
import type { Scale } from '../measures/measure.ts'
import type { NationalSummary } from './change-result.ts'
import { shareOf } from './claims.ts'

/** A row of the mart `pairs_national`, for one measure and scale. Booleans may come as 0 and 1. */
export interface NationalRow {
  readonly is_counted: boolean | number
  readonly not_counted_reason: string | null
  readonly pre_score: number | null
  readonly post_score: number | null
  readonly is_parity: boolean | number
}

/**
 * NHS England's published count for one scale: improvement, deterioration and no change among counted referrals that
 * have both scores, the threshold reached being enough. A change that does not exist is none of the three. Reliable
 * recovery is out of paired referrals that started as a case.
 * @throws Error for a scale that the national rule does not count.
 */
export function nationalSummary(measure_id: string, scale: Scale, rows: readonly NationalRow[]): NationalSummary {
  const change_points = scale.national_change_points
  if (change_points === null) throw new Error(`${measure_id} ${scale.scale_id} is not in the national rule`)
  const counted = rows.filter((row) => Boolean(row.is_counted))
  const pairs = counted.flatMap(({ pre_score: pre, post_score: post }) =>
    pre === null || post === null ? [] : [{ pre, post }],
  )
  const classes = pairs.map(({ pre, post }) => classifyChange(scale, pre, post, change_points))
  const share = (name: (typeof classes)[number]) => shareOf(classes.filter((it) => it === name).length, pairs.length)
  return {
    measure_id,
    scale_id: scale.scale_id,
    is_parity: rows.some((row) => Boolean(row.is_parity)),
    change_points,
    n_referrals: rows.length,
    n_counted: counted.length,
    n_paired: pairs.length,
    not_counted: reasons(rows),
    improved: share('improved'),
    deteriorated: share('deteriorated'),
    no_change: share('none'),
    recovery: nationalRecovery(scale, change_points, pairs),
  }
}

function nationalRecovery(
  scale: Scale,
  points: number,
  pairs: readonly { pre: number; post: number }[],
): NationalSummary['recovery'] {
  const { cutoff } = scale
  if (cutoff === null) return null
  const national: Scale = { ...scale, reliable_change: { points, source: cutoff.source, status: cutoff.status } }
  const cases = pairs.filter(({ pre }) => isCase(cutoff, pre))
  const recovered = cases.filter(({ pre, post }) => isReliableRecovery(national, pre, post)).length
  return { cutoff, n_case_at_start: cases.length, reliably_recovered: shareOf(recovered, cases.length) }
}

function reasons(rows: readonly NationalRow[]): { reason: string; n: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (row.is_counted) continue
    const reason = row.not_counted_reason ?? 'reason_not_stated'
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return [...counts].map(([reason, n]) => ({ reason, n })).sort((a, b) => b.n - a.n || (a.reason < b.reason ? -1 : 1))
}
