import type { TextRow } from '../cells.ts'
import { encodingNotes } from '../decode-text.ts'
import { type ExportFile, refused } from '../examine-file.ts'
import { LIMITS } from '../limits.ts'
import type { Profile } from '../profile.ts'
import { type Source, sourceOf, textBatches } from '../source.ts'
import { observationSheet } from './observation.ts'
import { patientSheet } from './patient.ts'
import { questionnaireResponseSheet } from './questionnaire-response.ts'
import { fhirResources } from './resources.ts'
import type { FhirSheet } from './sheet.ts'

/**
 * Opens FHIR R4 as a table of one type of resource, the profile's: a "sheet" of that name, whose rows are counted from 1 in the order
 * of the file. Resources of other types are left for other profiles, and named in a note.
 */
export async function openFhir(file: ExportFile, declared: Profile['fhir']): Promise<Source> {
  const resource = declared.resource
  if (resource === undefined) {
    throw refused(
      file.file_name,
      `is FHIR. Name a profile that says which resources to read, such as fhir-observation.`,
    )
  }
  const sheet = sheetOf(resource, declared)
  const { headings, others } = await survey(file, resource, sheet)
  const count = { physical_lines: 0 }
  return sourceOf(
    textBatches(rows(file, resource, sheet, headings, count)),
    {
      format: 'fhir',
      encoding: file.encoding,
      delimiter: null,
      sheet: resource,
      serial_dates: null,
      notes: [...encodingNotes(file), ...others],
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

function sheetOf(resource: NonNullable<Profile['fhir']['resource']>, declared: Profile['fhir']): FhirSheet {
  switch (resource) {
    case 'Patient':
      return patientSheet
    case 'Observation':
      return observationSheet(declared.codes)
    case 'QuestionnaireResponse':
      return questionnaireResponseSheet(declared)
  }
}

/** Walks the file once for its columns, and for what else is in it. */
async function survey(file: ExportFile, wanted: string, sheet: FhirSheet) {
  const headings = new Set(sheet.headings)
  const types = new Map<string, number>()
  for await (const found of fhirResources(file)) {
    if ('fault' in found) continue
    types.set(found.type, (types.get(found.type) ?? 0) + 1)
    if (found.type === wanted) for (const heading of sheet.moreHeadings(found)) headings.add(heading)
    if (headings.size > LIMITS.columns) {
      throw refused(
        file.file_name,
        `has more than ${LIMITS.columns} different items, so its forms are not of one kind.`,
      )
    }
  }
  const counts = [...types].filter(([type]) => type !== wanted).map(([type, n]) => `${type} ${n}`)
  const said = counts.length === 0 ? '' : `: ${counts.sort().slice(0, 20).join(', ')}`
  if (!types.has(wanted))
    throw refused(file.file_name, `holds no ${wanted} resource${said === '' ? '' : `; it holds${said.slice(1)}`}.`)
  return {
    headings: [...headings],
    others: said === '' ? [] : [`The file also holds other resources, not read here${said}.`],
  }
}

async function* rows(
  file: ExportFile,
  wanted: string,
  sheet: FhirSheet,
  headings: readonly string[],
  count: { physical_lines: number },
): AsyncGenerator<TextRow> {
  yield { row_number: 0, line_count: 0, cells: headings }
  for await (const found of fhirResources(file)) {
    if ('fault' in found) {
      yield { row_number: ++count.physical_lines, line_count: 1, cells: [found.text], fault: found.fault }
    } else if (found.type === wanted) {
      for (const row of sheet.rows(found)) {
        const cells = headings.map((heading) => row.get(heading) ?? '')
        yield { row_number: ++count.physical_lines, line_count: 1, cells }
      }
    }
  }
}
