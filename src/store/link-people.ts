import type { Database } from 'better-sqlite3'
import { type Model, readModels } from './models.ts'

const LINKS = 'int_identities_linked'

/**
 * Everyone's identities as they are linked now, as temporary tables of the models' names, so that a store whose models are
 * old or were dropped can be asked who is who.
 */
export function linkPeople(db: Database): void {
  for (const { name, select } of modelsBehind(LINKS)) {
    db.exec(`drop table if exists temp.${name}; create temp table ${name} as\n${select}`)
  }
}

/** Every identity of the people that some of these pseudonyms belong to. Needs `linkPeople`. */
export function identitiesOfPeople(db: Database, pseudonyms: readonly string[]): number[] {
  const ask = db
    .prepare<[string], number>(`
      select other.identity_key from identity
      join temp.${LINKS} as own on own.identity_key = identity.identity_key
      join temp.${LINKS} as other on other.person_key = own.person_key
      where identity.pseudonym = ?`)
    .pluck()
  return [...new Set(pseudonyms.flatMap((pseudonym) => ask.all(pseudonym)))]
}

/** A model and all that it needs, each after what it needs itself. */
function modelsBehind(name: string): Model[] {
  const models = readModels()
  const wanted = new Set([name])
  for (const model of models.toReversed()) {
    if (wanted.has(model.name)) for (const need of model.needs) wanted.add(need)
  }
  return models.filter((model) => wanted.has(model.name))
}
