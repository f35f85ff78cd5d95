import type { BatchColumn } from './record-batch.ts'

type Value = string | number | null

const MOST_WORDS = 512

/** A column's values, in the most compact of the layouts that fits them. */
export function batchColumn(name: string, values: readonly Value[]): BatchColumn {
  const [first = null] = values
  if (values.every((value) => value === first)) return { name, kind: 'constant', value: first }
  if (values.every((value) => typeof value !== 'string')) {
    return {
      name,
      kind: 'numbers',
      values: Float64Array.from(values, (value) => (value === null ? Number.NaN : value)),
    }
  }
  return words(name, values) ?? texts(name, values)
}

function words(name: string, values: readonly Value[]): BatchColumn | null {
  const positions = new Map<Value, number>()
  const at = new Uint16Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as Value
    let position = positions.get(value)
    if (position === undefined) {
      if (positions.size === MOST_WORDS) return null
      position = positions.size
      positions.set(value, position)
    }
    at[row] = position
  }
  return { name, kind: 'words', words: [...positions.keys()], at }
}

/** Numbers among texts do not occur: a column of the store is of one type. */
function texts(name: string, values: readonly Value[]): BatchColumn {
  const ends = new Int32Array(values.length)
  let end = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as string | null
    if (value !== null) end += value.length
    ends[row] = value === null ? -1 : end
  }
  return { name, kind: 'texts', text: values.join(''), ends }
}
