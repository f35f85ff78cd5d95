import { type AlikeSet, countBySize, type SetSize, smallSets } from '../src/domain/k-anonymity.ts'
import type { PersonRow } from '../src/store/mart-types.ts'
import type { PersonInSource } from '../src/store/queries/linkage.ts'

type Facts = Readonly<Record<string, string | null>>

/** People of the store who could be told apart by what somebody may know of them. For the owner of the store alone. */
export interface Anonymity {
  readonly k: number
  readonly by: readonly {
    readonly quasi_identifiers: readonly string[]
    readonly sizes: readonly SetSize[]
    readonly sets: readonly AlikeSet<Facts>[]
  }[]
}

const LARGEST_SET_LISTED = 5

/** The stored facts as they are, and with the month of birth widened to ten years. One row per person and service. */
export function anonymityOf(persons: readonly PersonRow[], sources: readonly PersonInSource[]): Anonymity {
  const known = new Map(persons.map((person) => [person.person_key, person]))
  const rows = sources
    .filter(({ is_service }) => is_service === 1)
    .flatMap(({ person_key, source }) => {
      const person = known.get(person_key)
      return person === undefined ? [] : [{ person, service: source }]
    })
  const exact = rows.map(({ person: { birth_month, gender, ethnic_category }, service }) => ({
    service,
    birth_month,
    gender,
    ethnic_category,
  }))
  const wide = exact.map(({ birth_month, ...rest }) => ({ ...rest, birth_decade: decadeOf(birth_month) }))
  return { k: LARGEST_SET_LISTED, by: [tableOf(exact), tableOf(wide)] }
}

function tableOf(people: readonly Facts[]): Anonymity['by'][number] {
  const sets = smallSets(people, LARGEST_SET_LISTED)
  return {
    quasi_identifiers: Object.keys(people[0] ?? {}),
    sizes: countBySize(sets, LARGEST_SET_LISTED),
    sets,
  }
}

function decadeOf(month: string | null): string | null {
  return month === null ? null : `${month.slice(0, 3)}0s`
}
