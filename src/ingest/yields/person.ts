import { monthOf } from '../../domain/iso-date.ts'
import type { Columns, Field } from '../columns.ts'
import { isEthnicWord, isGenderWord } from '../person-words.ts'
import type { Yield } from '../profile.ts'
import type { RowReader } from '../row-reader.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

const NEURODIVERSITY = ['yes', 'queried', 'no', 'unknown'] as const
const PERSON_TYPES = ['patient', 'carer'] as const

/** Only the month of birth is kept, and no gender or ethnicity that is not one: a name may stand in any column. */
export function compilePerson(parts: Extract<Yield, { kind: 'person' }>, columns: Columns): CompiledYield {
  const birth = columns.field(parts.birth_date)
  const gender = columns.field(parts.gender)
  const ethnic = columns.field(parts.ethnic_category)
  const neurodiversity = columns.field(parts.neurodiversity)
  const personType = columns.field(parts.person_type)
  const death = columns.field(parts.death_date)
  const moved = columns.field(parts.moved_date)
  const deprivation = columns.field(parts.deprivation_decile)
  return (row) => {
    if (row.isBlank(birth, gender, ethnic, neurodiversity, personType, death, moved, deprivation)) return null
    const birthDate = row.date(birth)
    return {
      table: 'person_record',
      values: {
        person_type: row.oneOf(personType, PERSON_TYPES, 'patient'),
        birth_month: birthDate === null ? null : monthOf(birthDate),
        gender: fact(row, gender, isGenderWord),
        ethnic_category: fact(row, ethnic, isEthnicWord),
        neurodiversity: row.oneOf(neurodiversity, NEURODIVERSITY, 'unknown'),
        ...dated('death', row.date(death)),
        ...dated('moved', row.date(moved)),
        deprivation_decile: row.integer(deprivation, 1, 10),
      },
    }
  }
}

/** What the profile says a code means is taken; any other text only if it is of the vocabulary. What is not is flagged, never kept. */
function fact(row: RowReader, field: Field | null, isFact: (text: string) => boolean): string | null {
  const word = row.word(field)
  if (word === null || field === null || field.constant !== null || word === field.blank) return word
  if ([...(field.codes?.values() ?? [])].includes(word) || isFact(word)) return word
  row.doubt({ code: 'unknown_code', column: field.column, known: [] })
  return null
}
