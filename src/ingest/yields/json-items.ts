import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { Given } from './items.ts'

type JsonItems = NonNullable<Extract<Yield, { kind: 'assessment' }>['json_items']>

const MOST_ITEMS = 200

/** Items inside a JSON cell: a list of objects at `path`, each with its number, from 1, and its value. */
export function compileJsonItems(parts: JsonItems, columns: Columns): (row: RowReader) => readonly Given[] {
  const field = columns.field(parts.column)
  const steps = parts.path.split('.').filter((step) => step !== '')
  return (row) => {
    const text = row.text(field)
    if (field === null || text === '') return []
    const values = readValues(text, steps, parts)
    if (values !== null)
      return values.map((value, index) => ({ text: value, column: `${field.column} item ${index + 1}` }))
    row.fault({ code: 'not_json', column: field.column })
    return []
  }
}

/** Texts in the order of their numbers, '' where one is absent or null; null where the cell is not of this shape. */
function readValues(text: string, steps: readonly string[], parts: JsonItems): string[] | null {
  const list = steps.reduce<unknown>((value, step) => own(value, step), parseJson(text))
  if (!Array.isArray(list)) return null
  const values: string[] = []
  for (const entry of list) {
    const number = Number(own(entry, parts.number))
    const value = own(entry, parts.value)
    if (!Number.isInteger(number) || number < 1 || number > MOST_ITEMS) return null
    if (value !== null && value !== undefined && typeof value !== 'number' && typeof value !== 'string') return null
    while (values.length < number) values.push('')
    values[number - 1] = value === null || value === undefined ? '' : String(value).trim()
  }
  return values
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
