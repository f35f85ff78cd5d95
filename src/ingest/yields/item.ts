import { checkAnswer } from '../../measures/check-answers.ts'
import type { Item, Measure } from '../../measures/measure.ts'
import type { Columns, Field } from '../columns.ts'
import { questionnaire } from '../instruments.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'
import { compileGoalSet } from './goals-set.ts'

/** One answer on the record. Scoring gathers those of one person, service and day into a form. */
export function compileItem(parts: Extract<Yield, { kind: 'item' }>, columns: Columns): CompiledYield {
  const subject = columns.field(parts.measure)
  const number = columns.field(parts.item)
  const answer = columns.field(parts.answer)
  const assessed = columns.field(parts.assessed_date)
  const referral = columns.field(parts.referral_ref)
  const service = columns.field(parts.service)
  const team = columns.field(parts.team)
  const readSet = compileGoalSet(parts, columns)
  return (row) => {
    if (row.isBlank(answer)) return null
    row.need(subject, 'measure')
    row.need(number, 'item')
    row.need(assessed, 'assessed_date')
    const measure = measureOf(row, subject)
    const at = itemNumber(row, number, measure)
    const item = at === null ? undefined : measure?.items[at - 1]
    return {
      table: 'assessment_record',
      values: {
        referral_ref: row.reference(referral) ?? row.referral_ref,
        service_code: row.service(service),
        team: row.word(team),
        measure_id: measure?.measure_id ?? null,
        ...dated('assessed', row.date(assessed)),
        coding: parts.coding,
        items: null,
        supplied_scale: measure === undefined || at === null ? null : scaleOf(measure, at),
        supplied_score: measure === undefined || item === undefined ? null : answerOf(row, answer, measure, item),
        goals_set: readSet(row),
      },
    }
  }
}

function measureOf(row: RowReader, field: Field | null): Measure | undefined {
  const name = row.word(field)
  if (field === null || name === null) return undefined
  const measure = questionnaire(name)
  if (measure === undefined) row.fault({ code: 'unknown_measure', column: field.column })
  return measure
}

/** From 1; null, with a fault, where the questionnaire has no such item. */
function itemNumber(row: RowReader, field: Field | null, measure: Measure | undefined): number | null {
  const word = row.word(field)
  if (field === null || word === null) return null
  const max = measure?.items.length ?? 99
  if (/^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= max) return Number(word)
  row.fault({ code: 'not_an_integer', column: field.column, min: 1, max })
  return null
}

/** A goal is scored by itself; an item of any other questionnaire is named by its number. */
function scaleOf({ measure_id }: Measure, at: number): string {
  return measure_id === 'gbo' ? `goal_${at}` : `item_${at}`
}

function answerOf(row: RowReader, field: Field | null, measure: Measure, item: Item): number | null {
  const text = row.text(field).replace(/[.,]0+$/, '')
  const { issue } = checkAnswer(measure, item, text)
  if (issue === undefined) return Number(text)
  const { min, max } = item
  const column = field?.column ?? ''
  if (issue.code === 'answer_out_of_range') row.fault({ code: 'answer_out_of_range', column, min, max })
  else row.fault({ code: issue.code === 'answer_not_whole' ? 'not_an_integer' : 'not_a_number', column, min, max })
  return null
}
