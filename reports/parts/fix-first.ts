import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { FaultCount, ServiceAnalysis } from '../analysis.ts'
import { scaleName } from './outcome-figures.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { table } from './text.ts'

const MOST = 5
/** Below this share of second scores, collecting them comes before any fault in the rows. */
const FEW_SECOND_SCORES = 70

export interface CountedFault {
  readonly fault: FaultCount
  readonly rows: Released
}

/** Faults by released count, most first, then by name: the order of withheld ones says nothing of their number. */
export function countedFaults(gate: Gate, faults: readonly FaultCount[]): readonly CountedFault[] {
  return faults
    .map((fault) => ({ fault, rows: gate.count(fault.n_rows) }))
    .toSorted((a, b) => (b.rows.value ?? 0) - (a.rows.value ?? 0) || (a.fault.words < b.fault.words ? -1 : 1))
}

/** The commonest faults with what to do about each, after the measure whose second scores are missing most. Null: nothing to fix. */
export function fixFirstTable(
  gate: Gate,
  service: ServiceAnalysis,
  outcomes: readonly ReleasedOutcome[],
): ReleasedTable | null {
  const rows = [...missingScores(gate, outcomes), ...faultRows(gate, service)].slice(0, MOST)
  if (rows.length === 0) return null
  return table(
    gate,
    'fix-first',
    'The commonest gaps and faults, and what to do about each',
    [
      ['what', 'What was found', 'text'],
      ['n', 'How many', 'count'],
      ['remedy', 'What to do', 'text'],
    ],
    rows,
  )
}

function missingScores(gate: Gate, outcomes: readonly ReleasedOutcome[]): ReleasedTable['rows'] {
  const [worst] = outcomes
    .map((it) => ({ it, percent: gate.percentage(it.paired, it.eligible) }))
    .filter(({ percent }) => percent.value !== null && percent.value < FEW_SECOND_SCORES)
    .toSorted((a, b) => (a.percent.value ?? 0) - (b.percent.value ?? 0))
  if (worst === undefined) return []
  return [
    {
      what: say`Episodes without two ${scaleName(gate, worst.it)} scores`,
      n: gate.derive([worst.it.eligible, worst.it.paired], (eligible, paired) => eligible - paired),
      remedy: say`Ask for it at the start, and again at review and at discharge: only ${worst.percent} have both.`,
    },
  ]
}

function faultRows(gate: Gate, service: ServiceAnalysis): ReleasedTable['rows'] {
  return countedFaults(gate, [...service.faults, ...service.flags.filter((it) => !isAmong(service.faults, it))])
    .filter(({ rows }) => rows.value !== 0)
    .map(({ fault, rows }) => ({ what: gate.label(fault.words), n: rows, remedy: gate.label(fault.remedy) }))
}

function isAmong(faults: readonly FaultCount[], { code }: FaultCount): boolean {
  return faults.some((it) => it.code === code)
}
