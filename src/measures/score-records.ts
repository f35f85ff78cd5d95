import type { AssessmentRecordRow, ScoredAssessment, ScoreFlag } from './assessment-rows.ts'
import type { ValueSetId } from './eq-5d-5l.ts'
import { gatheredForm, unscoredItem } from './gather-items.ts'
import { GoalIdentities } from './goal-identity.ts'
import type { Measure } from './measure.ts'
import { gatherPartForms, type PartRecord } from './part-forms.ts'
import { measureById } from './registry.ts'
import { scoreFullForm } from './score-full-form.ts'
import { scorePartForm } from './score-part-form.ts'
import type { MissingPolicy } from './score-scale.ts'
import { scoreSupplied } from './score-supplied.ts'

export interface ScoreRecordsOptions {
  readonly missing?: MissingPolicy // confirmed
  readonly value_set?: ValueSetId // uk-2026
}

/**
 * Scores loaded assessments, one form at a time. Records arrive ordered by measure_id, nhs_identity_key,
 * local_identity_key, referral_ref, assessed_day, assessment_id, so that the parts of one form lie together.
 * A record with items is a form by itself; so is a supplied total. Single items of one person, referral, service and day
 * are gathered into a form.
 * @throws Error for a measure_id that is not in the registry: such a record should not have been loaded.
 */
export function* scoreRecords(
  records: Iterable<AssessmentRecordRow>,
  options: ScoreRecordsOptions = {},
): Generator<ScoredAssessment> {
  let sitting: AssessmentRecordRow[] = []
  let goals = new GoalIdentities()
  for (const record of records) {
    const [first] = sitting
    if (first !== undefined && !isSameSitting(first, record)) {
      yield* scoreSitting(sitting, options, goals)
      if (!isSamePerson(first, record)) goals = new GoalIdentities()
      sitting = []
    }
    sitting.push(record)
  }
  if (sitting.length > 0) yield* scoreSitting(sitting, options, goals)
}

function isSameSitting(a: AssessmentRecordRow, b: AssessmentRecordRow): boolean {
  return isSamePerson(a, b) && a.assessed_day === b.assessed_day
}

function isSamePerson(a: AssessmentRecordRow, b: AssessmentRecordRow): boolean {
  return (
    a.measure_id === b.measure_id &&
    a.nhs_identity_key === b.nhs_identity_key &&
    a.local_identity_key === b.local_identity_key &&
    a.referral_ref === b.referral_ref
  )
}

function* scoreSitting(
  sitting: readonly AssessmentRecordRow[],
  options: ScoreRecordsOptions,
  goals: GoalIdentities,
): Generator<ScoredAssessment> {
  const measure = measureById(sitting[0]?.measure_id ?? '')
  if (measure === null) throw new Error(`no measure is called ${sitting[0]?.measure_id}`)
  if (!measure.scales.some(({ rule }) => rule === 'mean_of_rated')) {
    yield* scoreForms(measure, sitting, options)
    return
  }
  goals.rate(measure, sitting)
  for (const scored of scoreForms(measure, sitting, options)) yield goals.basedOnGoals(measure, scored)
}

function* scoreForms(
  measure: Measure,
  sitting: readonly AssessmentRecordRow[],
  options: ScoreRecordsOptions,
): Generator<ScoredAssessment> {
  const { once, repeats } = withoutRepeats(sitting)
  if (repeats.length > 0) yield { rows: [], flags: repeats }

  const parts: PartRecord[] = []
  const answers: PartRecord[] = []
  for (const record of once) {
    if (hasAnswers(record)) {
      yield scoreFullForm(measure, record, options)
      continue
    }
    const scale = measure.scales.find(({ scale_id }) => scale_id === (record.supplied_scale ?? 'total'))
    const unscored = scale === undefined ? unscoredItem(measure, record.supplied_scale) : null
    if (scale?.rule === 'item') parts.push({ record, scale })
    else if (unscored !== null) answers.push({ record, scale: unscored })
    else yield scoreSupplied(scale ?? null, record)
  }
  for (const form of gatherPartForms(answers)) yield scoreFullForm(measure, gatheredForm(measure, form), options)
  for (const form of gatherPartForms(parts)) yield scorePartForm(measure, form, options)
}

function hasAnswers({ items }: AssessmentRecordRow): boolean {
  return items !== null && /[^,\s]/.test(items)
}

/** NHS England's rule: one person's same score of the same day, referral and scale is one score, however often it was sent. */
function withoutRepeats(sitting: readonly AssessmentRecordRow[]): {
  once: AssessmentRecordRow[]
  repeats: ScoreFlag[]
} {
  const seen = new Set<string>()
  const once: AssessmentRecordRow[] = []
  const repeats: ScoreFlag[] = []
  for (const record of sitting) {
    const { assessment_id, service_code, supplied_scale, supplied_score } = record
    const key = JSON.stringify([service_code, supplied_scale ?? 'total', supplied_score])
    if (hasAnswers(record) || !seen.has(key)) once.push(record)
    else repeats.push({ assessment_id, code: 'repeated_score', scale_id: supplied_scale ?? 'total' })
    if (!hasAnswers(record)) seen.add(key)
  }
  return { once, repeats }
}
