import type { JsonObject } from '../json-value.ts'
import { coding, field, objects, ordinal, text } from './fields.ts'
import type { FhirSheet } from './sheet.ts'
import { subjectOf } from './subject.ts'

/** Scores as observations: a row for the observation's own value, and one for each component. */
export function observationSheet(codes: Readonly<Record<string, string>>): FhirSheet {
  const filedUnder = new Map(Object.entries(codes))
  return {
    headings: [
      'observation_id',
      'status',
      'patient_id',
      'nhs_number',
      'code',
      'code_system',
      'date',
      'score',
      'referral_id',
    ],
    moreHeadings: () => [],
    rows: ({ body }) => {
      const shared: [string, string][] = [
        ['observation_id', text(body.get('id'))],
        ['status', text(body.get('status'))],
        ...subjectOf(body),
        ['date', dateOf(body)],
      ]
      const components = objects(body.get('component'))
      const parts = components.length > 0 && scoreOf(body) === '' ? components : [body, ...components]
      return parts.map((part) => {
        const { code, system } = coding(part.get('code'))
        return new Map([
          ...shared,
          ['code', filedUnder.get(code) ?? code],
          ['code_system', system],
          ['score', scoreOf(part)],
        ])
      })
    },
  }
}

function dateOf(body: JsonObject): string {
  return (
    text(body.get('effectiveDateTime')) ||
    text(body.get('effectiveInstant')) ||
    text(field(body.get('effectivePeriod'), 'start'))
  )
}

/** A comparator ("under 5") makes it no number: it is kept, so that the row is held back. */
function scoreOf(part: JsonObject): string {
  const quantity = part.get('valueQuantity')
  const concept = objects(field(part.get('valueCodeableConcept'), 'coding'))
  return (
    `${text(field(quantity, 'comparator'))}${text(field(quantity, 'value'))}` ||
    text(part.get('valueInteger')) ||
    (concept.map(ordinal).find((value) => value !== '') ?? '')
  )
}
