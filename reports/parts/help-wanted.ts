import type { HelpWanted } from '../../src/change/help-wanted.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ColumnKind } from '../../src/disclosure/released-table.ts'
import type { ReleasedOutcome } from './release-outcome.ts'

/** Two columns more for the table of DIALOG domains, where an export says whether more help was wanted. */
export function helpColumns(help: readonly HelpWanted[]): readonly (readonly [string, string, ColumnKind])[] {
  if (help.length === 0) return []
  return [
    ['help_first', 'Want more help, first', 'percent'],
    ['help_last', 'Want more help, last', 'percent'],
  ]
}

export function helpCells(
  gate: Gate,
  { outcome }: ReleasedOutcome,
  help: readonly HelpWanted[],
): Readonly<Record<string, Released>> {
  if (help.length === 0) return {}
  const own = help.find((it) => it.scale_id === outcome.scale_id)
  const none = gate.absent(say`not asked`)
  return {
    help_first: own === undefined ? none : shareWanting(gate, own.first),
    help_last: own === undefined ? none : shareWanting(gate, own.last),
  }
}

export function helpNotes(help: readonly HelpWanted[]): readonly ReleasedText[] {
  if (help.length === 0) return []
  return [
    say`Want more help: of people with two ratings of the domain who answered on that form. A request is not a measure of satisfaction: people may be better and want more, or have given up asking.`,
  ]
}

/** Of those who answered; who did not is no one’s no. */
function shareWanting(gate: Gate, { yes, no }: HelpWanted['first']): Released {
  const { cells, total } = gate.partition({ yes, no })
  return gate.percentage(cells.yes, total)
}
