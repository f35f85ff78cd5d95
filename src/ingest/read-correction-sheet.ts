import { EXIT, OperatorError } from '../domain/operator-error.ts'
import type { Row } from './cells.ts'
import type { Corrections, RowCorrection } from './corrections.ts'
import type { ExportFile } from './examine-file.ts'
import { bundledProfile } from './find-profile.ts'
import { normaliseHeading } from './headings.ts'
import { maskDigits } from './mask.ts'
import { openSource } from './open-source.ts'
import type { Source } from './source.ts'

/** The headings of the sheet that goes to a team and comes back, in the order in which it is written. */
export const SHEET_HEADINGS = [
  'file',
  'sheet',
  'row',
  'column',
  'code',
  'expected',
  'what to do',
  'corrected value',
  'file key',
  'row key',
] as const

const KNOWN_BY = ['corrected value', 'row key'] as const
const NEEDED = ['row', 'column', 'corrected value', 'file key', 'row key'] as const

/** What a team writes in place of a value, where the row is to be ignored or the cell to be blank. */
export const LEAVE_OUT = 'leave out'
export const MAKE_BLANK = 'make blank'

/** A sheet that a team has filled in and sent back. What it corrects may identify people: it is never stored. */
export interface CorrectionSheet {
  readonly file_name: string
  readonly sha256: string
  /** By `correctedFileKey` of the file and sheet that they are for. */
  readonly files: ReadonlyMap<string, Corrections>
  /** The files' names as the sheet gives them, by the same key; "a file" where it gives none that may be printed. */
  readonly file_names: ReadonlyMap<string, string>
  readonly n_cells: number
  readonly n_rows_left_out: number
}

/** The name of a file in a sheet: from its hash, with a letter that keeps a spreadsheet from taking it for a number. */
export function fileKey(sha256: string): string {
  return `f${sha256.slice(0, 15)}`
}

export function correctedFileKey(file_key: string, sheet: string): string {
  return `${file_key} ${sheet}`
}

/** Opens the file as a sheet of corrections; null where its headings are not those of one. */
async function openSheet(file: ExportFile): Promise<Source | null> {
  const plain = bundledProfile('plain-layout')
  if (plain === undefined || (file.kind !== 'csv' && file.kind !== 'xlsx')) return null
  try {
    const source = await openSource(file, { ...plain.profile, profile: 'correction sheet', reads: file.kind })
    const headings = new Set(source.headings.map(normaliseHeading))
    if (KNOWN_BY.every((heading) => headings.has(heading))) return source
    await source.close()
    return null
  } catch (error) {
    if (error instanceof OperatorError) return null
    throw error
  }
}

/** Reads the file as a sheet of corrections; null where it is none. @throws OperatorError naming each line that cannot be used. */
export async function readCorrectionSheet(file: ExportFile): Promise<CorrectionSheet | null> {
  const source = await openSheet(file)
  if (source === null) return null
  const cellOf = cellReader(source.headings, file.file_name)
  const builder = new SheetBuilder(file.file_name)
  for await (const row of source.records) builder.add(row.row_number, cellOf(row))
  return { file_name: file.file_name, sha256: file.sha256, ...builder.finish() }
}

type SheetHeading = (typeof SHEET_HEADINGS)[number]
type CellOf = (heading: SheetHeading) => string

/** Columns may come in any order, with others among them. */
function cellReader(headings: readonly string[], file_name: string): (row: Row) => CellOf {
  const positions = new Map(headings.map((heading, at) => [normaliseHeading(heading), at]))
  const missing = NEEDED.filter((heading) => !positions.has(heading))
  if (missing.length > 0) {
    throw refusal(
      `${file_name} is a sheet of corrections, and its ${missing.length === 1 ? 'column' : 'columns'} ${missing.map((it) => `"${it}"`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there. Take the sheet that "outcomes quarantine --export" wrote, and leave its headings as they are.`,
    )
  }
  return (row) => (heading) => {
    const at = positions.get(heading)
    return at === undefined ? '' : (row.cells.at(at) ?? '').trim()
  }
}

