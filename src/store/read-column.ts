import type { BatchColumn } from '../ingest/record-batch.ts'

export type Value = string | number | null

/** Reads one row's value of a column. */
export type ReadValue = (row: number) => Value

export function columnReader(column: BatchColumn): ReadValue {
  switch (column.kind) {
    case 'constant':
      return () => column.value
    case 'numbers':
      return numberReader(column.values)
    case 'words':
      return (row) => column.words[column.at[row] as number] as Value
    case 'texts':
      return textReader(column.text, column.ends)
  }
}

function numberReader(values: Float64Array): ReadValue {
  return (row) => {
    const value = values[row] as number
    return Number.isNaN(value) ? null : value
  }
}

/** A text starts where the last one before it ended. */
function textReader(text: string, ends: Int32Array): ReadValue {
  const starts = new Int32Array(ends.length)
  let end = 0
  for (let row = 0; row < ends.length; row++) {
    starts[row] = end
    if (ends[row] !== -1) end = ends[row] as number
  }
  return (row) => (ends[row] === -1 ? null : text.slice(starts[row] as number, ends[row] as number))
}
