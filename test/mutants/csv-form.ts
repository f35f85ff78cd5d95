import iconv from 'iconv-lite'
import { asIs, type Form, type Grid, rowOf, type SlowFile, withoutBlankEnd } from './form.ts'
import { slowCsv } from './slow-csv.ts'
import { slowText } from './slow-text.ts'

type TextEncoding = 'utf-8' | 'utf-8 with a mark' | 'utf-16le' | 'windows-1252'

export interface Style {
  readonly delimiter: string
  readonly end: string
  readonly encoding: TextEncoding
  readonly quotes_all?: boolean
}

export function csv(name: string, style: Style): Form {
  return {
    name,
    file_name: 'mutant.csv',
    reads: 'csv',
    member: null,
    is_packed: false,
    write: (grid) => ({
      body: encode(csvText(grid, style), style.encoding),
      pack: asIs,
      read: (b) => readCsv(b, style),
    }),
  }
}

function csvText(grid: Grid, { delimiter, end, quotes_all = false }: Style): string {
  const isSpecial = (cell: string) => quotes_all || /["\r\n]/.test(cell) || cell.includes(delimiter)
  const quoted = (cell: string) => (isSpecial(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return grid.map((cells) => cells.map(quoted).join(delimiter) + end).join('')
}

function readCsv(body: Buffer, { delimiter, encoding }: Style): SlowFile {
  const isWide = encoding === 'utf-16le'
  const text = isWide ? new TextDecoder('utf-16le').decode(body) : body.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  const { rows, n_lines, is_open } = slowCsv(text, delimiter)
  if (!isWide) for (const row of rows) row.cells = row.cells.map(slowText)
  const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')
  const [heading, ...others] = rows
  const headings = withoutBlankEnd(heading?.cells ?? [])
  const records = is_open ? [] : others.filter(({ cells }) => !isBlank(cells))
  return {
    headings,
    n_lines,
    records: records.map(({ row_number, cells }) => {
      const fits = (cells.length > headings.length ? withoutBlankEnd(cells) : cells).length
      const isWhole = fits === headings.length || (cells.length > headings.length && fits < headings.length)
      return { row_number, text: JSON.stringify(cells), row: rowOf(headings, isWhole ? cells : []) }
    }),
  }
}

function encode(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'windows-1252') return iconv.encode(text, 'windows-1252')
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`)
}
