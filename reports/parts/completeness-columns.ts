import type { Gate } from '../../src/disclosure/gate.ts'
import type { ReleasedOutcome } from './release-outcome.ts'

/** How many could have two scores, how many have, and the share, wherever services or measures stand in rows. */
export const COMPLETENESS_COLUMNS = [
  ['eligible', 'Eligible', 'count'],
  ['paired', 'Two scores', 'count'],
  ['complete', 'Two scores, of eligible', 'percent'],
] as const

export function completenessCells(gate: Gate, { eligible, paired }: Pick<ReleasedOutcome, 'eligible' | 'paired'>) {
  return { eligible, paired, complete: gate.percentage(paired, eligible) }
}
