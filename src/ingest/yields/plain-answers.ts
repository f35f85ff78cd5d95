import { checkAnswers } from '../../measures/check-answers.ts'
import type { Coding, Measure } from '../../measures/measure.ts'
import type { Field } from '../columns.ts'
import type { RowReader } from '../row-reader.ts'

export interface PlainAnswers {
  /** As stored. */
  readonly items: string
  /** Of the scale asked for; null where some item of it has an answer that does not count. */
  readonly sum: number | null
}

const LARGEST_ANSWER = 99

/**
 * Reads a form whose every item is answered by a plain number that the instrument knows: nearly every form of nearly every file. Gives
 * null for any other, which then takes the long way. What each number is worth is asked of `checkAnswers` beforehand, so both ways agree.
 */
export function plainAnswers(
  measure: Measure,
  coding: Coding,
  scaleItems: readonly string[],
  fields: readonly Field[],
): (row: RowReader) => PlainAnswers | null {
  const worths = worthsOf(measure, coding)
  const counts = measure.items.map((item) => (scaleItems.includes(item.item_id) ? 1 : 0))
  const isWhole = measure.items.every((item, index) => index < fields.length || !scaleItems.includes(item.item_id))
  const positions = Int32Array.from(fields, ({ index }) => index)
  const isReadAlone = fields.every(({ index, others }) => index >= 0 && others.length === 0)
  const answers = new Int16Array(fields.length)
  const bytes = Buffer.alloc(fields.length * 3)
  return (row) => {
    if (!isReadAlone || !row.wholes(positions, answers)) return null
    let at = 0
    let sum = 0
    for (let index = 0; index < answers.length; index++) {
      const answer = answers[index] as number
      if (answer > LARGEST_ANSWER) return null
      const worth = (worths[index] as Float64Array)[answer] as number
      if (worth === INVALID) return null
      if (counts[index] === 1) sum += worth
      if (answer > 9) bytes[at++] = 48 + Math.floor(answer / 10)
      bytes[at++] = 48 + (answer % 10)
      bytes[at++] = COMMA
    }
    return { items: bytes.toString('latin1', 0, at - 1), sum: !isWhole || Number.isNaN(sum) ? null : sum }
  }
}

const COMMA = 44
const INVALID = Number.NEGATIVE_INFINITY

const known = new Map<string, readonly Float64Array[]>()

function worthsOf(measure: Measure, coding: Coding): readonly Float64Array[] {
  const name = `${measure.measure_id} ${coding}`
  const worths = known.get(name) ?? measure.items.map((_, index) => worthOf(measure, coding, index))
  known.set(name, worths)
  return worths
}

/** What each number from 0 up is worth as an answer to one item: NaN where it is known and does not count, -Infinity where it is at fault. */
function worthOf(measure: Measure, coding: Coding, index: number): Float64Array {
  const item = measure.items[index]?.item_id as string
  return Float64Array.from({ length: LARGEST_ANSWER + 1 }, (_, answer) => {
    const given = measure.items.map((_item, at) => (at === index ? answer : null))
    const worth = checkAnswers(measure, given, coding).answers.get(item)
    if (worth === 'invalid') return INVALID
    return typeof worth === 'number' ? worth : Number.NaN
  })
}
