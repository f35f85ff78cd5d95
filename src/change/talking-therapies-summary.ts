import { type TalkingTherapiesScores, talkingTherapiesOutcome } from '../measures/talking-therapies.ts'

/** A row of the mart `pairs_talking_therapies`. */
export interface TalkingTherapiesRow extends TalkingTherapiesScores {
  readonly not_counted_reason: 'not_ended' | 'under_two_contacts' | 'under_two_scores' | null
}

/**
 * NHS Talking Therapies' counts. Recovery and reliable recovery are of those at caseness at the start; reliable improvement and
 * deterioration of everyone counted. counted = case_recovered_reliably + case_recovered_only + case_not_recovered + not_a_case.
 */
export interface TalkingTherapiesSummary {
  readonly n_episodes: number
  readonly not_ended: number
  readonly under_two_contacts: number
  readonly under_two_scores: number
  readonly n_counted: number
  readonly case_recovered_reliably: number
  readonly case_recovered_only: number
  readonly case_not_recovered: number
  readonly not_a_case: number
  readonly reliably_improved: number
  readonly reliably_deteriorated: number
}

/** Null where nobody has a score of either scale. */
export function talkingTherapiesSummary(rows: readonly TalkingTherapiesRow[]): TalkingTherapiesSummary | null {
  if (rows.length === 0) return null
  const without = (reason: TalkingTherapiesRow['not_counted_reason']) =>
    rows.filter((it) => it.not_counted_reason === reason).length
  const outcomes = rows.flatMap((row) => {
    const outcome = row.not_counted_reason === null ? talkingTherapiesOutcome(row) : null
    return outcome === null ? [] : [outcome]
  })
  const count = (isOf: (it: (typeof outcomes)[number]) => boolean) => outcomes.filter(isOf).length
  return {
    n_episodes: rows.length,
    not_ended: without('not_ended'),
    under_two_contacts: without('under_two_contacts'),
    under_two_scores: without('under_two_scores'),
    n_counted: outcomes.length,
    case_recovered_reliably: count((it) => it.is_reliably_recovered),
    case_recovered_only: count((it) => it.is_recovered && !it.is_reliably_recovered),
    case_not_recovered: count((it) => it.is_case && !it.is_recovered),
    not_a_case: count((it) => !it.is_case),
    reliably_improved: count((it) => it.is_reliably_improved),
    reliably_deteriorated: count((it) => it.is_reliably_deteriorated),
  }
}
