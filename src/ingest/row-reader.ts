import type { IsoDate } from '../domain/iso-date.ts'
import type { Pseudonymiser } from '../domain/pseudonym.ts'
import { type Cells, TextCells } from './cells.ts'
import { codeKey, type Field } from './columns.ts'
import { errorCode, holdsIdentifier, isErrorCell, isScientific } from './identifiers.ts'
import type { Issue } from './issues.ts'
import { type DateOrder, readDate, readPeriod, WRITTEN } from './read-date.ts'
import type { ReadIdentity } from './reading.ts'
import type { Remembered } from './remembered.ts'

/** What reading a record needs besides the record. */
export interface RowSetup {
  readonly pseudonymiser: Pseudonymiser
  readonly today: IsoDate
  readonly date_order: DateOrder
  readonly serial_dates: '1900' | '1904' | null
  /** Texts that mean "nothing here", as `codeKey` writes them. */
  readonly blanks: ReadonlySet<string>
  readonly decimal_comma: boolean
  /** True where some of them are numbers: a plain number may then say nothing. */
  readonly has_blank_numbers: boolean
  /** For records that do not name their service. */
  readonly service: string | null
  /** The project's services, by code and by name, as `codeKey` writes them; empty: any service is taken. */
  readonly services: ReadonlyMap<string, string>
  /** Issuer of local identifiers and references. */
  readonly provider: string
  isEventType(text: string): boolean
}

const NO_CELLS = new TextCells([])
const NOBODY: ReadIdentity = { nhs_number: null, local_id: null }
export const ONLY_SERVICE = 'this-service'
const LONGEST_LABEL = 100
/** Stands for bytes that are no character: lost here, or by a program before. Two names that lost one may look the same. */
const UNREADABLE = '\ufffd'

/** One record's cells, read field by field; every fault met is kept until the next record begins. */
export class RowReader {
  faults: Issue[] = []
  doubts: Issue[] = []
  readonly setup: RowSetup
  identity: ReadIdentity = NOBODY
  /** The referral this record describes, for its assessments and contacts; null where it describes none. */
  referral_ref: string | null = null
  #cells: Cells = NO_CELLS
  #errors: Set<number> | null = null

  constructor(setup: RowSetup) {
    this.setup = setup
  }

  begin(cells: Cells): void {
    this.#cells = cells
    this.identity = NOBODY
    this.referral_ref = null
    this.#errors = null
    if (this.faults.length > 0) this.faults = []
    if (this.doubts.length > 0) this.doubts = []
  }

  /** The cell's text without surrounding space; '' where it is blank, or where there is no such field. */
  text(field: Field | null): string {
    if (field === null) return ''
    if (field.constant !== null) return field.constant
    const text = this.#firstFilled(field)
    if (text === '') return ''
    const fault = this.#faultOf(text)
    if (fault === null) return text
    this.#errors ??= new Set()
    if (!this.#errors.has(field.index)) this.faults.push({ code: fault, column: field.column })
    this.#errors.add(field.index)
    return ''
  }

  #faultOf(text: string): 'error_cell' | 'formula_without_value' | 'damaged_text' | null {
    if (isErrorCell(text)) return errorCode(text)
    return text.includes(UNREADABLE) ? 'damaged_text' : null
  }

  #firstFilled({ column, index, others }: Field): string {
    const text = this.#unlessBlank(index)
    if (others.length === 0) return text
    const [first = '', ...rest] = [text, ...others.map((other) => this.#unlessBlank(other))].filter((it) => it !== '')
    if (rest.some((other) => codeKey(other) !== codeKey(first))) this.doubt({ code: 'columns_disagree', column })
    return first
  }

  #unlessBlank(index: number): string {
    const text = (this.#cells.at(index) ?? '').trim()
    return text === '' || this.#isBlankWord(text) ? '' : text
  }

  /** A whole number of up to three digits that stands alone in its cell; -1 for anything else, which `text` can tell more of. */
  whole(field: Field): number {
    if (field.index < 0 || field.others.length > 0) return -1
    const whole = this.#cells.whole(field.index)
    return whole >= 0 && this.#isBlankWord(whole) ? -1 : whole
  }

  /** Plain whole numbers of several columns, by position; false where any cell holds anything else. */
  wholes(positions: Int32Array, into: Int16Array): boolean {
    return !this.setup.has_blank_numbers && this.#cells.wholes(positions, into)
  }

  #isBlankWord(text: string | number): boolean {
    const { blanks } = this.setup
    return blanks.size > 0 && blanks.has(codeKey(String(text)))
  }

