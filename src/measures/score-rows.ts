import type { AssessmentRecordRow, AssessmentScoreRow, ScoreStatus } from './assessment-rows.ts'
import type { Scale } from './measure.ts'
import type { CategoryScore } from './score-form.ts'
import type { ScaleScore } from './score-scale.ts'

/** A scale worked out from a form's items. */
export function computedRow(record: AssessmentRecordRow, scale: Scale, result: ScaleScore): AssessmentScoreRow {
  const { status, score, n_answered, n_expected, method, basis } = result
  // Counts of an aggregate never come as a person's record, so no form is without responses.
  const score_status: ScoreStatus = status === 'no_responses' ? 'too_many_missing' : status
  return {
    ...about(record),
    scale_id: scale.scale_id,
    score,
    category: null,
    score_status,
    n_answered,
    n_expected,
    method: method === null ? null : method === 'complete' ? 'items' : `items_${method}`,
    basis,
  }
}

/** A score that came as one number: one of one expected, as how many items were behind it is not known. */
export function suppliedRow(
  record: AssessmentRecordRow,
  scale: Scale,
  score_status: ScoreStatus,
  score: number | null,
): AssessmentScoreRow {
  const isScored = score_status === 'scored'
  return {
    ...about(record),
    scale_id: scale.scale_id,
    score,
    category: null,
    score_status,
    n_answered: isScored ? 1 : 0,
    n_expected: 1,
    method: isScored ? 'supplied' : null,
    basis: isScored ? suppliedBasis(scale) : null,
  }
}

/** The word that an algorithm gave, or that it could not decide. */
export function categoryRow(record: AssessmentRecordRow, scale_id: string, result: CategoryScore): AssessmentScoreRow {
  return {
    ...about(record),
    scale_id,
    score: null,
    category: result.category,
    score_status: result.status,
    n_answered: result.n_answered,
    n_expected: result.n_expected,
    method: result.status === 'scored' ? 'items' : null,
    basis: result.status === 'scored' ? 'whole_scale' : null,
  }
}

/** A supplied total is taken to be of all the scale's items; how many goals a supplied mean is of varies by person. */
function suppliedBasis({ rule }: Scale): string {
  return rule === 'mean_of_rated' ? 'not_stated' : 'whole_scale'
}

function about({
  assessment_id,
  nhs_identity_key,
  local_identity_key,
  referral_ref,
  service_code,
  team,
  measure_id,
  assessed_date,
  assessed_day,
}: AssessmentRecordRow) {
  return {
    assessment_id,
    nhs_identity_key,
    local_identity_key,
    referral_ref,
    service_code,
    team,
    measure_id,
    assessed_date,
    assessed_day,
  }
}
