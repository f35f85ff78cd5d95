import type { Database } from 'better-sqlite3'
import { EXIT, OperatorError } from '../domain/operator-error.ts'

/** The id of the key that this store's pseudonyms were made with; null while it holds none. */
export function pseudonymKeyId(db: Database): string | null {
  return (db.prepare('select key_id from pseudonym_key').pluck().get() as string | undefined) ?? null
}

/**
 * Binds a new store to a key, and a bound one to no other.
 * Refuses (exit code 3) a store that was pseudonymised with another key: the same person would count as two.
 */
export function holdToKey(db: Database, keyId: string): void {
  refuseOtherKey(db, keyId)
  db.prepare('insert or ignore into pseudonym_key (pseudonym_key_id, key_id) values (1, ?)').run(keyId)
}

/** The same check, where nothing may be written yet. */
export function refuseOtherKey(db: Database, keyId: string): void {
  const held = pseudonymKeyId(db)
  if (held === null || held === keyId) return
  throw new OperatorError(
    `This store was pseudonymised with another key (key id ${held}; yours is ${keyId}), so the same person would count ` +
      'as two. Use the key file that the store was made with (name it in OUTCOMES_KEY_FILE), or start a new store.',
    EXIT.input_refused,
  )
}
