import type { IsoDate } from '../domain/iso-date.ts'
import { headingPositions, missingColumns, normaliseHeading, strangeColumn } from './headings.ts'
import { printableHeadings } from './mask.ts'
import type { Cell, Headings, Profile } from './profile.ts'
import type { DateOrder } from './read-date.ts'
import type { KnownIdentity } from './reading.ts'
import { Remembered } from './remembered.ts'

/** A profile's cell, found in one file. */
export interface Field {
  /** The heading as the file writes it; for a constant, the word `constant`. */
  readonly column: string
  /** -1 for a constant. */
  readonly index: number
  /** Columns that are read, in order, where the first is blank. */
  readonly others: readonly number[]
  readonly constant: string | null
  readonly known: Known
  /** Source text in small letters to the product's word; null where the text is kept as it is. */
  readonly codes: ReadonlyMap<string, string> | null
  readonly otherwise: 'quarantine' | 'flag' | 'keep'
  readonly blank: string | null
  /** How this column writes its dates; null: as the file does. */
  readonly date_order: DateOrder | null
  /** The year that two-digit years are counted from; null: they are refused. */
  readonly two_digit_years_from: number | null
  /** Taken from a number before it is checked. */
  readonly minus: number
}

const MOST_WORDS = 1 << 12
const MOST_IDENTITIES = 1 << 19

/** What the column's texts came to before, where no fault or doubt was met; each kind is kept from when it is first asked for. */
export class Known {
  #words: Remembered<string> | null = null
  #dates: Remembered<IsoDate> | null = null
  #identities: Remembered<KnownIdentity> | null = null

  get words(): Remembered<string> {
    this.#words ??= new Remembered(MOST_WORDS)
    return this.#words
  }

  get dates(): Remembered<IsoDate> {
    this.#dates ??= new Remembered(MOST_WORDS)
    return this.#dates
  }

  get identities(): Remembered<KnownIdentity> {
    this.#identities ??= new Remembered(MOST_IDENTITIES)
    return this.#identities
  }
}

type Mapping = Exclude<Cell, Headings | { constant: string }>

/** How a column with nothing said of it is read. */
const AS_IT_IS = {
  codes: null,
  otherwise: 'quarantine',
  blank: null,
  date_order: null,
  two_digit_years_from: null,
  minus: 0,
} as const

/** The headings of one file, looked up by the names a profile uses, remembering which were used and which are missing. */
export class Columns {
  readonly #headings: readonly string[]
  readonly #positions: ReadonlyMap<string, number>
  readonly #file_name: string
  readonly #used = new Set<number>()
  readonly #missing = new Map<string, readonly string[]>()

  /** `repeated`: headings that may stand over several columns, and so cannot be asked for. */
  constructor(headings: readonly string[], file_name: string, repeated: readonly string[] = []) {
    this.#headings = headings
    this.#file_name = file_name
    this.#positions = headingPositions(headings, file_name, new Set(repeated.map(normaliseHeading)))
  }

  /** True where the file has the column that a cell of the profile names; asking does not use it. */
  has(cell: Cell | undefined): boolean {
    if (cell === undefined || (typeof cell === 'object' && 'constant' in cell)) return false
    return this.#indexOf(typeof cell === 'object' && 'column' in cell ? cell.column : cell) !== undefined
  }

  /** Where that column stands, without using it; null where there is none. */
  positionOf(asked: Headings): number | null {
    return this.#indexOf(asked) ?? null
  }

  /** The field a cell of the profile stands for, or null where the profile or (for an optional column) the file has none. */
  field(cell: Cell | undefined): Field | null {
    if (cell === undefined) return null
    if (typeof cell === 'string' || Array.isArray(cell)) return this.#find(cell, null)
    if ('constant' in cell)
      return { column: 'constant', index: -1, others: [], constant: cell.constant, known: new Known(), ...AS_IT_IS }
    return this.#find(cell.column, cell)
  }

  /** Asks for columns that are not read, and for there to be none of others: @throws OperatorError for one of those at once. */
  knowBy(known_by: Profile['known_by'], profile: string): void {
    for (const asked of known_by.with) if (!this.has(asked)) this.#miss(asked)
    const strange = known_by.without.find((asked) => this.has(asked))
    if (strange !== undefined) throw strangeColumn(strange, this.#file_name, profile)
  }

  /** Of columns that are each optional, one at least has to be there. */
  needOneOf(cells: readonly (Cell | undefined)[]): void {
    const names = cells.flatMap((cell) => headingsOf(cell))
    const isSaid = [...this.#missing.values()].some((said) => said.some((name) => names.includes(name)))
    if (names.length > 0 && !isSaid && !names.some((name) => this.has(name))) this.#miss(names)
  }

  /** True where a column that was asked for is not there. */
  lacksSome(): boolean {
    return this.#missing.size > 0
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
    const names = namesOf(asked)
    const [index, ...rest] = names.flatMap((name) => this.#positions.get(normaliseHeading(name)) ?? [])
    if (index === undefined) {
      if (mapping?.optional !== true) this.#miss(asked)
      return null
    }
    const others = mapping?.choose === 'row' ? rest : []
    for (const each of [index, ...others]) this.#used.add(each)
    const column = this.#headings[index]?.trim().replace(/\s+/g, ' ') as string
    return {
      column,
      index,
      others,
      constant: null,
      known: new Known(),
      ...(mapping === null ? AS_IT_IS : readAs(mapping)),
    }
  }

  #miss(asked: Headings): void {
    const names = namesOf(asked)
    this.#missing.set(names.join('\n'), names)
  }

  #indexOf(asked: Headings): number | undefined {
    return namesOf(asked)
      .map((name) => this.#positions.get(normaliseHeading(name)))
      .find((at) => at !== undefined)
  }
}

function headingsOf(cell: Cell | undefined): readonly string[] {
  if (cell === undefined) return []
  if (typeof cell === 'string' || Array.isArray(cell)) return namesOf(cell)
  return 'constant' in cell ? [] : namesOf(cell.column)
}

function namesOf(asked: Headings): readonly string[] {
  return typeof asked === 'string' ? [asked] : asked
}

function readAs({ codes, otherwise, blank, date_order, two_digit_years_from, minus }: Mapping) {
  return {
    codes: codes === undefined ? null : new Map(Object.entries(codes).map(([from, to]) => [codeKey(from), to])),
    otherwise,
    blank: blank ?? null,
    date_order: date_order ?? null,
    two_digit_years_from: two_digit_years_from ?? null,
    minus,
  }
}

/** A code for comparison: case and white space do not count. */
export function codeKey(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}
