import { isTestNhsNumber, readNhsNumber } from '../domain/nhs-number.ts'
import { type Columns, codeKey, type Field } from './columns.ts'
import { isScientific } from './identifiers.ts'
import type { Profile } from './profile.ts'
import type { ReadIdentity } from './reading.ts'
import type { RowReader } from './row-reader.ts'

export interface IdentityFields {
  readonly nhs_number: Field | null
  readonly local_id: Field | null
  readonly person_name: Field | null
  /** A number of the national kind that a feed has already put in place of the NHS number. */
  readonly nhs_pseudonym: Field | null
  /** Local ids, as `codeKey` writes them, that stand for nobody in particular. */
  readonly anonymous: ReadonlySet<string>
  /** Who it is where the local id is one of those. */
  readonly instead: Field | null
}

export function anonymousOf({ identity }: Profile, columns: Columns): Pick<IdentityFields, 'anonymous' | 'instead'> {
  return {
    anonymous: new Set(identity?.anonymous?.local_ids.map(codeKey)),
    instead: columns.field(identity?.anonymous?.instead),
  }
}

/** The person's keyed pseudonyms. The identifiers themselves go no further than this function. */
export function readIdentity(row: RowReader, fields: IdentityFields): ReadIdentity {
  const nhs_number = nhsNumber(row, fields.nhs_number) ?? nhsPseudonym(row, fields.nhs_pseudonym)
  const identity = { nhs_number, local_id: localId(row, fields) }
  if (identity.nhs_number !== null || identity.local_id !== null || row.faults.length > 0) return identity
  return { nhs_number: null, local_id: nameId(row, fields.person_name) }
}

function nhsNumber(row: RowReader, field: Field | null): string | null {
  const text = row.text(field).replace(/\.0$/, '')
  if (field === null || text === '') return null
  const number = readNhsNumber(text)
  if (number === null) {
    const code = isScientific(text) ? 'nhs_number_scientific' : 'nhs_number_check_digit'
    row.fault({ code, column: field.column })
    return null
  }
  if (isTestNhsNumber(number)) row.doubt({ code: 'test_nhs_number', column: field.column })
  return row.setup.pseudonymiser.pseudonym('nhs_number', number)
}

/** Kept apart from NHS numbers themselves: the same person under both is two until something ties them. */
function nhsPseudonym(row: RowReader, field: Field | null): string | null {
  const text = row.text(field)
  if (field === null || text === '') return null
  if (isScientific(text)) {
    row.fault({ code: 'local_id_scientific', column: field.column })
    return null
  }
  return row.setup.pseudonymiser.pseudonym('nhs_number', `pseudonym:${text}`)
}

function localId(row: RowReader, { local_id: field, anonymous, instead }: IdentityFields): string | null {
  const text = row.text(field).normalize('NFC')
  if (field === null || text === '') return null
  if (isScientific(text)) {
    row.fault({ code: 'local_id_scientific', column: field.column })
    return null
  }
  if (anonymous.has(codeKey(text))) return row.reference(instead)
  return row.setup.pseudonymiser.pseudonym('local_id', `${row.setup.provider}:${text}`)
}

/** Where the name is all there is. It is spelt one way before it is keyed: case and white space do not part a person in two. */
function nameId(row: RowReader, field: Field | null): string | null {
  const name = codeKey(row.text(field))
  if (field === null || name === '') return null
  row.doubt({ code: 'known_by_name', column: field.column })
  return row.setup.pseudonymiser.pseudonym('local_id', `${row.setup.provider}:name:${name}`)
}
