import type { AssessmentRecordRow, ScoredAssessment, ScoreFlag } from './assessment-rows.ts'
import type { Scale } from './measure.ts'
import { suppliedRow } from './score-rows.ts'

/** A score that came without the items behind it. `scale` is null where the measure has no scale of that id. */
export function scoreSupplied(scale: Scale | null, record: AssessmentRecordRow): ScoredAssessment {
  const { assessment_id, supplied_scale, supplied_score } = record
  const flag = (code: ScoreFlag['code']): ScoreFlag => ({ assessment_id, code, scale_id: supplied_scale ?? 'total' })
  if (scale === null) return { rows: [], flags: [flag('unknown_scale')] }
  if (supplied_score === null) return { rows: [suppliedRow(record, scale, 'too_many_missing', null)], flags: [] }
  if (!(supplied_score >= scale.min && supplied_score <= scale.max)) {
    return { rows: [suppliedRow(record, scale, 'invalid', null)], flags: [flag('score_out_of_range')] }
  }
  // The national format lets a decimal through on a scale of whole numbers: kept, as a total may be prorated, and flagged on an item.
  const isDoubtful = scale.rule === 'item' && !Number.isInteger(supplied_score)
  return {
    rows: [suppliedRow(record, scale, 'scored', supplied_score)],
    flags: isDoubtful ? [flag('not_a_whole_score')] : [],
  }
}
