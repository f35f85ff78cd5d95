import type { ExportFile } from '../examine-file.ts'
import type { Issue } from '../issues.ts'
import { isJsonLines, type JsonRecord, jsonPieces, jsonRecords } from '../json-records.ts'
import { isJsonObject, type Json, type JsonObject, readJson } from '../json-value.ts'
import { LIMITS } from '../limits.ts'
import { refused } from '../refused.ts'
import { field, objects, text } from './fields.ts'
import type { Resource } from './sheet.ts'

/** A resource, or a piece of the file that could not be read as one. */
export type Found = Resource | { readonly fault: Issue; readonly text: string }

/** Every resource of a file, in its order: of a bundle, a list, a line each (NDJSON), or one alone. */
export async function* fhirResources(file: ExportFile): AsyncGenerator<Found> {
  for await (const { text: piece } of await recordsOf(file)) {
    const read = readJson(piece)
    if ('fault' in read) yield { fault: read.fault, text: piece }
    else yield* resourcesIn(read.value)
  }
}

async function recordsOf(file: ExportFile): Promise<AsyncIterable<JsonRecord>> {
  if (await isJsonLines(file)) return jsonRecords(file, { lines: true })
  const type = await outermostType(file)
  if (type === null) return jsonRecords(file, { lines: false, key: null })
  return type === 'Bundle' ? jsonRecords(file, { lines: false, key: 'entry' }) : whole(file)
}

/** The type of the outermost resource; null where the file is a list. */
async function outermostType(file: ExportFile): Promise<string | null> {
  for await (const { key, text: piece } of jsonPieces(file)) {
    if (key === null) return null
    const read = key === 'resourceType' ? readJson(piece) : null
    if (read !== null && 'value' in read) return text(read.value)
  }
  throw refused(file.file_name, 'is JSON, but not FHIR: its outermost object has no "resourceType".')
}

/** One resource alone is held whole. */
async function* whole(file: ExportFile): AsyncGenerator<JsonRecord> {
  if (file.n_bytes > LIMITS.json_record_characters)
    throw refused(file.file_name, 'is one FHIR resource of more than 16 MiB.')
  const members: string[] = []
  const lists = new Map<string, string[]>()
  for await (const { key, is_element, text: piece } of jsonPieces(file)) {
    if (!is_element) members.push(`${JSON.stringify(key)}:${piece}`)
    else lists.set(key ?? '', [...(lists.get(key ?? '') ?? []), piece])
  }
  for (const [key, elements] of lists) members.push(`${JSON.stringify(key)}:[${elements.join(',')}]`)
  yield { number: 1, text: `{${members.join(',')}}` }
}

function* resourcesIn(value: Json): Generator<Found> {
  const entry = isJsonObject(value) && value.has('resource') ? value : null
  const body = entry === null ? value : entry.get('resource')
  if (!isJsonObject(body)) {
    yield { fault: { code: 'not_json', column: null }, text: '' }
    return
  }
  const type = text(body.get('resourceType'))
  if (type === 'Bundle') for (const inner of objects(body.get('entry'))) yield* resourcesIn(inner)
  else yield { type, body: body as JsonObject, full_url: text(field(entry ?? undefined, 'fullUrl')) }
}
