import { EXIT, OperatorError } from '../../domain/operator-error.ts'
import { checkAnswer, checkAnswers } from '../../measures/check-answers.ts'
import type { Coding, Item, Measure } from '../../measures/measure.ts'
import type { Columns, Field } from '../columns.ts'
import { questionnaire } from '../instruments.ts'
import type { Headings, Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'
import { compileJsonItems } from './json-items.ts'
import { suppliedScore } from './score.ts'

type Parts = Extract<Yield, { kind: 'assessment' }>

/** An answer as it arrived, with the column to name if it is at fault. */
export interface Given {
  readonly text: string
  readonly column: string
}

/** One questionnaire: its items, in the instrument's order, its total, or both. */
export function compileAssessment(parts: Parts, columns: Columns): CompiledYield {
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
    const items = measure === undefined ? [] : answersOf(row, measure, given, parts.minus)
    return {
      table: 'assessment_record',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
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

function compileItems(parts: Parts, columns: Columns): (row: RowReader) => readonly Given[] {
  if (parts.json_items !== undefined) return compileJsonItems(parts.json_items, columns)
  const fields = headingsOf(parts).map((heading) => columns.field(heading) as Field | null)
  return (row) => fields.map((field) => ({ text: row.text(field), column: field?.column ?? '' }))
}

function headingsOf({ items }: Parts): readonly Headings[] {
  if (items === undefined || Array.isArray(items)) return items ?? []
  const patterns = typeof items.pattern === 'string' ? [items.pattern] : items.pattern
  return Array.from({ length: items.count }, (_, index) =>
    patterns.map((pattern) => pattern.replaceAll('{n}', String(index + 1))),
  )
}

/** A fault of the profile itself, said before the first record is read. */
function refuseImpossible(parts: Parts): void {
  if (typeof parts.measure === 'string' || !('constant' in parts.measure)) return
  const name = parts.measure.constant
  const measure = questionnaire(name)
  const faultOf = () => {
    if (measure === undefined) return `there is no measure "${name}"`
    const n = headingsOf(parts).length
    if (n > measure.items.length) return `${n} items are listed for ${name}, which has ${measure.items.length}`
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

function measureOf(row: RowReader, field: Field | null): Measure | undefined {
  const name = row.word(field)
  if (field === null || name === null) return undefined
  const measure = questionnaire(name)
  if (measure === undefined) row.fault({ code: 'unknown_measure', column: field.column })
  return measure
}

/** The answers as given, as many as the instrument needs; those beyond it (a difficulty question) are no answers of it. */
function answersOf(row: RowReader, measure: Measure, given: readonly Given[], minus: number): string[] {
  if (given.every(({ text }) => text === '')) return []
  const required = measure.items.filter((item) => !item.is_optional).length
  return measure.items.slice(0, Math.max(required, given.length)).map((item, index) => {
    const answer = given[index]
    if (answer === undefined || answer.text === '') return ''
    const text = answer.text.replace(/\.0+$/, '')
    return minus === 0 ? asGiven(row, measure, item, { ...answer, text }) : moved(row, item, { ...answer, text }, minus)
  })
}

function asGiven(row: RowReader, measure: Measure, item: Item, answer: Given): string {
  checkGiven(row, measure, item, answer)
  return answer.text
}

/** An answer that the export writes `minus` too high. Only the instrument's own range counts: its words for "not answered" were not moved. */
function moved(row: RowReader, { min, max }: Item, { text, column }: Given, minus: number): string {
  const written = { column, min: min + minus, max: max + minus }
  if (!/^-?\d+$/.test(text)) {
    row.fault({ code: 'not_an_integer', ...written })
    return ''
  }
  const answer = Number(text) - minus
  if (answer < min || answer > max) row.fault({ code: 'answer_out_of_range', ...written })
  return String(answer)
}

function checkGiven(row: RowReader, measure: Measure, item: Item, { text, column }: Given): void {
  const { issue } = checkAnswer(measure, item, text)
  if (issue === undefined) return
  const { min, max } = item
  if (issue.code === 'answer_out_of_range') row.fault({ code: 'answer_out_of_range', column, min, max })
  else row.fault({ code: issue.code === 'answer_not_whole' ? 'not_an_integer' : 'not_a_number', column, min, max })
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
