import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { JoinedAnalysis, ServiceName, UsageAnalysis } from '../analysis.ts'
import { scaleWords } from './measure-words.ts'
import { tooFew } from './release-usage.ts'
import { intervalCell, join, serviceWords, table } from './text.ts'

/** Both denominators after the gate: people whose cost is counted, people with two scores, and those who are both. */
interface ReleasedJoin {
  readonly both: Released
  readonly cost_only: Released
  readonly outcome_only: Released
  readonly costed: Released
  readonly paired: Released
  readonly improvement: Released
  readonly change: Released
  readonly low: Released
  readonly high: Released
}

interface JoinedService {
  readonly service: ServiceName
  readonly joined: JoinedAnalysis
}

export function joinedServices(usages: readonly UsageAnalysis[]): readonly JoinedService[] {
  return usages.flatMap(({ service, joined }) => (joined === null ? [] : [{ service, joined }]))
}

/** Outcome and cost of the same people, one row a service. */
export function joinedTable(gate: Gate, services: readonly JoinedService[]): ReleasedTable {
  return table(
    gate,
    'joined',
    'Outcome and cost of the same people',
    [
      ['service', 'Service', 'text'],
      ['measure', 'Measure', 'text'],
      ['costed', 'People with cost', 'count'],
      ['paired', 'People with two scores', 'count'],
      ['both', 'People with both', 'count'],
      ['improvement', 'Mean improvement of these, points', 'number'],
      ['change', 'Change in their cost a person-year', 'money'],
      ['range', '95% interval', 'text'],
    ],
    services.map(({ service, joined }) => {
      const it = releaseJoin(gate, joined)
      return {
        service: gate.label(serviceWords(service)),
        measure: gate.label(scaleWords(joined.measure_name, joined.scale_id, joined.scale_label)),
        costed: it.costed,
        paired: it.paired,
        both: it.both,
        improvement: it.improvement,
        change: it.change,
        range: intervalCell(it.low, it.high),
      }
    }),
    [
      say`Cost is after less before, NHS and personal social services, the service’s own cost not in it: below zero is less. Who has two scores is not chosen by chance, so the people with both need not be like the rest.`,
    ],
  )
}

/** The two denominators reconciled in words, a sentence or two a service. */
export function joinedWords(gate: Gate, services: readonly JoinedService[]): ReleasedText {
  return join(
    services.map(({ service, joined }) => {
      const it = releaseJoin(gate, joined)
      const scale = gate.label(scaleWords(joined.measure_name, joined.scale_id, joined.scale_label))
      const name = gate.label(service.name)
      return say`${name}: cost is counted for ${it.both} people who also have two scores of ${scale}, and for ${it.cost_only} who have not; ${it.outcome_only} have two scores, but no time on both sides in which cost could be seen.`
    }),
    ' ',
  )
}

function releaseJoin(gate: Gate, joined: JoinedAnalysis): ReleasedJoin {
  const { n_both: n, cost } = joined
  const { cells } = gate.partition({ both: n, cost_only: joined.n_cost_only, outcome_only: joined.n_outcome_only })
  const { both, cost_only, outcome_only } = cells
  const sum = (a: Released, b: Released) => gate.derive([a, b], (x, y) => x + y)
  // All less those with both would be a figure about the few who are left.
  const money = (pence: number | null) =>
    cost_only.is_suppressed
      ? tooFew(gate)
      : gate.statistic(pence === null ? null : pence / 100, { n, unit: 'gbp', reason: say`no interval` })
  return {
    ...cells,
    costed: sum(both, cost_only),
    paired: sum(both, outcome_only),
    improvement: outcome_only.is_suppressed
      ? tooFew(gate)
      : gate.statistic(joined.mean_improvement, { n, decimals: 1, reason: say`nobody has both` }),
    change: money(cost.difference_per_person_year_pence),
    low: money(cost.ci95_low_pence),
    high: money(cost.ci95_high_pence),
  }
}
