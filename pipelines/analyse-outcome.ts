import type { OutcomeAnalysis } from '../reports/analysis.ts'
import { scatterPoints } from '../src/change/change-categories.ts'
import { compareIndices } from '../src/change/compare-indices.ts'
import { nationalSummary } from '../src/change/national-summary.ts'
import { compareRules } from '../src/change/own-and-national.ts'
import { summariseChange } from '../src/change/summarise-change.ts'
import { scaleOf } from '../src/measures/registry.ts'
import type { EpisodeProfileRow, PairOwnRow } from '../src/store/mart-types.ts'
import { measureName } from './analyse-quality.ts'
import { type ProjectThresholds, projectIndexNorms, projectScale } from './project-thresholds.ts'
import { type Marts, scaleKey } from './read-marts.ts'

/** One scale of a service, over the episodes that the marts hold; nothing where the registry has no such scale. */
export function analyseOutcome(
  funnel: Marts['funnel'][number],
  marts: Pick<Marts, 'own' | 'national' | 'compared' | 'profile_of'>,
  thresholds: ProjectThresholds,
): OutcomeAnalysis[] {
  const { service_code, measure_id, scale_id } = funnel
  const scale = projectScale(thresholds, measure_id, scale_id)
  const published = scaleOf(measure_id, scale_id)
  if (scale === null || published === null) return []
  const key = scaleKey({ service_code, measure_id, scale_id })
  const rows = marts.own.get(key) ?? []
  const pairs = rows.flatMap((row) => pairOf(row))
  const national = marts.national.get(key) ?? []
  const norms = projectIndexNorms(thresholds, measure_id, scale_id)
  return [
    {
      measure_id,
      measure_name: measureName(measure_id),
      scale_id,
      scale_label: scale.label,
      min_score: scale.min,
      max_score: scale.max,
      summary: summariseChange({
        measure_id,
        scale,
        funnel,
        pairs,
        unpaired_pre_scores: rows.flatMap((row) => (row.post_score === null ? [row.pre_score] : [])),
      }),
      national:
        published.national_change_points === null || national.length === 0
          ? null
          : nationalSummary(measure_id, published, national),
      rules: published.national_change_points === null ? null : compareRules(marts.compared.get(key) ?? []),
      scatter: scatterPoints(pairs, scale),
      case_mix: rows.flatMap((row) => (row.post_score === null ? [] : [factsOf(marts.profile_of.get(row.episode_id))])),
      indices: norms === null || pairs.length === 0 ? null : compareIndices(pairs, scale, norms),
    },
  ]
}

function pairOf(row: PairOwnRow): { pre_score: number; post_score: number }[] {
  return row.post_score === null ? [] : [{ pre_score: row.pre_score, post_score: row.post_score }]
}

function factsOf(profile: EpisodeProfileRow | undefined): OutcomeAnalysis['case_mix'][number] {
  const { age_band = null, gender = null, neurodiversity = 'unknown', pathway = null } = profile ?? {}
  return { age_band, gender, neurodiversity: neurodiversity === 'unknown' ? null : neurodiversity, pathway }
}
