import type { Gate } from '../src/disclosure/gate.ts'
import type { Released } from '../src/disclosure/released.ts'
import type { PersonInSource } from '../src/store/queries/linkage.ts'

/** How many people of a service have a record in another source as well. */
export interface SharedPeople {
  readonly of: string
  readonly found_in: string
  readonly linked: Released
  readonly not_linked: Released
  readonly percent: Released
}

/** Every service against every other service, and against every kind of service use that came. */
export function sharedPeople(rows: readonly PersonInSource[], gate: Gate): SharedPeople[] {
  const sources = new Map<string, { is_service: boolean; people: Set<number> }>()
  for (const { source, is_service, person_key } of rows) {
    const known = sources.get(source) ?? { is_service: is_service === 1, people: new Set<number>() }
    known.people.add(person_key)
    sources.set(source, known)
  }
  return [...sources]
    .filter(([, { is_service }]) => is_service)
    .flatMap(([of, { people }]) =>
      [...sources]
        .filter(([other]) => other !== of)
        .map(([found_in, { people: others }]) => shared(of, found_in, people, others, gate)),
    )
}

function shared(of: string, found_in: string, people: ReadonlySet<number>, others: ReadonlySet<number>, gate: Gate) {
  const n = [...people].filter((person) => others.has(person)).length
  const { cells, total } = gate.partition({ linked: n, not_linked: people.size - n })
  return { of, found_in, ...cells, percent: gate.percentage(cells.linked, total) }
}