interface RowDraft {
  readonly row_key: string
  readonly cells: Map<string, string>
  is_left_out: boolean
  readonly said_in: string
}

class SheetBuilder {
  readonly #file_name: string
  readonly #files = new Map<string, Map<number, RowDraft>>()
  readonly #names = new Map<string, string>()
  readonly #faults: string[] = []

  constructor(file_name: string) {
    this.#file_name = file_name
  }

  /** One line of the sheet; one without a corrected value says nothing. */
  add(line: number, cellOf: CellOf): void {
    const value = cellOf('corrected value')
    if (value === '') return
    const row_number = /^[1-9]\d{0,8}$/.test(cellOf('row')) ? Number(cellOf('row')) : null
    const [file_key, row_key] = [cellOf('file key'), cellOf('row key')]
    if (row_number === null) this.#fault(line, 'has no row number under "row"')
    else if (!/^f[0-9a-f]{15}$/.test(file_key)) this.#fault(line, 'has no file key as the sheet was written with')
    else if (!/^r[\w-]{20}$/.test(row_key)) this.#fault(line, 'has no row key as the sheet was written with')
    else {
      const file = correctedFileKey(file_key, plain(cellOf('sheet')))
      this.#names.set(file, maskDigits(plain(cellOf('file'))) || 'a file')
      this.#note(line, this.#draft(file, row_number, row_key, line), cellOf)
    }
  }

  finish(): Omit<CorrectionSheet, 'file_name' | 'sha256'> {
    if (this.#faults.length > 0) throw refusal(this.#words())
    const rows: RowCorrection[] = [...this.#files.values()].flatMap((file) => [...file.values()])
    return {
      files: this.#files,
      file_names: this.#names,
      n_cells: rows.reduce((sum, row) => sum + row.cells.size, 0),
      n_rows_left_out: rows.filter((row) => row.is_left_out).length,
    }
  }

  #draft(file: string, row_number: number, row_key: string, line: number): RowDraft {
    const rows = this.#files.get(file) ?? new Map<number, RowDraft>()
    this.#files.set(file, rows)
    const draft = rows.get(row_number) ?? newDraft(row_key, `${this.#file_name} row ${line}`)
    rows.set(row_number, draft)
    if (draft.row_key !== row_key) this.#fault(line, 'gives another row key than an earlier line about the same row')
    return draft
  }

  #note(line: number, draft: RowDraft, cellOf: CellOf): void {
    const value = cellOf('corrected value')
    const column = normaliseHeading(plain(cellOf('column')))
    if (isWord(value, LEAVE_OUT)) draft.is_left_out = true
    else if (column === '')
      this.#fault(
        line,
        `is about a whole row, which no one value can put right: have the file exported again, or write "${LEAVE_OUT}"`,
      )
    else {
      const text = isWord(value, MAKE_BLANK) ? '' : value
      if ((draft.cells.get(column) ?? text) !== text)
        this.#fault(line, 'gives another value than an earlier line about the same cell')
      draft.cells.set(column, text)
    }
    if (draft.is_left_out && draft.cells.size > 0) this.#fault(line, 'both corrects a row and leaves it out')
  }

  #fault(line: number, what: string): void {
    this.#faults.push(`  row ${line} ${what}`)
  }

  #words(): string {
    const more = this.#faults.length - SHOWN
    return [
      `${this.#file_name} cannot be used as it is:`,
      ...this.#faults.slice(0, SHOWN),
      ...(more > 0 ? [`  … and ${more} more`] : []),
      'Nothing was changed. Put these lines right in the sheet and run the command again.',
    ].join('\n')
  }
}

const SHOWN = 10

function newDraft(row_key: string, said_in: string): RowDraft {
  return { row_key, cells: new Map(), is_left_out: false, said_in }
}

function isWord(value: string, word: string): boolean {
  return value.replace(/\s+/g, ' ').toLowerCase() === word
}

/** A sheet is written with an apostrophe before what a spreadsheet would take for a formula. */
function plain(text: string): string {
  return text.replace(/^'(?=\s*["']*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')
}

function refusal(message: string): OperatorError {
  return new OperatorError(message, EXIT.input_refused)
}
