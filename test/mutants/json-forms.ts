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
        const records = objectsOf(text, isList).map(({ row_number, fields, is_whole }) => ({
          row_number,
          text: is_whole ? JSON.stringify(fields) : '',
          row: (heading: string) => jsonCell(fields, heading),
        }))
        return { headings: [], records, n_lines: null }
      },
    }),
  }
}

export const jsonList = json('JSON list', true)
export const ndjson = json('NDJSON', false)

/** Of a document that is not valid as a whole, whatever stands on a line of its own. */
function objectsOf(text: string, isList: boolean): { row_number: number; fields: Fields; is_whole: boolean }[] {
  const all = isList ? parsed(text) : null
  if (Array.isArray(all)) return all.filter(isObject).map((fields) => ({ row_number: 0, fields, is_whole: true }))
  return text.split('\n').flatMap((line, index) => {
    const fields = parsed(line.trim().replace(isList ? /,$/ : /$^/, ''))
    return isObject(fields) ? [{ row_number: isList ? 0 : index + 1, fields, is_whole: !isList }] : []
  })
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
      const lines = text.split('\n').map((line) => parsed(line.trim().replace(/,$/, '')))
      const entries = Array.isArray(bundle?.entry) ? bundle.entry : lines
      const records = entries.filter(isObject).map((entry) => {
        const at = (...keys: (string | number)[]) => String(deep(entry, ['resource', ...keys]) ?? '')
        const cells: Fields = {
          status: at('resourceType') === 'Observation' ? at('status') : '',
          patient_id: at('subject', 'reference').split('/').at(-1) ?? '',
          code: at('code', 'coding', 0, 'code'),
          date: at('effectiveDateTime'),
          score: at('valueQuantity', 'value'),
        }
        const isWhole = entries !== lines
        return {
          row_number: 0,
          text: isWhole ? JSON.stringify(entry) : '',
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
