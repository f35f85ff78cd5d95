import type { BatchColumn } from './record-batch.ts'

type Value = string | number | null

const MOST_WORDS = 512

/** Takes a column's values as they come. As long as they are all one value, it keeps no more than that. */
export class ColumnBuilder {
  readonly name: string
  #n = 0
  #first: Value = null
  #values: Value[] | null = null

  constructor(name: string) {
    this.name = name
  }

  get length(): number {
    return this.#n
  }

  push(value: Value): void {
    if (this.#n++ === 0) this.#first = value
    else if (this.#values !== null) this.#values.push(value)
    else if (value !== this.#first) {
      this.#values = new Array<Value>(this.#n - 1).fill(this.#first)
      this.#values.push(value)
    }
  }

  /** The column in the most compact of the layouts that fits its values. */
  finish(): BatchColumn {
    const { name } = this
    const values = this.#values
    if (values === null) return { name, kind: 'constant', value: this.#first }
    return numbers(name, values) ?? words(name, values) ?? texts(name, values)
  }
}

/** Null where there is a text among them. */
function numbers(name: string, values: readonly Value[]): BatchColumn | null {
  const all = new Float64Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as Value
    if (typeof value === 'string') return null
    all[row] = value === null ? Number.NaN : value
  }
  return { name, kind: 'numbers', values: all }
}

/** Null where there are too many different ones. */
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
