import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReachAnalysis } from '../analysis-flows.ts'
import { table } from './text.ts'

/** How many of those there are were seen in the last year, with the source of the number. None where the project gives none. */
export function reachTable(gate: Gate, reach: readonly ReachAnalysis[], id: string): ReleasedTable[] {
  if (reach.length === 0) return []
  return [
    table(
      gate,
      id,
      'Reach: people seen in the last year of the data, of those there are',
      [
        ['who', 'Who', 'text'],
        ['people', 'There are', 'number'],
        ['seen', 'Seen', 'count'],
        ['percent', 'Reach', 'percent'],
        ['source', 'Where the number comes from', 'text'],
      ],
      reach.map((it) => {
        const { cells } = gate.partition({ recent: it.n_recent, not_recent: it.n_not_recent })
        const percent = gate.derive([cells.recent], (n) => (100 * n) / it.people, { decimals: 1, unit: 'percent' })
        return {
          who: gate.label(it.who),
          people: gate.fact(it.people),
          seen: cells.recent,
          percent,
          source: gate.label(it.source),
        }
      }),
      [
        say`Seen: with an episode open on any of the last 365 days. Whether they are all of those people is not known; the number of people there are is the project’s.`,
      ],
    ),
  ]
}
