import { isJsonObject, type JsonObject } from '../json-value.ts'
import { field, objects, ordinal, text } from './fields.ts'
import type { FhirSheet, Resource } from './sheet.ts'
import { subjectOf } from './subject.ts'

/** Settings of a profile for this sheet. */
export interface Answers {
  /** Items that have a column even where no form in the file has them. */
  readonly link_ids: readonly string[]
  /** Code of an answer to its number, for an option that does not say it. */
  readonly answer_codes: Readonly<Record<string, string>>
}

/** Filled-in questionnaires: a column for each item, nested ones too, called `item` and its linkId's last part. */
export function questionnaireResponseSheet({ link_ids, answer_codes }: Answers): FhirSheet {
  const codes = new Map(Object.entries(answer_codes))
  const fixed = ['response_id', 'status', 'patient_id', 'nhs_number', 'questionnaire', 'date', 'referral_id']
  return {
    headings: [...fixed, ...link_ids.map((id) => `item ${id}`)],
    moreHeadings: (resource) => itemsOf(resource).keys(),
    rows: (resource) => [
      new Map([
        ['response_id', text(resource.body.get('id'))],
        ['status', text(resource.body.get('status'))],
        ...subjectOf(resource.body),
        ['questionnaire', text(resource.body.get('questionnaire'))],
        ['date', text(resource.body.get('authored'))],
        ...answersOf(resource, codes),
      ]),
    ],
  }
}

/** Several answers to one item are no number together: the row is held back rather than one of them chosen. */
function* answersOf(resource: Resource, codes: ReadonlyMap<string, string>): Generator<[string, string]> {
  for (const [heading, answers] of itemsOf(resource)) {
    const numbers = answers.map((answer) => numberOf(answer, codes)).filter((number) => number !== '')
    yield [heading, numbers.join(' and ')]
  }
}

/** Items by heading, with their answers, from every level of the form. */
function itemsOf({ body }: Resource): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>()
  const walk = (parent: JsonObject) => {
    for (const item of objects(parent.get('item'))) {
      const answers = objects(item.get('answer'))
      const heading = `item ${text(item.get('linkId')).split('/').at(-1)}`
      if (answers.length > 0) found.set(heading, [...(found.get(heading) ?? []), ...answers])
      walk(item)
      answers.forEach(walk)
    }
  }
  walk(body)
  return found
}

/** What is written in words is not taken: it may say anything of anyone. */
function numberOf(answer: JsonObject, codes: ReadonlyMap<string, string>): string {
  const option = answer.get('valueCoding')
  const code = isJsonObject(option) ? text(option.get('code')) : ''
  const typed = text(answer.get('valueString'))
  return (
    ordinal(option) ||
    ordinal(answer) ||
    text(answer.get('valueInteger')) ||
    text(answer.get('valueDecimal')) ||
    text(field(answer.get('valueQuantity'), 'value')) ||
    (codes.get(code) ?? code) ||
    (/^\s*\d{1,3}(\.\d+)?\s*$/.test(typed) ? typed : '')
  )
}
