import type { MissingDifference } from '../../src/change/course-result.ts'
import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { standardisedProportionDifference } from '../../src/stats/standardised-difference.ts'
import type { CourseAnalysis } from '../analysis-course.ts'
import { table } from './text.ts'

/** None where nothing but the score is known, or nobody is missing. */
export function differencesTable(gate: Gate, { differences, measure_name }: CourseAnalysis): ReleasedTable[] {
  const [first] = differences
  if (first === undefined || first.without_score.n === 0 || first.with_score.n === 0) return []
  return [
    table(
      gate,
      'missing-differences',
      `People with and without a second ${measure_name} score, at the start`,
      [
        ['label', 'At the start', 'text'],
        ['with_score', 'With', 'number'],
        ['without_score', 'Without', 'number'],
        ['difference', 'Difference, SD', 'number'],
      ],
      differences.map((it) => (it.kind === 'mean' ? meanRow(gate, it) : shareRow(gate, it))),
      [
        say`Difference: with less without, in standard deviations. Beyond 0.25 either way the two differ enough for the missing to matter.`,
      ],
    ),
  ]
}

function meanRow(gate: Gate, it: MissingDifference): ReleasedTable['rows'][number] {
  const mean = (side: MissingDifference['with_score']) => gate.statistic(side.value, { n: side.n, decimals: 1 })
  return {
    label: say`${gate.label(it.characteristic)} (mean)`,
    with_score: mean(it.with_score),
    without_score: mean(it.without_score),
    difference: gate.statistic(it.difference, {
      n: Math.min(it.with_score.n, it.without_score.n),
      decimals: 2,
      reason: say`no spread`,
    }),
  }
}

/** The difference is worked out from the released counts: from the exact ones it would give them away. */
function shareRow(gate: Gate, it: MissingDifference): ReleasedTable['rows'][number] {
  const [first, second] = [it.with_score, it.without_score].map(({ n, x }) =>
    gate.partition({ so: x ?? 0, not_so: n - (x ?? 0) }),
  ) as [Parted, Parted]
  return {
    label: gate.label(it.characteristic),
    with_score: gate.percentage(first.cells.so, first.total),
    without_score: gate.percentage(second.cells.so, second.total),
    difference: gate.derive(
      [first.cells.so, first.total, second.cells.so, second.total],
      (x1, n1, x2, n2) => standardisedProportionDifference(Math.min(x1, n1), n1, Math.min(x2, n2), n2),
      { decimals: 2, reason: say`no spread` },
    ),
  }
}

type Parted = ReturnType<Gate['partition']> & { readonly cells: Readonly<Record<'so' | 'not_so', Released>> }
