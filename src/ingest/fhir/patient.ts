import { coding, extension, field, nhsNumber, objects, referenceId, text } from './fields.ts'
import type { FhirSheet, Resource } from './sheet.ts'

const ETHNIC_CATEGORY = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory'

/** Patients in the shape of UK Core. Names, addresses and telephone numbers are never looked at. */
export const patientSheet: FhirSheet = {
  headings: ['patient_id', 'nhs_number', 'birth_date', 'gender', 'ethnic_category', 'deceased_date'],
  moreHeadings: () => [],
  rows: (resource) => [
    new Map([
      ['patient_id', ownId(resource)],
      ['nhs_number', nhsNumber(objects(resource.body.get('identifier')))],
      ['birth_date', wholeDate(text(resource.body.get('birthDate')))],
      ['gender', text(resource.body.get('gender'))],
      ['ethnic_category', coding(field(extension(resource.body, ETHNIC_CATEGORY), 'valueCodeableConcept')).code],
      ['deceased_date', text(resource.body.get('deceasedDateTime'))],
    ]),
  ],
}

/** In a bundle of `urn:uuid:` addresses others refer to the resource by its address, not by its id. */
function ownId({ body, full_url }: Resource): string {
  const id = text(body.get('id'))
  return id === '' || full_url.startsWith('urn:') ? referenceId(full_url) : id
}

/** A month of birth is a date of birth as far as anything is kept of it. */
function wholeDate(date: string): string {
  return /^\d{4}-\d{2}$/.test(date) ? `${date}-01` : date
}