  isBlank(...fields: readonly (Field | null)[]): boolean {
    return fields.every((field) => this.text(field) === '')
  }

  /** The product's word for a coded cell, else the cell's own text; null where blank or at fault. */
  word(field: Field | null): string | null {
    const known = field === null ? undefined : this.recall(field, field.known.words)
    if (known !== undefined) return known
    const text = this.text(field)
    if (field === null || text === '') return field?.blank ?? null
    if (field.constant !== null) return text
    return this.noted(field.known.words, text, this.#wordOf(field, text))
  }

  /** What the column's cell came to when it was written just so before. */
  recall<Value>(field: Field, memory: Remembered<Value>): Value | undefined {
    return field.index < 0 || field.others.length > 0 ? undefined : this.#cells.recall(field.index, memory)
  }

  /** Remembers what came of a text, unless a fault or a doubt about it has to be said every time. */
  noted<Value>(known: Remembered<Value>, text: string, value: Value | null): Value | null {
    if (value !== null && this.faults.length === 0 && this.doubts.length === 0) known.set(text, value)
    return value
  }

  #wordOf(field: Field, text: string): string | null {
    const word = field.codes?.get(codeKey(text))
    if (word !== undefined) return word
    if (field.codes === null || field.otherwise === 'keep') return this.label(text, field.column)
    this.#unknownCode(field)
    return field.otherwise === 'flag' ? this.label(text, field.column) : null
  }

  /** A word that must be one of a list; a blank is `blank`. */
  oneOf<Word extends string>(field: Field | null, words: readonly Word[], blank: Word): Word {
    const faultsBefore = this.faults.length
    const word = this.word(field)
    if (word === null) return blank
    const known = words.find((each) => each === codeKey(word))
    if (known !== undefined) return known
    if (field?.otherwise === 'flag') {
      this.doubt({ code: 'unknown_code', column: field.column, known: words })
      return blank
    }
    if (this.faults.length === faultsBefore)
      this.fault({ code: 'unknown_code', column: field?.column ?? '', known: words })
    return blank
  }

  /** A name as it may be stored: short, and with no person's identifier in it. Null, with a fault, otherwise. */
  label(text: string, column: string): string | null {
    const label = text.normalize('NFC').replace(/\s+/g, ' ')
    if (holdsIdentifier(label)) this.fault({ code: 'identifier_in_label', column })
    else if (label.length > LONGEST_LABEL) this.fault({ code: 'free_text_in_label', column })
    else return label
    return null
  }

  date(field: Field | null): IsoDate | null {
    return this.#date(field, readDate)
  }

  period(field: Field | null): IsoDate | null {
    return this.#date(field, readPeriod)
  }

  number(field: Field | null, min: number | null = null, max: number | null = null): number | null {
    const whole = field === null ? -1 : this.whole(field)
    if (field !== null && whole >= 0) return this.#within(field, whole - field.minus, min, max)
    const text = this.setup.decimal_comma ? this.text(field).replace(',', '.') : this.text(field)
    if (field === null || text === '') return null
    if (!/^-?\d+(\.\d+)?$/.test(text)) {
      this.fault({ code: 'not_a_number', column: field.column, min, max })
      return null
    }
    return this.#within(field, Number(text) - field.minus, min, max)
  }

