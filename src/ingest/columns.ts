import { headingPositions, missingColumns, normaliseHeading } from './headings.ts'
import { printableHeadings } from './mask.ts'
import type { Cell, Headings } from './profile.ts'
import type { DateOrder } from './read-date.ts'

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
  /** How this column writes its dates; null: as the file does. */
  readonly date_order: DateOrder | null
  /** Taken from a number before it is checked. */
  readonly minus: number
}

type Mapping = Exclude<Cell, Headings | { constant: string }>

/** How a column with nothing said of it is read. */
const AS_IT_IS = { codes: null, otherwise: 'quarantine', blank: null, date_order: null, minus: 0 } as const

/** The headings of one file, looked up by the names a profile uses, remembering which were used and which are missing. */
export class Columns {
  readonly #headings: readonly string[]
  readonly #positions: ReadonlyMap<string, number>
  readonly #file_name: string
  readonly #used = new Set<number>()
  readonly #missing = new Map<string, readonly string[]>()

  constructor(headings: readonly string[], file_name: string) {
    this.#headings = headings
    this.#file_name = file_name
    this.#positions = headingPositions(headings, file_name)
  }

  /** The field a cell of the profile stands for, or null where the profile or (for an optional column) the file has none. */
  field(cell: Cell | undefined): Field | null {
    if (cell === undefined) return null
    if (typeof cell === 'string' || Array.isArray(cell)) return this.#find(cell, null)
    if ('constant' in cell) return { column: 'constant', index: -1, constant: cell.constant, ...AS_IT_IS }
    return this.#find(cell.column, cell)
  }

  refuseMissing(profile: string): void {
    if (this.#missing.size > 0)
      throw missingColumns([...this.#missing.values()], this.#headings, this.#file_name, profile)
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

  #find(asked: Headings, mapping: Mapping | null): Field | null {
    const names = typeof asked === 'string' ? [asked] : asked
    const index = names.map((name) => this.#positions.get(normaliseHeading(name))).find((at) => at !== undefined)
    if (index === undefined) {
      if (mapping?.optional !== true) this.#missing.set(names.join('\n'), names)
      return null
    }
    this.#used.add(index)
    const column = this.#headings[index]?.trim().replace(/\s+/g, ' ') as string
    return { column, index, constant: null, ...(mapping === null ? AS_IT_IS : readAs(mapping)) }
  }
}

function readAs({ codes, otherwise, blank, date_order, minus }: Mapping) {
  return {
    codes: codes === undefined ? null : new Map(Object.entries(codes).map(([from, to]) => [codeKey(from), to])),
    otherwise,
    blank: blank ?? null,
    date_order: date_order ?? null,
    minus,
  }
}

/** A code for comparison: case and white space do not count. */
export function codeKey(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}
