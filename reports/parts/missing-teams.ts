import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { table } from './text.ts'

/** The flow of each team, in the order of the alphabet. */
export function teamTable(gate: Gate, course: CourseAnalysis): ReleasedTable {
  return table(
    gate,
    'missing-teams',
    `The same by team, ${course.measure_name}`,
    [
      ['label', 'Team', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['entry', 'First score', 'count'],
      ['later', 'Any later score', 'count'],
      ['ended', 'Ended, with a first score', 'count'],
      ['end', 'Score at the end', 'count'],
      ['percent', 'At the end, of ended', 'percent'],
    ],
    course.flow.map((it) => {
      const { eligible, entry, later } = gate.stages({ eligible: it.n_eligible, entry: it.n_entry, later: it.n_later })
      const { ended, end } = gate.stages({ ended: it.n_ended, end: it.n_end })
      const label = it.team === null ? say`Not recorded` : gate.label(it.team)
      return { label, eligible, entry, later, ended, end, percent: gate.percentage(end, ended) }
    }),
    [say`Teams stand in the order of the alphabet: who sees whom decides much of this.`],
  )
}
