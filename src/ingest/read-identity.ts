import { isTestNhsNumber, readNhsNumber } from '../domain/nhs-number.ts'
import { codeKey, type Field } from './columns.ts'
import { isScientific } from './identifiers.ts'
import type { ReadIdentity } from './reading.ts'
import type { RowReader } from './row-reader.ts'

export interface IdentityFields {
  readonly nhs_number: Field | null
  readonly local_id: Field | null
  readonly person_name: Field | null
}

/** The person's keyed pseudonyms. The identifiers themselves go no further than this function. */
export function readIdentity(row: RowReader, fields: IdentityFields): ReadIdentity {
  const identity = { nhs_number: nhsNumber(row, fields.nhs_number), local_id: localId(row, fields.local_id) }
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

function localId(row: RowReader, field: Field | null): string | null {
  const text = row.text(field).normalize('NFC')
  if (field === null || text === '') return null
  if (isScientific(text)) {
    row.fault({ code: 'local_id_scientific', column: field.column })
    return null
  }
  return row.setup.pseudonymiser.pseudonym('local_id', `${row.setup.provider}:${text}`)
}

/** Where the name is all there is. It is spelt one way before it is keyed: case and white space do not part a person in two. */
function nameId(row: RowReader, field: Field | null): string | null {
  const name = codeKey(row.text(field))
  if (field === null || name === '') return null
  row.doubt({ code: 'known_by_name', column: field.column })
  return row.setup.pseudonymiser.pseudonym('local_id', `${row.setup.provider}:name:${name}`)
}
