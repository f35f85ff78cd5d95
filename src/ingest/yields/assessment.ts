import { EXIT, OperatorError } from '../../domain/operator-error.ts'
import { checkAnswers } from '../../measures/check-answers.ts'
import type { Coding, Measure, Scale } from '../../measures/measure.ts'
import type { Columns, Field } from '../columns.ts'
import { questionnaire } from '../instruments.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import { answersOf, notApplicable } from './answers.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dayOf } from './dated.ts'
import { compileGoalsSet } from './goals-set.ts'
import { compileHelpWanted } from './help-wanted.ts'
import { compileItems, type Given, itemHeadings, measureNamed } from './items.ts'
import { plainAnswers } from './plain-answers.ts'
import { suppliedScore } from './score.ts'

type Parts = Extract<Yield, { kind: 'assessment' }>

/** One questionnaire: its items, in the instrument's order, its total, or both. */
export function compileAssessment(parts: Parts, columns: Columns): CompiledYield {
  if (parts.optional && !isInFile(parts, columns)) return () => null
  const measureField = columns.field(parts.measure)
  const assessed = columns.field(parts.assessed_date)
  const referral = columns.field(parts.referral_ref)
  const contact = columns.field(parts.contact_ref)
  const service = columns.field(parts.service)
  const team = columns.field(parts.team)
  const total = columns.field(parts.total)
  const readItems = compileItems(parts, columns)
  const readHelp = compileHelpWanted(parts, columns)
  const readSet = compileGoalsSet(parts, columns)
  const readPlain = compilePlain(parts, columns)
  const constant = measureNamed(parts.measure)
  const scale = scaleOf(constant, parts)
  refuseImpossible(parts)
  return (row) => {
    const plain = readPlain(row)
    const given = plain === null ? readItems(row) : NOT_READ
    if (plain === null && given.every(({ text }) => text === '') && row.text(total) === '') {
      if (total !== null && row.text(measureField) !== '' && measureField?.constant === null) row.need(total, 'total')
      return null
    }
    const assessed_date = row.date(assessed)
    if (assessed_date === null) row.need(assessed, 'assessed_date')
    if (constant === undefined) row.need(measureField, 'measure')
    const measure = constant ?? measureOf(row, measureField)
    const answers = plain ?? givenAnswers(row, measure, given, parts)
    const supplied = suppliedTotal(row, total, measure, scale ?? scaleOf(measure, parts), parts, answers)
    return {
      table: 'assessment_record',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
        activity_ref: null,
        contact_ref: row.reference(contact),
        cluster_ref: null,
        service_code: row.service(service),
        team: row.word(team),
        measure_id: measure?.measure_id ?? null,
        assessed_date,
        assessed_day: assessed_date === null ? null : dayOf(assessed_date),
        coding: parts.coding,
        items: answers.items,
        supplied_scale: supplied === null ? null : parts.total_scale,
        supplied_score: supplied?.score ?? null,
        help_wanted: readHelp(row),
        goals_set: readSet(row),
      },
    }
  }
}

const NOT_READ: readonly Given[] = []

interface StoredAnswers {
  readonly items: string | null
  /** Null unless every item of the scale was answered. */
  readonly sum: number | null
}

function givenAnswers(
  row: RowReader,
  measure: Measure | undefined,
  given: readonly Given[],
  parts: Parts,
): StoredAnswers {
  const items = measure === undefined ? [] : answersOf(row, measure, given, parts)
  if (measure === undefined || items.every((item) => item === '')) return { items: null, sum: null }
  return { items: items.join(','), sum: sumOf(measure, scaleOf(measure, parts)?.items ?? [], items, parts.coding) }
}

/** The short way, for a profile whose columns hold the instrument's numbers and nothing else. */
function compilePlain(parts: Parts, columns: Columns): (row: RowReader) => StoredAnswers | null {
  const measure = measureNamed(parts.measure)
  const fields = itemHeadings(parts).map((heading) => columns.field(heading))
  const isPlain =
    parts.minus === 0 &&
    [parts.json_items, parts.answers, parts.not_applicable, parts.other_coding].every((how) => how === undefined)
  const isWhole = measure !== undefined && fields.length > 0 && isEnough(measure, fields.length)
  if (!isPlain || !isWhole || !fields.every((field) => field !== null)) return () => null
  return plainAnswers(measure, parts.coding, scaleOf(measure, parts)?.items ?? [], fields)
}

/** At least the items that are not optional, and at most all. */
function isEnough({ items }: Measure, n: number): boolean {
  return n >= items.filter((item) => !item.is_optional).length && n <= items.length
}

function scaleOf(measure: Measure | undefined, { total_scale }: Parts): Scale | undefined {
  return measure?.scales.find(({ scale_id }) => scale_id === total_scale)
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

/** Null where no total came. */
function suppliedTotal(
  row: RowReader,
  field: Field | null,
  measure: Measure | undefined,
  scale: Scale | undefined,
  parts: Parts,
  { items, sum }: StoredAnswers,
): { score: number | null } | null {
  if (field === null || (row.whole(field) < 0 && row.text(field) === '')) return null
  if (measure === undefined || scale === undefined) return { score: suppliedScore(row, field, undefined) }
  const score = suppliedScore(row, field, { measure, scale, min: scale.min, max: scale.max })
  const isComparable = score !== null && items !== null && sum !== null && scale.rule === 'sum'
  if (isComparable && sum !== score && row.faults.length === 0) {
    row.doubt({ code: 'total_disagrees', column: field.column, scale: parts.total_scale })
  }
  return { score }
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
