import type { TextRow } from './cells.ts'
import { encodingNotes } from './decode-text.ts'
import { type ExportFile, refused } from './examine-file.ts'
import { isJsonLines, type JsonShape, jsonPieces, jsonRecords } from './json-records.ts'
import { cellText, isJsonObject, type JsonObject, readJson } from './json-value.ts'
import { LIMITS } from './limits.ts'
import { type Source, sourceOf, textBatches } from './source.ts'

/**
 * Opens JSON: a list of flat objects, one object a line (NDJSON), or an object with one such list in it. Each object is a record,
 * numbered from 1 or by its line; the headings are the keys, in the order in which they are met. A line that is no JSON, and an
 * object with a key twice, is held back alone.
 */
export async function openJson(file: ExportFile): Promise<Source> {
  const shape = await shapeOf(file)
  const positions = await headingsOf(file, shape)
  const count = { physical_lines: 0 }
  return sourceOf(
    textBatches(rows(file, shape, positions, count)),
    {
      format: 'json',
      encoding: file.encoding,
      delimiter: null,
      sheet: '',
      serial_dates: null,
      notes: encodingNotes(file),
      physicalLines: () => count.physical_lines,
    },
    {
      file_name: file.file_name,
      corrections: file.corrections,
      heading_rows: [0],
      skip_rows: 0,
      footer_starts_with: [],
      are_rows_padded: true,
    },
  )
}

/** Lists of objects are looked for at the top and one step below it; two of them, and it is not clear which is meant. */
async function shapeOf(file: ExportFile): Promise<JsonShape> {
  if (await isJsonLines(file)) return { lines: true }
  const lists = new Set<string | null>()
  let isEmptyList = true
  for await (const { key, is_element, text } of jsonPieces(file)) {
    isEmptyList = false
    if (is_element && text.startsWith('{')) lists.add(key)
  }
  const [key, another] = lists
  if (key !== undefined && another === undefined) return { lines: false, key }
  if (key === undefined) {
    throw refused(file.file_name, isEmptyList ? 'holds no records.' : `is JSON, but not a list of records: ${WANTED}`)
  }
  throw refused(
    file.file_name,
    `holds more than one list of records (${lists.size}), so it is not clear which is meant.`,
  )
}

const WANTED = 'a list of flat objects is expected, or an object on each line.'

async function headingsOf(file: ExportFile, shape: JsonShape): Promise<ReadonlyMap<string, number>> {
  const positions = new Map<string, number>()
  for await (const { text } of jsonRecords(file, shape)) {
    const read = readJson(text)
    if (!('value' in read) || !isJsonObject(read.value)) continue
    for (const key of read.value.keys()) if (!positions.has(key)) positions.set(key, positions.size)
    if (positions.size > LIMITS.columns) {
      throw refused(file.file_name, `has more than ${LIMITS.columns} different keys, so it is no list of like records.`)
    }
  }
  if (positions.size === 0) throw refused(file.file_name, 'holds no records.')
  return positions
}

async function* rows(
  file: ExportFile,
  shape: JsonShape,
  positions: ReadonlyMap<string, number>,
  count: { physical_lines: number },
): AsyncGenerator<TextRow> {
  yield { row_number: 0, line_count: 0, cells: [...positions.keys()] }
  for await (const { number, text } of jsonRecords(file, shape)) {
    count.physical_lines = number
    const read = readJson(text)
    if ('fault' in read) yield { row_number: number, line_count: 1, cells: [text], fault: read.fault }
    else if (!isJsonObject(read.value)) yield { row_number: number, line_count: 1, cells: [text], fault: NO_OBJECT }
    else yield { row_number: number, line_count: 1, cells: cellsOf(read.value, positions) }
  }
}

const NO_OBJECT = { code: 'not_json', column: null } as const

function cellsOf(record: JsonObject, positions: ReadonlyMap<string, number>): string[] {
  const cells = Array.from({ length: positions.size }, () => '')
  for (const [key, value] of record) cells[positions.get(key) as number] = cellText(value)
  return cells
}
