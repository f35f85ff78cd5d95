import { type Row, TextCells, textsOf } from '../cells.ts'
import { readPart } from './scan-part.ts'
import type { Workbook } from './workbook.ts'
import { attribute, BROKEN, XmlFault } from './xml-scanner.ts'

/** Cells shown as one: rows and columns from 1, both ends included. Only the first of them holds anything. */
export interface Merge {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

const MOST_MERGES = 200_000

/** They stand behind the rows, so the whole sheet is scanned for them: asked for only where they are needed. */
export async function readMerges(book: Workbook, path: string): Promise<readonly Merge[]> {
  const merges: Merge[] = []
  await readPart(book, path, {
    open: (name, attributes) => {
      if (name !== 'mergeCell') return
      const merge = mergeOf(attribute(attributes, 'ref'))
      if (merge === null || merges.length >= MOST_MERGES) throw new XmlFault(BROKEN)
      merges.push(merge)
    },
    text: () => {},
    close: () => {},
  })
  return merges
}

function mergeOf(reference: string): Merge | null {
  const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference)
  if (found === null) return null
  const [, left = '', top, right = '', bottom] = found
  return { top: Number(top), bottom: Number(bottom), left: numberOf(left), right: numberOf(right) }
}

function numberOf(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}

/** Gives every cell of a merge the text of its first. */
export class MergeFiller {
  readonly #merges: readonly Merge[]
  #next = 0
  #open: { merge: Merge; text: string }[] = []

  constructor(merges: readonly Merge[]) {
    this.#merges = [...merges].sort((a, b) => a.top - b.top)
  }

  fill(row: Row): Row {
    const { row_number } = row
    this.#open = this.#open.filter(({ merge }) => merge.bottom >= row_number)
    for (
      let merge = this.#merges[this.#next];
      merge !== undefined && merge.top <= row_number;
      merge = this.#merges[++this.#next]
    ) {
      const text = merge.top === row_number ? (row.cells.at(merge.left - 1) ?? '') : ''
      if (text !== '') this.#open.push({ merge, text })
    }
    return this.#open.length === 0 ? row : { ...row, cells: new TextCells(filled(textsOf(row.cells), this.#open)) }
  }
}

function filled(texts: string[], open: readonly { merge: Merge; text: string }[]): string[] {
  for (const { merge, text } of open) {
    while (texts.length < merge.right) texts.push('')
    texts.fill(text, merge.left - 1, merge.right)
  }
  return texts
}