  integer(field: Field | null, min: number | null = null, max: number | null = null): number | null {
    const whole = field === null ? -1 : this.whole(field)
    if (field !== null && whole >= 0) return this.#within(field, whole - field.minus, min, max)
    const text = this.text(field)
    if (field === null || text === '') return null
    if (!/^-?\d+(\.0+)?$/.test(text) || !Number.isSafeInteger(Number(text))) {
      this.fault({ code: 'not_an_integer', column: field.column, min, max })
      return null
    }
    return this.#within(field, Number(text) - field.minus, min, max)
  }

  /** A keyed pseudonym of a referral, contact or event number; null where blank. */
  reference(field: Field | null): string | null {
    const text = this.text(field)
    if (field === null || text === '') return null
    if (isScientific(text)) this.fault({ code: 'local_id_scientific', column: field.column })
    return this.referenceTo(text)
  }

  referenceTo(text: string): string {
    return this.setup.pseudonymiser.pseudonym('local_id', `${this.setup.provider}:ref:${text}`)
  }

  /** The project's code of the record's service: from the cell, else what was said of the file. */
  service(field: Field | null): string {
    const { services } = this.setup
    const text = this.text(field)
    if (field === null || text === '') return field?.blank ?? this.#defaultService(field)
    const word = this.word(field)
    if (word === null) return ''
    if (services.size === 0) return field.codes?.has(codeKey(text)) === true ? word : slug(word)
    const code = services.get(codeKey(word))
    if (code === undefined)
      this.fault({ code: 'unknown_code', column: field.column, known: [...new Set(services.values())] })
    return code ?? ''
  }

  /** Records a fault where a needed cell is blank, unless it is a fault already. */
  need(field: Field | null, name: string): void {
    if (field !== null && (this.text(field) !== '' || this.#errors?.has(field.index) === true)) return
    this.fault({ code: 'missing_required', column: field?.column ?? name })
  }

  /** Several parts of a record may read one cell: each fault is said once. */
  fault(issue: Issue): void {
    const isKnown = this.faults.some((each) => each.code === issue.code && each.column === issue.column)
    if (!isKnown) this.faults.push(issue)
  }

  doubt(issue: Issue): void {
    const isKnown = this.doubts.some((each) => each.code === issue.code && each.column === issue.column)
    if (!isKnown) this.doubts.push(issue)
  }

  #date(field: Field | null, read: typeof readDate): IsoDate | null {
    const known = field === null ? undefined : this.recall(field, field.known.dates)
    if (known !== undefined) return known
    const text = this.text(field)
    if (field === null || text === '') return null
    return this.noted(field.known.dates, text, this.#readDate(field, text, read))
  }

  #readDate(field: Field, text: string, read: typeof readDate): IsoDate | null {
    const { serial_dates, today } = this.setup
    const date_order = field.date_order ?? this.setup.date_order
    const result = read(text, date_order, serial_dates, field.two_digit_years_from)
    if ('fault' in result) {
      const { column } = field
      this.fault(
        result.fault === 'not_a_date'
          ? { code: 'not_a_date', column, written: WRITTEN[date_order] }
          : { code: result.fault, column },
      )
      return null
    }
    if (result.date <= today) return result.date
    this.fault({ code: 'date_in_future', column: field.column, today })
    return null
  }

  #within(field: Field, value: number, min: number | null, max: number | null): number | null {
    if ((min === null || value >= min) && (max === null || value <= max)) return value
    const { column } = field
    this.fault({
      code: 'number_out_of_range',
      column,
      min: (min ?? Number.NEGATIVE_INFINITY) + field.minus,
      max: (max ?? Number.POSITIVE_INFINITY) + field.minus,
    })
    return null
  }

  #unknownCode(field: Field): void {
    const known = [...(field.codes?.keys() ?? [])].slice(0, 20)
    const issue: Issue = { code: 'unknown_code', column: field.column, known }
    if (field.otherwise === 'flag') this.doubt(issue)
    else this.fault(issue)
  }

  #defaultService(field: Field | null): string {
    if (this.setup.service !== null) return this.setup.service
    if (this.setup.services.size === 0) return ONLY_SERVICE
    this.fault({ code: 'missing_required', column: field?.column ?? 'service' })
    return ''
  }
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || ONLY_SERVICE
  )
}
