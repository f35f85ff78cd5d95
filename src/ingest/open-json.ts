import type { TextRow } from './cells.ts'
import { decodeText } from './decode-text.ts'
import { type Encoding, type ExportFile, refused } from './examine-file.ts'
import { type Source, sourceOf, textBatches } from './source.ts'

const LARGEST_BYTES = 256 * 2 ** 20

/** Opens a JSON array of flat objects: each is a record, numbered from 1; the headings are the keys, in the order they are met. */
export async function openJson(file: ExportFile): Promise<Source> {
  const records = await parse(file)
  const headings: string[] = []
  const positions = new Map<string, number>()
  for (const record of records) {
    for (const key of Object.keys(record)) {
      if (positions.has(key)) continue
      positions.set(key, headings.length)
      headings.push(key)
    }
  }
  if (headings.length === 0) throw refused(file.file_name, 'holds no records.')
  return sourceOf(
    textBatches(rows(records, headings, positions)),
    {
      format: 'json',
      encoding: file.encoding,
      delimiter: null,
      sheet: '',
      serial_dates: null,
      notes: [],
      physicalLines: () => records.length,
    },
    { file_name: file.file_name, heading_rows: [0], skip_rows: 0, footer_starts_with: [], are_rows_padded: true },
  )
}

async function* rows(
  records: readonly Record<string, unknown>[],
  headings: readonly string[],
  positions: ReadonlyMap<string, number>,
): AsyncGenerator<TextRow> {
  yield { row_number: 0, line_count: 0, cells: headings }
  for (const [index, record] of records.entries()) {
    const cells = headings.map(() => '')
    for (const [key, value] of Object.entries(record)) cells[positions.get(key) as number] = textOf(value)
    yield { row_number: index + 1, line_count: 1, cells }
  }
}

/** A whole number beyond 2^53 has lost digits by the time it is parsed: it is shown as the error it is. */
function textOf(value: unknown): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? '#NUM!' : String(value)
  return JSON.stringify(value)
}

async function parse(file: ExportFile): Promise<Record<string, unknown>[]> {
  if (file.n_bytes > LARGEST_BYTES)
    throw refused(file.file_name, 'is a JSON file of more than 256 MiB. Export it as CSV.')
  let text = ''
  for await (const part of decodeText(file.chunks(), file.encoding as Encoding)) text += part
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw refused(file.file_name, 'is not valid JSON. Export it again, and check that the export finished.')
  }
  if (!Array.isArray(document) || !document.every(isPlainObject)) {
    throw refused(file.file_name, 'is JSON, but not a list of records: an array of flat objects is expected.')
  }
  return document
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
