import { isTestNhsNumber, readNhsNumber } from '../domain/nhs-number.ts'
import { type Columns, codeKey, type Field } from './columns.ts'
import { isScientific } from './identifiers.ts'
import type { Profile } from './profile.ts'
import type { KnownIdentity, ReadIdentity } from './reading.ts'
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
  const local_id = localId(row, fields)
  if (nhs_number !== null || local_id !== null || row.faults.length > 0) return { nhs_number, local_id }
  return { nhs_number: null, local_id: nameId(row, fields.person_name) }
}

function nhsNumber(row: RowReader, field: Field | null): KnownIdentity | null {
  return known(row, field, (asked, written) => {
    const text = written.replace(/\.0$/, '')
    const number = readNhsNumber(text)
    if (number === null) {
      const code = isScientific(text) ? 'nhs_number_scientific' : 'nhs_number_check_digit'
      row.fault({ code, column: asked.column })
      return null
    }
    if (isTestNhsNumber(number)) row.doubt({ code: 'test_nhs_number', column: asked.column })
    return keyed(row, 'nhs_number', number)
  })
}

/** Kept apart from NHS numbers themselves: the same person under both is two until something ties them. */
function nhsPseudonym(row: RowReader, field: Field | null): KnownIdentity | null {
  return known(row, field, (asked, text) =>
    isWhole(row, asked, text) ? keyed(row, 'nhs_number', `pseudonym:${text}`) : null,
  )
}

function localId(row: RowReader, { local_id, anonymous, instead }: IdentityFields): KnownIdentity | null {
  if (anonymous.size > 0 && anonymous.has(codeKey(row.text(local_id)))) {
    if (row.isBlank(instead)) return null
    return { kind: 'local_id', pseudonym: row.referenceTo(`anonymous:${row.text(instead)}`), number: 0 }
  }
  return known(row, local_id, (field, written) => {
    const text = written.normalize('NFC')
    return isWhole(row, field, text) ? keyed(row, 'local_id', `${row.setup.provider}:${text}`) : null
  })
}

/** Where the name is all there is. It is spelt one way before it is keyed: case and white space do not part a person in two. */
function nameId(row: RowReader, field: Field | null): KnownIdentity | null {
  const name = codeKey(row.text(field))
  if (field === null || name === '') return null
  row.doubt({ code: 'known_by_name', column: field.column })
  return keyed(row, 'local_id', `${row.setup.provider}:name:${name}`)
}

/** What the text came to before, else what `work` makes of it; null where the cell is blank. */
function known(
  row: RowReader,
  field: Field | null,
  work: (field: Field, text: string) => KnownIdentity | null,
): KnownIdentity | null {
  if (field === null) return null
  const { identities } = field.known
  const before = row.recall(field, identities)
  if (before !== undefined) return before
  const text = row.text(field)
  return text === '' ? null : row.noted(identities, text, work(field, text))
}

function isWhole(row: RowReader, { column }: Field, text: string): boolean {
  if (!isScientific(text)) return true
  row.fault({ code: 'local_id_scientific', column })
  return false
}

function keyed(row: RowReader, kind: KnownIdentity['kind'], canonical: string): KnownIdentity {
  return { kind, pseudonym: row.setup.pseudonymiser.pseudonym(kind, canonical), number: 0 }
}
