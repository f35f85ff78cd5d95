import { textOf } from './decode-text.ts'
import type { ExportFile } from './examine-file.ts'
import { type JsonPiece, JsonSplitter } from './json-splitter.ts'
import { isJsonObject, type JsonRead, readJson } from './json-value.ts'
import { LIMITS } from './limits.ts'
import { refused } from './refused.ts'

/** Where the records of a JSON file stand: a line each, in the outermost list, or in a list under a key of the outermost object. */
export type JsonShape = { readonly lines: true } | { readonly lines: false; readonly key: string | null }

export interface JsonRecord {
  /** Counted from 1: the line, or the place in the list. */
  readonly number: number
  readonly text: string
}

/** One document or, by its name or its first two lines, one on each line (NDJSON). */
export async function isJsonLines(file: ExportFile): Promise<boolean> {
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(file.file_name)) return true
  const found: string[] = []
  for await (const { text } of lines(file, true)) {
    if (found.length === 0 && !isObject(readJson(text))) return false
    found.push(text)
    if (found.length === 2) return text.startsWith('{')
  }
  return false
}

export async function* jsonRecords(file: ExportFile, shape: JsonShape): AsyncGenerator<JsonRecord> {
  if (shape.lines) {
    yield* lines(file, false)
    return
  }
  let number = 0
  for await (const { key, is_element, text } of jsonPieces(file)) {
    if (is_element && key === shape.key) yield { number: ++number, text }
  }
}

export async function* jsonPieces(file: ExportFile): AsyncGenerator<JsonPiece> {
  const splitter = new JsonSplitter(file.file_name)
  for await (const chunk of textOf(file)) yield* splitter.pieces(chunk)
  yield* splitter.end()
}

/** Lines that are not blank. `isTrial`: a line longer than any record ends them, quietly. */
async function* lines(file: ExportFile, isTrial: boolean): AsyncGenerator<JsonRecord> {
  let number = 0
  let rest = ''
  for await (const chunk of textOf(file)) {
    const parts = chunk.split('\n')
    for (const [index, part] of parts.entries()) {
      rest += part
      if (rest.length > LIMITS.json_record_characters) {
        if (isTrial) return
        throw refused(file.file_name, `holds more than 16 MiB in line ${number + 1}. Nothing was loaded.`)
      }
      if (index === parts.length - 1) break
      number++
      if (rest.trim() !== '') yield { number, text: rest.trim() }
      rest = ''
    }
  }
  if (rest.trim() !== '') yield { number: number + 1, text: rest.trim() }
}

function isObject(read: JsonRead): boolean {
  return 'value' in read && isJsonObject(read.value)
}
