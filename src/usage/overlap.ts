import type { EventType } from './event-types.ts'

/** Events of the types in `merge` are not counted where one of `keep` begins on their day or at most `days_later` days after. */
export interface OverlapRule {
  readonly keep: readonly EventType[]
  readonly merge: readonly EventType[]
  readonly days_later: number
}
