import { type Cells, copyTexts, TextCells, wholesOf } from '../cells.ts'
import type { Remembered } from '../remembered.ts'

/** Cells of a row of a sheet: `texts` stand in `columns`, counted from 0 and in order; all others up to the last are blank. */
export function cellsAt(columns: readonly number[], texts: readonly string[]): Cells {
  const length = (columns.at(-1) ?? -1) + 1
  if (length > 64 + columns.length * 8)
    return new SparseCells(length, new Map(columns.map((at, i) => [at, texts[i] as string])))
  const all = new Array<string>(length).fill('')
  for (const [i, at] of columns.entries()) all[at] = texts[i] as string
  return new TextCells(all)
}

/** A row that is nearly all blank takes no more room than what is in it. */
class SparseCells implements Cells {
  readonly length: number
  readonly #texts: ReadonlyMap<number, string>

  constructor(length: number, texts: ReadonlyMap<number, string>) {
    this.length = length
    this.#texts = texts
  }

  at(index: number): string | undefined {
    return index < this.length ? (this.#texts.get(index) ?? '') : undefined
  }

  recall<Value>(index: number, memory: Remembered<Value>): Value | undefined {
    return memory.get(this.#texts.get(index) ?? '')
  }

  isBlank(index: number): boolean {
    return (this.#texts.get(index) ?? '').trim() === ''
  }

  whole(index: number): number {
    const text = this.#texts.get(index) ?? ''
    return /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : -1
  }

  wholes(positions: Int32Array, into: Int16Array): boolean {
    return wholesOf(this, positions, into)
  }

  copyTrimmed(positions: Int32Array, target: Buffer, at: number): number {
    return copyTexts(this, positions, target, at)
  }
}
