import type { Database } from 'better-sqlite3'
import type { SlottedIdentity } from '../ingest/record-batch.ts'

export interface IdentityKeys {
  /** Finds or makes the keys of identities, and files them by slot. */
  announce(identities: readonly SlottedIdentity[]): void
  /** The key that a slot stands for now; null for slot 0, which is nobody. */
  keyOf(slot: number): number | null
}

/** Keys count up in the order of first meeting. */
export function identityKeys(db: Database): IdentityKeys {
  const find = db.prepare<[string], number>('select identity_key from identity where pseudonym = ?').pluck()
  const insert = db.prepare<[number, string, string]>(
    'insert into identity (identity_key, kind, pseudonym) values (?, ?, ?) on conflict (pseudonym) do nothing',
  )
  const last = db.prepare<[], number | null>('select max(identity_key) from identity').pluck().get() ?? 0
  const keys: number[] = [0]
  let next = last + 1
  const keyFor = ({ kind, pseudonym }: SlottedIdentity): number => {
    const isNew = insert.run(next, kind, pseudonym).changes === 1
    return isNew ? next++ : (find.get(pseudonym) as number)
  }
  return {
    announce: (identities) => {
      for (const identity of identities) keys[identity.slot] = keyFor(identity)
    },
    keyOf: (slot) => (slot === 0 ? null : (keys[slot] as number)),
  }
}
