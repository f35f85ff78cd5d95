import { monthOf } from '../../domain/iso-date.ts'
import type { Columns } from '../columns.ts'
import type { Yield } from '../profile.ts'
import type { CompiledYield } from './compiled-yield.ts'
import { dated } from './dated.ts'

const NEURODIVERSITY = ['yes', 'queried', 'no', 'unknown'] as const
const PERSON_TYPES = ['patient', 'carer'] as const

/** Only the month of birth is kept. */
export function compilePerson(parts: Extract<Yield, { kind: 'person' }>, columns: Columns): CompiledYield {
  const birth = columns.field(parts.birth_date)
  const gender = columns.field(parts.gender)
  const ethnic = columns.field(parts.ethnic_category)
  const neurodiversity = columns.field(parts.neurodiversity)
  const personType = columns.field(parts.person_type)
  const death = columns.field(parts.death_date)
  const moved = columns.field(parts.moved_date)
  return (row) => {
    if (row.isBlank(birth, gender, ethnic, neurodiversity, personType, death, moved)) return null
    const birthDate = row.date(birth)
    return {
      table: 'person_record',
      values: {
        person_type: row.oneOf(personType, PERSON_TYPES, 'patient'),
        birth_month: birthDate === null ? null : monthOf(birthDate),
        gender: row.word(gender),
        ethnic_category: row.word(ethnic),
        neurodiversity: row.oneOf(neurodiversity, NEURODIVERSITY, 'unknown'),
        ...dated('death', row.date(death)),
        ...dated('moved', row.date(moved)),
      },
    }
  }
}
