import { asIs, type Form, type Grid, sameHeading } from './form.ts'
import { slowText } from './slow-text.ts'

type Fields = Readonly<Record<string, unknown>>

/** Numbers as numbers, all else as text, an object a line. */
function jsonText(grid: Grid, isList: boolean): string {
  const [headings = [], ...rows] = grid
  const objects = rows.map((cells) => {
    const fields = headings.flatMap((heading, i) => {
      const cell = cells[i]
      if (cell === undefined || cell === '') return []
      return `${JSON.stringify(heading)}:${/^(0|[1-9]\d{0,2})$/.test(cell) ? cell : JSON.stringify(cell)}`
    })
    return `{${fields.join(',')}}`
  })
  return isList ? `[\n${objects.join(',\n')}\n]\n` : `${objects.join('\n')}\n`
}

function json(name: string, isList: boolean): Form {
  return {
    name,
    file_name: isList ? 'mutant.json' : 'mutant.ndjson',
    reads: 'json',
    member: null,
    is_packed: false,
    write: (grid) => ({
      body: Buffer.from(jsonText(grid, isList)),
      pack: asIs,
      read: (body) => {
        const text = slowText(body.toString('latin1')).replace(/^\ufeff/, '')
        const records = objectsOf(text, isList).map(({ row_number, fields, own }) => ({
          row_number,
          text: own,
          row: (heading: string) => jsonCell(fields, heading),
        }))
        return { headings: [], records, n_lines: null }
      },
    }),
  }
}

export const jsonList = json('JSON list', true)
export const ndjson = json('NDJSON', false)

/** `own`: the object's own text; blank where it cannot be told. */
function objectsOf(text: string, isList: boolean): { row_number: number; fields: Fields; own: string }[] {
  if (isList) {
    const all = parsed(text)
    const objects = Array.isArray(all) ? all.filter(isObject) : wholeObjects(text)
    return objects.map((fields) => ({ row_number: 0, fields, own: ownText(text, all, fields) }))
  }
  return text.split('\n').flatMap((line, index) => {
    const fields = parsed(line.trim())
    return isObject(fields) ? [{ row_number: index + 1, fields, own: line.trim() }] : []
  })
}

/** Of a document that is not valid as a whole: whatever object stands in it. */
function wholeObjects(text: string): Fields[] {
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    for (let close = text.indexOf('}', open); close >= 0; close = text.indexOf('}', close + 1)) {
      const object = parsed(text.slice(open, close + 1))
      if (isObject(object)) return [object, ...wholeObjects(text.slice(close + 1))]
    }
  }
  return []
}

/** Blank where the document says more than its value: a key twice, say. */
function ownText(text: string, document: unknown, part: unknown): string {
  return JSON.stringify(document) === text.replaceAll('\n', '') ? JSON.stringify(part) : ''
}

export const fhir: Form = {
  name: 'FHIR bundle',
  file_name: 'mutant.json',
  reads: 'fhir',
  member: null,
  is_packed: false,
  write: (grid) => ({
    body: Buffer.from(
      `{"resourceType":"Bundle","type":"collection","entry":[\n${grid.slice(1).map(observation).join(',\n')}\n]}\n`,
    ),
    pack: asIs,
    read: (body) => {
      const text = slowText(body.toString('latin1')).replace(/^\ufeff/, '')
      const bundle = parsed(text) as { entry?: unknown } | null
      const entries = Array.isArray(bundle?.entry) ? bundle.entry : wholeObjects(text)
      const records = entries.filter(isObject).map((entry) => {
        const at = (...keys: (string | number)[]) => String(deep(entry, ['resource', ...keys]) ?? '')
        const cells: Fields = {
          status: at('resourceType') === 'Observation' ? at('status') : '',
          patient_id: at('subject', 'reference').split('/').at(-1) ?? '',
          code: at('code', 'coding', 0, 'code'),
          date: at('effectiveDateTime'),
          score: at('valueQuantity', 'value'),
        }
        return {
          row_number: 0,
          text: ownText(text, bundle, entry),
          row: (heading: string) => jsonCell(cells, heading),
        }
      })
      return { headings: [], records, n_lines: null }
    },
  }),
}

function observation(cells: readonly string[]): string {
  const [id, status, patient, code, effectiveDateTime, score = ''] = cells
  const value = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(score) ? Number(score) : score
  return JSON.stringify({
    fullUrl: `https://trust.example/Observation/${id}`,
    resource: {
      resourceType: 'Observation',
      id,
      status,
      code: { coding: [{ system: 'http://snomed.info/sct', code }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime,
      valueQuantity: { value, unit: '{score}' },
    },
  })
}

function jsonCell(fields: Fields, heading: string): string {
  const key = Object.keys(fields).find((name) => sameHeading(name) === heading)
  const value = key === undefined ? null : fields[key]
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function deep(value: unknown, keys: readonly (string | number)[]): unknown {
  let found = value
  for (const key of keys) found = (found as Record<string | number, unknown> | null | undefined)?.[key]
  return found
}
