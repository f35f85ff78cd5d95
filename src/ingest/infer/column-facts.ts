import type { IsoDate } from '../../domain/iso-date.ts'
import { codedScores } from '../../measures/registry.ts'
import { targetOfName } from '../instruments.ts'
import { type CellKind, cellKind } from './cell-kind.ts'
import { measuresNamed } from './measure-names.ts'
import { wordsOf } from './words.ts'

/** Distinct texts remembered of a column; beyond them only counts are kept. */
const MOST_DISTINCT = 20_000

/** What the values of one column are, from all of its cells. Counts are of cells with something in them. */
export interface ColumnFacts {
  readonly index: number
  readonly heading: string
  readonly words: string
  readonly n_rows: number
  readonly n_filled: number
  /** Null beyond 20,000. */
  readonly n_distinct: number | null
  /** Text to count; not whole where n_distinct is null. */
  readonly texts: ReadonlyMap<string, number>
  readonly n_numbers: number
  readonly n_whole: number
  readonly n_decimal_commas: number
  readonly min: number
  readonly max: number
  readonly n_nhs_shape: number
  readonly n_nhs_valid: number
  readonly n_snomed: number
  readonly n_known_codes: number
  readonly n_measure_names: number
  readonly n_dates: number
  readonly n_year_first: number
  /** Of those, how many are of a day from 1 to 12. */
  readonly n_year_first_early: number
  /** Dates in numbers that only one order allows. */
  readonly n_only_dmy: number
  readonly n_only_mdy: number
  readonly n_either: number
  readonly n_two_digit_years: number
  readonly first_dmy: IsoDate | null
  readonly last_dmy: IsoDate | null
  readonly longest: number
  readonly blank_words: readonly string[]
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Counts a column's cells as they come. */
export class ColumnCounter {
  readonly #facts: Writable<ColumnFacts>
  readonly #texts = new Map<string, number>()
  readonly #kinds = new Map<string, CellKind>()
  readonly #blanks = new Set<string>()

  constructor(index: number, heading: string) {
    this.#facts = {
      index,
      heading: heading.trim().replace(/\s+/g, ' '),
      words: wordsOf(heading),
      texts: this.#texts,
      blank_words: [],
      ...EMPTY,
    }
  }

  add(cell: string): void {
    const text = cell.trim()
    const facts = this.#facts
    facts.n_rows++
    if (text === '') return
    const kind = this.#kindOf(text)
    if (kind.is_blank_word) {
      this.#blanks.add(text)
      return
    }
    facts.n_filled++
    facts.longest = Math.max(facts.longest, text.length)
    this.#count(text)
    countNumber(facts, kind)
    countDate(facts, kind)
    if (kind.is_nhs_shape) facts.n_nhs_shape++
    if (kind.is_nhs_valid) facts.n_nhs_valid++
    if (kind.is_snomed) facts.n_snomed++
    if (codedScores.has(text)) facts.n_known_codes++
    if (kind.number === null && kind.date === null && namesMeasure(text)) facts.n_measure_names++
  }

  facts(): ColumnFacts {
    return { ...this.#facts, blank_words: [...this.#blanks] }
  }

  #kindOf(text: string): CellKind {
    const known = this.#kinds.get(text)
    if (known !== undefined) return known
    const kind = cellKind(text)
    if (this.#kinds.size < MOST_DISTINCT) this.#kinds.set(text, kind)
    return kind
  }

  #count(text: string): void {
    const count = this.#texts.get(text)
    if (count !== undefined || this.#texts.size < MOST_DISTINCT) this.#texts.set(text, (count ?? 0) + 1)
    else this.#facts.n_distinct = null
    if (this.#facts.n_distinct !== null) this.#facts.n_distinct = this.#texts.size
  }
}

const EMPTY = {
  n_rows: 0,
  n_filled: 0,
  n_distinct: 0 as number | null,
  n_numbers: 0,
  n_whole: 0,
  n_decimal_commas: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  n_nhs_shape: 0,
  n_nhs_valid: 0,
  n_snomed: 0,
  n_known_codes: 0,
  n_measure_names: 0,
  n_dates: 0,
  n_year_first: 0,
  n_year_first_early: 0,
  n_only_dmy: 0,
  n_only_mdy: 0,
  n_either: 0,
  n_two_digit_years: 0,
  first_dmy: null as IsoDate | null,
  last_dmy: null as IsoDate | null,
  longest: 0,
}

function countNumber(facts: Writable<ColumnFacts>, { number, has_decimal_comma }: CellKind): void {
  if (number === null) return
  facts.n_numbers++
  if (Number.isInteger(number)) facts.n_whole++
  if (has_decimal_comma) facts.n_decimal_commas++
  facts.min = Math.min(facts.min, number)
  facts.max = Math.max(facts.max, number)
}

function countDate(facts: Writable<ColumnFacts>, { date }: CellKind): void {
  if (date === null) return
  facts.n_dates++
  if (date.has_two_digit_year) facts.n_two_digit_years++
  if (date.written === 'one_meaning') {
    facts.n_year_first++
    if (Number(date.dmy?.slice(8) ?? 31) <= 12) facts.n_year_first_early++
  } else if (date.mdy === null) facts.n_only_dmy++
  else if (date.dmy === null) facts.n_only_mdy++
  else facts.n_either++
  const day = date.dmy ?? date.mdy
  if (day === null) return
  if (facts.first_dmy === null || day < facts.first_dmy) facts.first_dmy = day
  if (facts.last_dmy === null || day > facts.last_dmy) facts.last_dmy = day
}

/** A text that names one of the instruments, by its own name or by a short form. */
function namesMeasure(text: string): boolean {
  return text.length < 80 && (targetOfName(text) !== undefined || measuresNamed(wordsOf(text)).length > 0)
}
