import type { Measure } from '../../measures/measure.ts'
import { isVerhoeffValid } from '../../measures/registry.ts'
import type { Columns, Field } from '../columns.ts'
import { type ScoreTarget, targetOfCode, targetOfName } from '../instruments.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'
import { compileGoalSet } from './goals-set.ts'

type Parts = Extract<Yield, { kind: 'score' | 'coded_score' }>

/** One score on the record, under a measure's name or under a SNOMED CT code. */
export function compileScore(parts: Parts, columns: Columns): CompiledYield {
  const subject = columns.field(parts.kind === 'score' ? parts.measure : parts.code)
  const target = parts.kind === 'score' ? byName : byCode
  const score = columns.field(parts.score)
  const assessed = columns.field(parts.assessed_date)
  const referral = columns.field(parts.referral_ref)
  const elsewhere = datedElsewhere(parts, columns)
  const service = columns.field(parts.service)
  const team = columns.field(parts.team)
  const readSet = compileGoalSet(parts, columns)
  return (row) => {
    if (row.isBlank(score, assessed)) return null
    const references = elsewhere(row)
    row.need(subject, parts.kind === 'score' ? 'measure' : 'code')
    row.need(score, 'score')
    if (Object.values(references).every((reference) => reference === null)) row.need(assessed, 'assessed_date')
    const found = target(row, subject)
    return {
      table: 'assessment_record',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
        ...references,
        service_code: row.service(service),
        team: row.word(team),
        measure_id: found?.measure.measure_id ?? null,
        ...dated('assessed', row.date(assessed)),
        coding: 'scored',
        items: null,
        supplied_scale: found?.scale.scale_id ?? null,
        supplied_score: suppliedScore(row, score, found, parts.kind === 'coded_score'),
        goals_set: readSet(row),
      },
    }
  }
}

const NOWHERE = { activity_ref: null, contact_ref: null, cluster_ref: null }

/** The numbers of what a score without a date of its own was sent against. */
function datedElsewhere(
  parts: Parts,
  columns: Columns,
): (row: RowReader) => Record<keyof typeof NOWHERE, string | null> {
  if (parts.kind === 'score') return () => NOWHERE
  const activity = columns.field(parts.activity_ref)
  const contact = columns.field(parts.contact_ref)
  const cluster = columns.field(parts.cluster_ref)
  return (row) => ({
    activity_ref: row.reference(activity),
    contact_ref: row.reference(contact),
    cluster_ref: row.reference(cluster),
  })
}

/**
 * A score within its scale's range; a fault, and null, otherwise. A sum of whole answers is whole, unless the measure's rule scales
 * it up for missing ones, or it came under a code: the national data set allows one decimal.
 */
export function suppliedScore(
  row: RowReader,
  field: Field | null,
  target: ScoreTarget | undefined,
  isCoded = false,
): number | null {
  const score = row.number(field)
  if (field === null || score === null || target === undefined) return score
  const { min, max, scale, measure } = target
  if (score < min || score > max) {
    row.fault({ code: 'score_out_of_range', column: field.column, min: min + field.minus, max: max + field.minus })
  } else if (!isCoded && scale.rule === 'sum' && !isScaledUp(measure) && !Number.isInteger(score)) {
    row.fault({ code: 'not_an_integer', column: field.column, min, max })
  }
  return score
}

function isScaledUp({ missing }: Measure): boolean {
  return missing.allowed === 'prorate' && missing.is_default
}

function byName(row: RowReader, field: Field | null): ScoreTarget | undefined {
  const name = row.word(field)
  if (field === null || name === null) return undefined
  const target = targetOfName(name)
  if (target === undefined) row.fault({ code: 'unknown_measure', column: field.column })
  return target
}

function byCode(row: RowReader, field: Field | null): ScoreTarget | undefined {
  const code = row.text(field)
  if (field === null || code === '') return undefined
  const target = targetOfCode(code)
  if (target !== undefined) return target
  row.fault({ code: isVerhoeffValid(code) ? 'unknown_measure' : 'snomed_check_digit', column: field.column })
  return undefined
}
