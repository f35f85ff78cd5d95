import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { scaleName } from './outcome-figures.ts'
import type { ReleasedOutcome, ReleasedShare } from './release-outcome.ts'
import { serviceWords, table } from './text.ts'

/**
 * What the service itself cost for each episode reliably improved, over both denominators. Null where the service's cost or the share is
 * not known: who improves in any case is among them, so it is no price of an effect.
 */
export function costPerImprovement(
  gate: Gate,
  { service, cost }: UsageAnalysis,
  outcome: ReleasedOutcome | undefined,
): ReleasedTable | null {
  const pence = cost.programme.cost_per_person_pence
  if (pence === null || outcome === undefined || !outcome.improved.percent.is_shown) return null
  const programme = gate.fact(pence / 100, { unit: 'gbp' })
  const row = (label: ReleasedTable['rows'][number][string], share: ReleasedShare) => ({
    label,
    share: share.percent,
    cost: perImproved(gate, programme, share.percent),
    best: perImproved(gate, programme, share.high),
    worst: perImproved(gate, programme, share.low),
  })
  return table(
    gate,
    `cost-per-improvement-${service.code}`,
    `What the service itself cost for each reliable improvement: ${serviceWords(service)}`,
    [
      ['label', 'Of whom', 'text'],
      ['share', 'Reliably improved', 'percent'],
      ['cost', 'Cost for each', 'money'],
      ['best', 'At the high end of the share', 'money'],
      ['worst', 'At the low end', 'money'],
    ],
    [
      row(say`Episodes with two scores`, outcome.improved),
      row(say`Episodes with a first score, the missing taken as not improved`, outcome.improved_if_missing_did_not),
    ],
    [
      say`${scaleName(gate, outcome)}. The service costs ${programme} a person, divided by the share who improved reliably; the ends are those of the share’s 95% interval.`,
      say`Some of these people would have improved in any case, so it is not what an improvement brought about by the service costs; and other measures, and small improvements, count for nothing here.`,
    ],
  )
}

function perImproved(gate: Gate, programme: Released, percent: Released): Released {
  return gate.derive(
    [programme, percent],
    (cost, share) => (share === 0 ? null : Math.round((100 * cost) / share / 10) * 10),
    {
      unit: 'gbp',
      reason: say`nobody improved`,
    },
  )
}
