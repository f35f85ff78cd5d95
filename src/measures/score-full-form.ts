import type { AssessmentRecordRow, AssessmentScoreRow, ScoredAssessment, ScoreFlag } from './assessment-rows.ts'
import type { Measure } from './measure.ts'
import { type FormScore, type ScoreOptions, scoreForm } from './score-form.ts'
import { categoryRow, computedRow, suppliedRow } from './score-rows.ts'
import type { ScaleScore } from './score-scale.ts'

/** Supplied scores carry one decimal at most (MHSDS), so a difference of half of one is rounding. */
const ROUNDING = 0.05 + 1e-9

/** Every scale of a form from its items; a supplied score is only compared with what the items give. */
export function scoreFullForm(
  measure: Measure,
  record: AssessmentRecordRow,
  options: Omit<ScoreOptions, 'coding'>,
): ScoredAssessment {
  const given = (record.items ?? '').split(',')
  const form = scoreForm(measure, given, { ...options, coding: record.coding })
  const categories = Object.entries(form.categories).map(([scale_id, result]) => categoryRow(record, scale_id, result))
  return {
    rows: [...scaleRows(measure, record, form, given), ...categories],
    flags: [...issueFlags(record, form), ...suppliedFlags(record, form)],
  }
}

/** One row for each scale; for a single item's scale only where something was written. */
function scaleRows(
  measure: Measure,
  record: AssessmentRecordRow,
  form: FormScore,
  given: readonly string[],
): AssessmentScoreRow[] {
  return measure.scales.flatMap((scale) => {
    const result = form.scores[scale.scale_id] as ScaleScore
    if (scale.rule !== 'item') return [computedRow(record, scale, result)]
    const text = given[measure.items.findIndex(({ item_id }) => item_id === scale.items[0])]?.trim() ?? ''
    if (text === '') return []
    // Something written that is neither a score nor invalid is a sentinel.
    const isSentinel = result.status === 'too_many_missing'
    return [isSentinel ? suppliedRow(record, scale, 'sentinel', Number(text)) : computedRow(record, scale, result)]
  })
}

function issueFlags({ assessment_id }: AssessmentRecordRow, form: FormScore): ScoreFlag[] {
  const [issue] = form.issues
  if (issue === undefined) return []
  const isOfForm = issue.code === 'raw_coding_unknown' || issue.code === 'wrong_number_of_answers'
  return [{ assessment_id, code: isOfForm ? issue.code : 'answers_invalid', scale_id: null }]
}

function suppliedFlags(record: AssessmentRecordRow, form: FormScore): ScoreFlag[] {
  const { assessment_id, supplied_scale, supplied_score } = record
  if (supplied_score === null) return []
  const scale_id = supplied_scale ?? 'total'
  const computed = form.scores[scale_id]
  if (computed === undefined) return [{ assessment_id, code: 'unknown_scale', scale_id }]
  if (computed.score === null) return [{ assessment_id, code: 'total_not_checked', scale_id }]
  const agrees = Math.abs(computed.score - supplied_score) <= ROUNDING
  return agrees ? [] : [{ assessment_id, code: 'total_disagrees', scale_id }]
}
