import { checkAnswer } from '../../measures/check-answers.ts'
import type { Item, Measure } from '../../measures/measure.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { Given } from './items.ts'

type How = Pick<Extract<Yield, { kind: 'assessment' }>, 'minus' | 'other_coding'>

/** The answers as stored, as many as the instrument needs; those beyond it (a difficulty question) are no answers of it. */
export function answersOf(row: RowReader, measure: Measure, given: readonly Given[], how: How): string[] {
  if (given.every(({ text }) => text === '')) return []
  const required = measure.items.filter((item) => !item.is_optional).length
  return measure.items.slice(0, Math.max(required, given.length)).map((item, index) => {
    const answer = given[index]
    if (answer === undefined || answer.text === '') return ''
    const { column } = answer
    const text = answer.text.replace(/\.0+$/, '')
    const other = how.other_coding
    if (other?.answers.map(String).includes(text)) row.fault({ code: 'other_coding', column, profile: other.profile })
    return how.minus === 0
      ? asGiven(row, measure, item, { text, column })
      : moved(row, item, { text, column }, how.minus)
  })
}

/** The number by which an item says that it does not apply; undefined where it has none. */
export function notApplicable(measure: Measure | undefined, index: number): number | undefined {
  const item = measure?.items[index]?.item_id
  return measure?.sentinels.find(({ means, items }) => means === 'not_applicable' && items.includes(item ?? ''))?.value
}

function asGiven(row: RowReader, measure: Measure, item: Item, { text, column }: Given): string {
  const { issue } = checkAnswer(measure, item, text)
  const { min, max } = item
  if (issue?.code === 'answer_out_of_range') row.fault({ code: 'answer_out_of_range', column, min, max })
  else if (issue !== undefined)
    row.fault({ code: issue.code === 'answer_not_whole' ? 'not_an_integer' : 'not_a_number', column, min, max })
  return text
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
