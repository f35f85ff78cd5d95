import { headingPositions, missingColumns, normaliseHeading } from './headings.ts'
import { printableHeadings } from './mask.ts'
import type { Cell } from './profile.ts'

/** A profile's cell, found in one file. */
export interface Field {
  /** The heading as the file writes it; for a constant, the word `constant`. */
  readonly column: string
  /** -1 for a constant. */
  readonly index: number
  readonly constant: string | null
  /** Source text in small letters to the product's word; null where the text is kept as it is. */
  readonly codes: ReadonlyMap<string, string> | null
  readonly otherwise: 'quarantine' | 'flag' | 'keep'
  readonly blank: string | null
}

/** The headings of one file, looked up by the names a profile uses, remembering which were used and which are missing. */
export class Columns {
  readonly #headings: readonly string[]
  readonly #positions: ReadonlyMap<string, number>
  readonly #file_name: string
  readonly #used = new Set<number>()
  readonly #missing = new Set<string>()

  constructor(headings: readonly string[], file_name: string) {
    this.#headings = headings
    this.#file_name = file_name
    this.#positions = headingPositions(headings, file_name)
  }

  /** The field a cell of the profile stands for, or null where the profile or (for an optional column) the file has none. */
  field(cell: Cell | undefined): Field | null {
    if (cell === undefined) return null
    if (typeof cell === 'string') return this.#find(cell, null, false)
    if ('constant' in cell) {
      return {
        column: 'constant',
        index: -1,
        constant: cell.constant,
        codes: null,
        otherwise: 'quarantine',
        blank: null,
      }
    }
    return this.#find(cell.column, cell, cell.optional)
  }

  refuseMissing(profile: string): void {
    if (this.#missing.size > 0) throw missingColumns([...this.#missing], this.#headings, this.#file_name, profile)
  }

  /** Positions of the columns in use, in an order that does not depend on the order of the columns. */
  used(): readonly number[] {
    const name = (index: number) => normaliseHeading(this.#headings[index] as string)
    return [...this.#used].sort((a, b) => (name(a) < name(b) ? -1 : 1))
  }

  /** Headings in no use, fit to print. */
  leftOut(): readonly string[] {
    return printableHeadings(this.#headings).filter((heading, index) => heading.trim() !== '' && !this.#used.has(index))
  }

  #find(
    column: string,
    mapping: Exclude<Cell, string | { constant: string }> | null,
    isOptional: boolean,
  ): Field | null {
    const index = this.#positions.get(normaliseHeading(column))
    if (index === undefined) {
      if (!isOptional) this.#missing.add(column)
      return null
    }
    this.#used.add(index)
    const codes = mapping?.codes
    return {
      column: this.#headings[index]?.trim().replace(/\s+/g, ' ') as string,
      index,
      constant: null,
      codes: codes === undefined ? null : new Map(Object.entries(codes).map(([from, to]) => [codeKey(from), to])),
      otherwise: mapping?.otherwise ?? 'quarantine',
      blank: mapping?.blank ?? null,
    }
  }
}

/** A code for comparison: case and white space do not count. */
export function codeKey(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}
