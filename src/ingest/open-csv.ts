import { type Row, type TextRow, textsOf } from './cells.ts'
import { CsvScanner } from './csv-scanner.ts'
import { cellDecoder, decodeText, encodingNotes, mixedCellDecoder, scannableBytes } from './decode-text.ts'
import { type Encoding, type ExportFile, refused } from './examine-file.ts'
import { fullSheetNote } from './full-sheet.ts'
import type { Profile } from './profile.ts'
import { type NoRecords, type Source, sourceOf } from './source.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const
const SAMPLE_CHARACTERS = 1 << 17
const SAMPLE_ROWS = 50

/** Opens delimited text: encoding and delimiter as the profile declares them, else as the bytes show. */
export async function openCsv(file: ExportFile, declared: Profile['csv'], no_records: NoRecords): Promise<Source> {
  const notes: string[] = []
  const encoding = chooseEncoding(file, declared.encoding, notes)
  const sample = await readSample(file, encoding)
  const separatorLine = /^"?sep=(.)"?\r?\n?/i.exec(sample)
  const heading_row = declared.heading_row + (separatorLine === null ? 0 : 1)
  const delimiter =
    declared.delimiter !== 'auto' ? declared.delimiter : (separatorLine?.[1] ?? guessDelimiter(sample, heading_row))
  if (separatorLine !== null) notes.push('The first line names the delimiter and is no record.')
  const isMixed = encoding !== declared.encoding && file.odd_lines.length > 0
  const decode = isMixed ? mixedCellDecoder() : cellDecoder(encoding)
  const scanner = new CsvScanner({
    file_name: file.file_name,
    delimiter,
    heading_row,
    quotes: declared.quotes,
    decode,
  })
  return sourceOf(
    scanned(scanner, scannableBytes(file.chunks(), encoding), notes),
    {
      format: 'csv',
      encoding,
      delimiter,
      sheet: '',
      serial_dates: null,
      notes,
      physicalLines: () => scanner.physical_lines,
    },
    {
      file_name: file.file_name,
      corrections: file.corrections,
      heading_rows: [heading_row],
      skip_rows: declared.skip_rows,
      footer_starts_with: no_records.footer_starts_with,
      second_headings: no_records.second_headings,
      are_rows_padded: false,
    },
  )
}

async function* scanned(
  scanner: CsvScanner,
  chunks: AsyncIterable<Buffer>,
  notes: string[],
): AsyncGenerator<Iterable<Row>> {
  for await (const chunk of chunks) yield scanner.rows(chunk, false)
  yield scanner.rows(Buffer.alloc(0), true)
  const full = fullSheetNote(scanner.physical_lines)
  if (full !== null) notes.push(full)
}

function chooseEncoding(file: ExportFile, declared: Profile['csv']['encoding'], notes: string[]): Encoding {
  const found = file.encoding as Encoding
  if (declared === 'auto') {
    notes.push(...encodingNotes(file))
    return found
  }
  if (declared === 'windows-1252' && (found === 'utf-8' || found === 'windows-1252')) return declared
  if (declared !== found) {
    throw refused(
      file.file_name,
      `is not ${declared}, as the profile declares; its bytes look like ${found}. Export it as ${declared}, or set "encoding: auto" in the profile.`,
    )
  }
  return declared
}

async function readSample(file: ExportFile, encoding: Encoding): Promise<string> {
  let sample = ''
  for await (const text of decodeText(file.chunks(), encoding)) {
    sample += text
    if (sample.length >= SAMPLE_CHARACTERS) break
  }
  return sample.slice(0, SAMPLE_CHARACTERS)
}

/** The delimiter whose rows most often have as many cells as the heading; of two, the one with more cells. */
function guessDelimiter(sample: string, heading_row: number): string {
  let best = { delimiter: ',', share: -1, cells: 1 }
  for (const delimiter of DELIMITERS) {
    const rows = sampleRows(sample, delimiter, heading_row)
    const heading = rows.find((row) => row.row_number === heading_row)
    const cells = heading?.cells.length ?? 0
    if (cells < 2) continue
    const later = rows.filter((row) => row.row_number > heading_row && row.cells.length > 1)
    const share = later.length === 0 ? 0 : later.filter((row) => row.cells.length === cells).length / later.length
    if (share > best.share || (share === best.share && cells > best.cells)) best = { delimiter, share, cells }
  }
  return best.delimiter
}

function sampleRows(sample: string, delimiter: string, heading_row: number): TextRow[] {
  const rows: TextRow[] = []
  const scanner = new CsvScanner({ file_name: '', delimiter, heading_row, decode: cellDecoder('utf-8') })
  try {
    for (const row of scanner.rows(Buffer.from(sample), sample.length < SAMPLE_CHARACTERS)) {
      rows.push({ row_number: row.row_number, line_count: row.line_count, cells: textsOf(row.cells) })
      if (rows.length >= heading_row + SAMPLE_ROWS) break
    }
  } catch {
    // An unclosed quotation mark: the rows before it are enough to judge by.
  }
  return rows
}
