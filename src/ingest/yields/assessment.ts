import { EXIT, OperatorError } from '../../domain/operator-error.ts'
import { checkAnswers } from '../../measures/check-answers.ts'
import type { Coding, Measure } from '../../measures/measure.ts'
import type { Columns, Field } from '../columns.ts'
import { questionnaire } from '../instruments.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import { answersOf, notApplicable } from './answers.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'
import { compileItems, itemHeadings } from './items.ts'
import { suppliedScore } from './score.ts'

type Parts = Extract<Yield, { kind: 'assessment' }>

/** One questionnaire: its items, in the instrument's order, its total, or both. */
export function compileAssessment(parts: Parts, columns: Columns): CompiledYield {
  if (parts.optional && !isInFile(parts, columns)) return () => null
  const measureField = columns.field(parts.measure)
  const assessed = columns.field(parts.assessed_date)
  const referral = columns.field(parts.referral_ref)
  const service = columns.field(parts.service)
  const team = columns.field(parts.team)
  const total = columns.field(parts.total)
  const readItems = compileItems(parts, columns)
  refuseImpossible(parts)
  return (row) => {
    const given = readItems(row)
    if (given.every(({ text }) => text === '') && row.text(total) === '') {
      if (total !== null && row.text(measureField) !== '' && measureField?.constant === null) row.need(total, 'total')
      return null
    }
    row.need(assessed, 'assessed_date')
    row.need(measureField, 'measure')
    const measure = measureOf(row, measureField)
    const items = measure === undefined ? [] : answersOf(row, measure, given, parts)
    return {
      table: 'assessment_record',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
        activity_ref: null,
        contact_ref: null,
        cluster_ref: null,
        service_code: row.service(service),
        team: row.word(team),
        measure_id: measure?.measure_id ?? null,
        ...dated('assessed', row.date(assessed)),
        coding: parts.coding,
        items: items.every((item) => item === '') ? null : items.join(','),
        ...suppliedTotal(row, total, measure, parts, items),
      },
    }
  }
}

/** A fault of the profile itself, said before the first record is read. */
function refuseImpossible(parts: Parts): void {
  if (typeof parts.measure === 'string' || !('constant' in parts.measure)) return
  const name = parts.measure.constant
  const measure = questionnaire(name)
  const faultOf = () => {
    if (measure === undefined) return `there is no measure "${name}"`
    const n = itemHeadings(parts).length
    const left = parts.not_applicable?.item
    if (n > measure.items.length) return `${n} items are listed for ${name}, which has ${measure.items.length}`
    if (left !== undefined && notApplicable(measure, left - 1) === undefined)
      return `item ${left} of ${name} has no number for "not applicable"`
    if (parts.total !== undefined && !measure.scales.some((scale) => scale.scale_id === parts.total_scale)) {
      return `${name} has no scale "${parts.total_scale}"`
    }
    if (parts.coding === 'raw' && measure.reversed === null)
      return `which items of ${name} are reversed in raw coding is not known`
    return null
  }
  const fault = faultOf()
  if (fault !== null) throw new OperatorError(`The profile cannot be used: ${fault}.`, EXIT.wrong_usage)
}

function isInFile(parts: Parts, columns: Columns): boolean {
  return [...itemHeadings(parts), parts.total].some((cell) => columns.has(cell))
}

function measureOf(row: RowReader, field: Field | null): Measure | undefined {
  const name = row.word(field)
  if (field === null || name === null) return undefined
  const measure = questionnaire(name)
  if (measure === undefined) row.fault({ code: 'unknown_measure', column: field.column })
  return measure
}

function suppliedTotal(
  row: RowReader,
  field: Field | null,
  measure: Measure | undefined,
  parts: Parts,
  items: readonly string[],
): { supplied_scale: string | null; supplied_score: number | null } {
  const scale = measure?.scales.find((each) => each.scale_id === parts.total_scale)
  if (field === null || row.text(field) === '') return { supplied_scale: null, supplied_score: null }
  const target =
    measure === undefined || scale === undefined ? undefined : { measure, scale, min: scale.min, max: scale.max }
  const supplied_score = suppliedScore(row, field, target)
  if (target !== undefined && supplied_score !== null && items.length > 0 && row.faults.length === 0) {
    const sum = sumOf(target.measure, target.scale.items, items, parts.coding)
    if (target.scale.rule === 'sum' && sum !== null && sum !== supplied_score) {
      row.doubt({ code: 'total_disagrees', column: field.column, scale: parts.total_scale })
    }
  }
  return { supplied_scale: parts.total_scale, supplied_score }
}

/** Null unless every item of the scale was answered. */
function sumOf(
  measure: Measure,
  scaleItems: readonly string[],
  given: readonly string[],
  coding: Coding,
): number | null {
  const { answers } = checkAnswers(measure, given, coding)
  let sum = 0
  for (const item of scaleItems) {
    const answer = answers.get(item)
    if (typeof answer !== 'number') return null
    sum += answer
  }
  return sum
}
