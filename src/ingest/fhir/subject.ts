import type { JsonObject } from '../json-value.ts'
import { isJsonObject } from '../json-value.ts'
import { field, nhsNumber, objects, referenceId, text } from './fields.ts'

/** Who a resource is about, and the referral it belongs to, as columns. */
export function subjectOf(body: JsonObject): [string, string][] {
  const identifier = field(body.get('subject'), 'identifier')
  return [
    ['patient_id', referenceId(text(field(body.get('subject'), 'reference')))],
    ['nhs_number', isJsonObject(identifier) ? nhsNumber([identifier]) : ''],
    ['referral_id', referralOf(body)],
  ]
}

function referralOf(body: JsonObject): string {
  const references = objects(body.get('basedOn')).map((each) => text(each.get('reference')))
  return referenceId(references.find((each) => /(^|\/)ServiceRequest\//.test(each)) ?? '')
}
