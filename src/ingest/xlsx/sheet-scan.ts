import type { Row } from '../cells.ts'
import { LIMITS } from '../limits.ts'
import { cellText, NEVER_CALCULATED } from './cell-text.ts'
import { cellsAt } from './sparse-cells.ts'
import { attribute, BROKEN, XmlFault, type XmlHandler } from './xml-scanner.ts'

const MOST_ROWS = 1_048_576
const MOST_COLUMNS = 16_384

/** What a sheet showed besides its rows; whole when it has been scanned. */
export interface SheetFacts {
  last_row: number
  n_hidden_rows: number
  n_hidden_columns: number
  n_formulas: number
  n_never_calculated: number
  is_filtered: boolean
}

export interface CellContext {
  readonly shared: readonly string[]
  readonly date_styles: readonly boolean[]
  readonly date_system: '1900' | '1904'
}

/** Turns the XML of a sheet into rows. Blank cells at the end of a row are not given. */
export class SheetScan implements XmlHandler {
  readonly facts: SheetFacts = {
    last_row: 0,
    n_hidden_rows: 0,
    n_hidden_columns: 0,
    n_formulas: 0,
    n_never_calculated: 0,
    is_filtered: false,
  }
  readonly #context: CellContext
  #rows: Row[] = []
  #columns: number[] = []
  #texts: string[] = []
  #cells = 0
  #column = 0
  #isHidden = false
  /** One object for every cell: a million of them would be a million to clear away. */
  readonly #cell = { type: '', is_date: false, has_formula: false, value: null as string | null, inline_text: '' }
  #isInCell = false
  #inside: 'value' | 'inline' | 'aid' | null = null

  constructor(context: CellContext) {
    this.#context = context
  }

  /** The rows completed since the last call. */
  takeRows(): Row[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'row') this.#openRow(attributes)
    else if (name === 'f') {
      this.#cell.has_formula = true
      this.#inside = 'aid'
    } else if (name === 'v') {
      this.#inside = 'value'
      this.#cell.value = ''
    } else if (name === 't') {
      if (this.#inside === null && this.#isInCell) this.#inside = 'inline'
    } else if (name === 'rPh') this.#inside = 'aid'
    else if (name === 'autoFilter') this.facts.is_filtered = true
    else if (name === 'col' && isTrue(attribute(attributes, 'hidden')))
      this.facts.n_hidden_columns += widthOf(attributes)
  }

  text(text: string): void {
    if (this.#inside === 'value') this.#cell.value += text
    else if (this.#inside === 'inline') this.#cell.inline_text += text
    // Text of a cell that is neither its value nor its text would be lost without a word.
    else if (this.#inside === null && this.#isInCell && text.trim() !== '') throw new XmlFault(BROKEN)
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#closeRow()
    else if (name === 'v' || name === 'rPh' || name === 'f' || (name === 't' && this.#inside === 'inline'))
      this.#inside = null
  }

  #openRow(attributes: string): void {
    const written = attribute(attributes, 'r')
    const row = written === '' ? this.facts.last_row + 1 : Number(written)
    if (!Number.isInteger(row) || row <= this.facts.last_row || row > MOST_ROWS) throw new XmlFault(BROKEN)
    this.facts.last_row = row
    this.#isHidden = isTrue(attribute(attributes, 'hidden'))
    this.#columns = []
    this.#texts = []
    this.#column = 0
  }

  #openCell(attributes: string): void {
    const reference = attribute(attributes, 'r')
    this.#column = reference === '' ? this.#column + 1 : columnOf(reference)
    if (this.#column < 1 || this.#column > MOST_COLUMNS) throw new XmlFault(BROKEN)
    const cell = this.#cell
    const style = attribute(attributes, 's')
    cell.type = attribute(attributes, 't')
    cell.is_date = this.#context.date_styles[Number(style || 0)] === true
    const n_known = Number(reference !== '') + Number(style !== '') + Number(cell.type !== '')
    if (n_known < attributes.split('=').length - 1 && STRANGE.test(attributes)) throw new XmlFault(BROKEN)
    cell.has_formula = false
    cell.value = null
    cell.inline_text = ''
    this.#isInCell = true
  }

  #closeCell(): void {
    this.#isInCell = false
    if (this.#cell.inline_text !== '' && this.#cell.type !== 'inlineStr') throw new XmlFault(BROKEN)
    const text = cellText(this.#cell, this.#context.shared, this.#context.date_system)
    if (text === null) throw new XmlFault(BROKEN)
    if (text.length > LIMITS.cell_characters) throw new XmlFault(LONG)
    if (this.#cell.has_formula) this.facts.n_formulas++
    if (text === NEVER_CALCULATED) this.facts.n_never_calculated++
    if (text === '') return
    if (this.#column <= (this.#columns.at(-1) ?? -1) + 1) throw new XmlFault(BROKEN)
    this.#columns.push(this.#column - 1)
    this.#texts.push(text)
  }

  #closeRow(): void {
    if (this.#isHidden) this.facts.n_hidden_rows++
    this.#cells += (this.#columns.at(-1) ?? -1) + 1
    if (this.#cells > LIMITS.sheet_cells) throw new XmlFault(MANY)
    this.#rows.push({ row_number: this.facts.last_row, line_count: 1, cells: cellsAt(this.#columns, this.#texts) })
  }
}

/** An attribute that no cell has. Another's name was damaged, perhaps the one without which a place in a list is read as a number. */
const STRANGE = /\s(?!(?:r|s|t|cm|vm|ph)\s*=|[\w.-]+:)[^\s=]+\s*=/

const LONG = 'has a cell of more than 1 MiB. Nothing was loaded. Take the text out of the sheet and save it again.'
const MANY = 'has a sheet of more than 50 million cells. Nothing was loaded. Save it as CSV.'

function isTrue(text: string): boolean {
  return text === '1' || text === 'true'
}

function widthOf(attributes: string): number {
  const width = Number(attribute(attributes, 'max')) - Number(attribute(attributes, 'min')) + 1
  return Number.isInteger(width) && width > 0 ? Math.min(width, MOST_COLUMNS) : 1
}

/** `AB12` is in the 28th column. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column
}
