import type { JoinedAnalysis, OutcomeAnalysis } from '../reports/analysis.ts'
import { headlineOutcomes } from '../reports/parts/headline-scales.ts'
import type { CostResult } from '../src/economics/cost-result.ts'
import { improvement } from '../src/measures/improvement.ts'
import { mean } from '../src/stats/describe.ts'
import { hasTime } from '../src/usage/compare-rates.ts'
import type { UsagePersonRow } from '../src/usage/usage-result.ts'
import { withMinimumContacts } from './minimum-contacts.ts'
import type { Project } from './project.ts'
import { projectScale } from './project-thresholds.ts'
import { type Marts, scaleKey } from './read-marts.ts'

/** Whose cost is counted, who has two scores of the main scale, and who is both: outcome and cost of the same people. Null without a scale. */
export function joinOutcomes(
  service_code: string,
  outcomes: readonly OutcomeAnalysis[],
  rows: readonly UsagePersonRow[],
  { marts, project }: { readonly marts: Marts; readonly project: Project },
  costOf: (rows: readonly UsagePersonRow[]) => CostResult,
): JoinedAnalysis | null {
  const [main] = headlineOutcomes(outcomes)
  if (main === undefined) return null
  const { measure_id, scale_id, measure_name, scale_label } = main
  const scale = projectScale(project.measures, measure_id, scale_id)
  if (scale === null) return null
  const kept = withMinimumContacts(marts, project.rules.min_contacts)
  const pairs = (kept.own.get(scaleKey({ service_code, measure_id, scale_id })) ?? []).flatMap((it) =>
    it.post_score === null
      ? []
      : [{ person_key: it.person_key, gain: improvement(scale.better, it.pre_score, it.post_score) }],
  )
  const paired = new Set(pairs.map((it) => it.person_key))
  const costed = new Set(rows.filter(hasTime).map((it) => it.person_key))
  const both = new Set([...paired].filter((it) => costed.has(it)))
  return {
    measure_id,
    measure_name,
    scale_id,
    scale_label,
    n_both: both.size,
    n_cost_only: costed.size - both.size,
    n_outcome_only: paired.size - both.size,
    mean_improvement: mean(pairs.filter((it) => both.has(it.person_key)).map((it) => it.gain)),
    cost: costOf(rows.filter((it) => both.has(it.person_key))).headline,
  }
}
