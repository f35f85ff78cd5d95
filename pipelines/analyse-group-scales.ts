import type { GroupScale, OutcomeAnalysis, ServiceName } from '../reports/analysis.ts'
import { headlineOutcomes } from '../reports/parts/headline-scales.ts'
import { claimsFor } from '../src/change/claims.ts'
import { improvement } from '../src/measures/improvement.ts'
import { pairedChange } from '../src/stats/paired-change.ts'
import { welch } from '../src/stats/welch.ts'
import { type Marts, scaleKey } from './read-marts.ts'

/** Every scale that may lead, among some of a service's episodes and against all its others. */
export function groupScales(
  { code: service_code }: ServiceName,
  outcomes: readonly OutcomeAnalysis[],
  marts: Pick<Marts, 'own'>,
): (episodes: ReadonlySet<number>) => GroupScale[] {
  const scales = headlineOutcomes(outcomes).map(({ measure_id, measure_name, scale_id, scale_label, summary }) => ({
    ...{ measure_name, scale_id, scale_label },
    gains: (marts.own.get(scaleKey({ service_code, measure_id, scale_id })) ?? []).flatMap((it) =>
      it.post_score === null
        ? []
        : [{ episode_id: it.episode_id, gain: improvement(summary.better, it.pre_score, it.post_score) }],
    ),
  }))
  return (episodes) =>
    scales.map(({ gains, ...scale }) => {
      const own = gains.flatMap((it) => (episodes.has(it.episode_id) ? [it.gain] : []))
      const others = gains.flatMap((it) => (episodes.has(it.episode_id) ? [] : [it.gain]))
      const change = pairedChange(
        own.map(() => 0),
        own,
      )
      const mayTest = claimsFor(own.length).may_test && claimsFor(others.length).may_test
      return {
        ...scale,
        n_paired: own.length,
        n_others: others.length,
        mean_improvement: change.mean_change,
        improvement_ci95: change.ci95,
        p_against_others: mayTest ? welch(own, others).p : null,
      }
    })
}
