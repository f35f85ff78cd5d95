import { cellText, isJsonObject, type Json, JsonNumber, type JsonObject } from '../json-value.ts'

export const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number'
export const SNOMED_CT = 'http://snomed.info/sct'
export const LOINC = 'http://loinc.org'

/** The value under these keys, one inside the other. */
export function field(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let found = value
  for (const key of keys) found = isJsonObject(found) ? found.get(key) : undefined
  return found
}

/** Its text where it is a text or a number; '' otherwise. */
export function text(value: Json | undefined): string {
  return typeof value === 'string' || value instanceof JsonNumber ? cellText(value) : ''
}

/** The objects of a list; none where it is no list. */
export function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : []
}

/** The extension of that address, here or inside another. */
export function extension(value: Json | undefined, ...urls: readonly string[]): JsonObject | undefined {
  return objects(field(value, 'extension')).find((each) => urls.includes(text(each.get('url'))))
}

/** The NHS number among identifiers, leaving out one that is marked as old. */
export function nhsNumber(identifiers: readonly JsonObject[]): string {
  const found = identifiers.find((each) => text(each.get('system')) === NHS_NUMBER && each.get('use') !== 'old')
  return text(found?.get('value'))
}

/** What a reference, or the full address of a bundle's entry, calls a resource: its id, without type, server and version. */
export function referenceId(reference: string): string {
  return (
    reference
      .replace(/\/_history\/.*$/, '')
      .replace(/^urn:(uuid|oid):/i, '')
      .split('/')
      .at(-1) ?? ''
  )
}

/** The codings of a concept, the national code system's first. */
export function coding(concept: Json | undefined): { code: string; system: string } {
  const all = objects(field(concept, 'coding')).map((each) => ({
    code: text(each.get('code')),
    system: text(each.get('system')),
  }))
  const of = (system: string) => all.find((each) => each.system === system && each.code !== '')
  return of(SNOMED_CT) ?? of(LOINC) ?? all[0] ?? { code: '', system: '' }
}

const ORDINAL = [
  'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  'http://hl7.org/fhir/StructureDefinition/itemWeight',
  'http://hl7.org/fhir/StructureDefinition/iso21090-CO-value',
]

/** The number that an option stands for, where the option says it. */
export function ordinal(value: Json | undefined): string {
  return text(extension(value, ...ORDINAL)?.get('valueDecimal'))
}
