import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { WithheldReason } from '../domain/withheld.ts'

/** `nhs_number`, `local_id`, or the column of a reference: a referral and a contact may have numbers that look alike. */
export type IdentifierKind = string

/** Which pseudonyms belong to people whose records may not be loaded, and how to remember one more. */
export interface WithheldPeople {
  readonly is_empty: boolean
  reasonOf(pseudonym: string, kind: IdentifierKind): WithheldReason | null
  /** Another identifier of such a person. */
  note(pseudonym: string, kind: IdentifierKind, reason: WithheldReason): void
}

export function withheldPeople(db: Database): WithheldPeople {
  const hasOptOuts = db.prepare('select 1 from opt_out limit 1').get() !== undefined
  const purgedDate = db.prepare('select max(purged_date) from purged_identity').pluck().get() as string | null
  const isOptedOut = db.prepare('select 1 from opt_out where pseudonym = ? and kind = ?')
  const isPurged = db.prepare('select 1 from purged_identity where mark = ? and kind = ?')
  const addOptOut = db.prepare(`insert or ignore into opt_out (pseudonym, kind, met) values (?, ?, 'record')`)
  const addPurged = db.prepare('insert or ignore into purged_identity (mark, kind, purged_date) values (?, ?, ?)')
  const known = new Map<IdentifierKind, Map<string, WithheldReason | null>>()
  const knownOf = (kind: IdentifierKind) => {
    const ofKind = known.get(kind) ?? new Map<string, WithheldReason | null>()
    known.set(kind, ofKind)
    return ofKind
  }
  const look = (pseudonym: string, kind: IdentifierKind): WithheldReason | null => {
    if (hasOptOuts && isOptedOut.get(pseudonym, kind) !== undefined) return 'opted_out'
    return purgedDate !== null && isPurged.get(purgeMark(pseudonym), kind) !== undefined ? 'purged' : null
  }
  return {
    is_empty: !hasOptOuts && purgedDate === null,
    reasonOf: (pseudonym, kind) => {
      const ofKind = knownOf(kind)
      const found = ofKind.get(pseudonym)
      if (found !== undefined) return found
      const reason = look(pseudonym, kind)
      ofKind.set(pseudonym, reason)
      return reason
    },
    note: (pseudonym, kind, reason) => {
      if (knownOf(kind).get(pseudonym) === reason) return
      if (reason === 'purged') addPurged.run(purgeMark(pseudonym), kind, purgedDate)
      else addOptOut.run(pseudonym, kind)
      knownOf(kind).set(pseudonym, reason)
    },
  }
}

/** Recognises a purged pseudonym when it is met again; the pseudonym cannot be had back from it. */
export function purgeMark(pseudonym: string): string {
  return createHash('sha256').update(`purged:${pseudonym}`).digest('hex').slice(0, 32)
}
