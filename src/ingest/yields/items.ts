import type { Measure } from '../../measures/measure.ts'
import { type Columns, codeKey, type Field } from '../columns.ts'
import { questionnaire } from '../instruments.ts'
import type { Headings, Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import { notApplicable } from './answers.ts'
import { compileJsonItems } from './json-items.ts'

type Parts = Extract<Yield, { kind: 'assessment' }>

/** An answer as it arrived, with the column to name if it is at fault. */
export interface Given {
  readonly text: string
  readonly column: string
}

type ReadItems = (row: RowReader) => readonly Given[]

/** Reads a record's answers in the instrument's order: from their columns, or from a JSON cell; words turned into their numbers. */
export function compileItems(parts: Parts, columns: Columns): ReadItems {
  const read =
    parts.json_items === undefined ? fromColumns(parts, columns) : compileJsonItems(parts.json_items, columns)
  return withoutNotApplicable(parts, columns, inNumbers(parts, read))
}

/** Each item's heading, with the others it may have. */
export function itemHeadings({ items }: Pick<Parts, 'items'>): readonly Headings[] {
  if (items === undefined || Array.isArray(items)) return items ?? []
  const patterns = typeof items.pattern === 'string' ? [items.pattern] : items.pattern
  return Array.from({ length: items.count }, (_, index) =>
    patterns.map((pattern) => pattern.replaceAll('{n}', String(index + 1))),
  )
}

function fromColumns(parts: Parts, columns: Columns): ReadItems {
  const fields = itemHeadings(parts).map((heading): Field | null => columns.field(heading))
  return (row) => fields.map((field) => ({ text: row.text(field), column: field?.column ?? '' }))
}

function inNumbers({ answers }: Parts, read: ReadItems): ReadItems {
  if (answers === undefined) return read
  const numbers = new Map(Object.entries(answers).map(([word, number]) => [codeKey(word), String(number)]))
  return (row) => read(row).map(({ text, column }) => ({ text: numbers.get(codeKey(text)) ?? text, column }))
}

/** The column that says an item does not apply decides over whatever stands under the item; a form left blank stays so. */
function withoutNotApplicable({ measure, not_applicable }: Parts, columns: Columns, read: ReadItems): ReadItems {
  if (not_applicable === undefined) return read
  const field = columns.field(not_applicable.column)
  const says = new Set(not_applicable.in.map(codeKey))
  const index = not_applicable.item - 1
  const value = String(notApplicable(measureNamed(measure), index) ?? '')
  return (row) => {
    const given = read(row)
    if (!says.has(codeKey(row.text(field))) || given.every(({ text }, at) => at === index || text === '')) return given
    return given.map((each, at) => (at === index ? { ...each, text: value } : each))
  }
}

/** The measure that every record of the profile is of; undefined where a column says it. */
export function measureNamed(measure: Parts['measure']): Measure | undefined {
  return typeof measure === 'object' && 'constant' in measure ? questionnaire(measure.constant) : undefined
}
