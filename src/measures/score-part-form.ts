import type { Answer, Answers } from './answers.ts'
import type { AssessmentRecordRow, AssessmentScoreRow, ScoredAssessment, ScoreFlag } from './assessment-rows.ts'
import type { Measure } from './measure.ts'
import type { PartForm, PartRecord } from './part-forms.ts'
import { type ScoreOptions, scoreAnswers } from './score-form.ts'
import { computedRow, suppliedRow } from './score-rows.ts'
import type { ScaleScore } from './score-scale.ts'
import { scoreSupplied } from './score-supplied.ts'

/**
 * Items that came one record each: every item's own scale, and those scales that they make up between them. Each item was
 * sent and judged by itself, so one that cannot be does not spoil the others.
 */
export function scorePartForm(
  measure: Measure,
  form: PartForm,
  options: Omit<ScoreOptions, 'coding'>,
): ScoredAssessment {
  const { record } = form[0]
  const parts = form.map((part) => scorePart(measure, part))
  const answers: Answers = new Map([
    ...measure.items.map(({ item_id }): [string, Answer] => [item_id, 'not_answered']),
    ...parts.map(({ item_id, answer }): [string, Answer] => [item_id, answer]),
  ])
  const { scores } = scoreAnswers(measure, answers, { ...options, coding: 'scored' })
  const made = measure.scales.filter(
    ({ rule, items }) => rule !== 'item' && parts.some(({ item_id }) => items.includes(item_id)),
  )
  return {
    rows: [
      ...parts.flatMap(({ rows }) => rows).map((row) => ofForm(record, row)),
      ...made.map((scale) => computedRow(record, scale, scores[scale.scale_id] as ScaleScore)),
    ],
    flags: parts.flatMap(({ flags }) => flags),
  }
}

interface ScoredPart {
  readonly item_id: string
  readonly answer: Answer
  readonly rows: readonly AssessmentScoreRow[]
  readonly flags: readonly ScoreFlag[]
}

function scorePart(measure: Measure, { record, scale }: PartRecord): ScoredPart {
  const item_id = scale.items[0] as string
  const value = record.supplied_score
  const sentinel = measure.sentinels.find((it) => it.value === value && it.items.includes(item_id))
  if (sentinel !== undefined) {
    return { item_id, answer: sentinel.means, rows: [suppliedRow(record, scale, 'sentinel', value)], flags: [] }
  }
  const { rows, flags } = scoreSupplied(scale, record)
  const answer = value === null ? 'not_answered' : rows[0]?.score_status === 'scored' ? value : 'invalid'
  return { item_id, answer, rows, flags }
}

/** The row under the form's first record: its id, team and date stand for the form. */
function ofForm(
  { assessment_id, team, assessed_date }: AssessmentRecordRow,
  row: AssessmentScoreRow,
): AssessmentScoreRow {
  return { ...row, assessment_id, team, assessed_date }
}
