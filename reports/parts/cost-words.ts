import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CostResult } from '../../src/economics/cost-result.ts'
import type { ServiceName } from '../analysis.ts'
import type { ReleasedCost } from './cost-figures.ts'
import { interval, intervalCell, serviceWords, table } from './text.ts'

/** The net figure leads; without the service's own cost the sentence says so. */
export function costLead(cost: ReleasedCost): ReleasedText {
  const gross = grossWords(cost)
  if (!cost.difference.is_shown) return gross
  if (!cost.programme.is_shown) {
    return say`${gross} This is gross: the service’s own cost was not supplied.`
  }
  if (!cost.net.is_shown) return say`${gross} The service itself costs ${cost.programme} a person.`
  return say`${gross} The service itself costs ${cost.programme} a person, so the net change is ${cost.net} a person in the first year${rangeOf(cost)}. ${breakEvenWords(cost)}`
}

/** What the net figure and its interval allow to be said, in a clause. */
export function netWords(cost: ReleasedCost): ReleasedText {
  const low = cost.net_low.value
  const high = cost.net_high.value
  if (!cost.net.is_shown || low === null || high === null) return say`the net cost cannot be given`
  if (high < 0) return say`cost fell by more than the service costs`
  if (low > 0) return say`cost did not fall by as much as the service costs`
  return say`it is not clear whether cost fell by as much as the service costs`
}

function rangeOf({ net_low, net_high }: ReleasedCost): ReleasedText {
  return net_low.is_shown ? say` (95% interval ${interval(net_low, net_high)}; below zero is less cost)` : say``
}

function breakEvenWords({ break_even_percent, difference }: ReleasedCost): ReleasedText {
  if (break_even_percent.is_shown)
    return say`To cover its own cost, ${break_even_percent} of the fall would have to be the service’s doing.`
  return (difference.value ?? 0) < 0
    ? say`The service costs more than the whole of the fall.`
    : say`There was no fall for the service’s own cost to be set against.`
}

function grossWords(cost: ReleasedCost): ReleasedText {
  if (!cost.difference.is_shown) return say`Too few people for a cost comparison.`
  const range = cost.low.is_shown ? say` (95% interval ${interval(cost.low, cost.high)})` : say``
  return say`The care that could be costed came to ${cost.before} per person-year before joining and ${cost.after} after: a change of ${cost.difference}${range}.`
}

/** Gross, programme, net, and what would change them. */
export function costTable(gate: Gate, service: ServiceName, cost: ReleasedCost, result: CostResult): ReleasedTable {
  const row = (
    label: string,
    value: ReleasedTable['rows'][number][string],
    range: ReleasedTable['rows'][number][string],
  ) => ({
    label: gate.label(label),
    value,
    range,
  })
  return table(
    gate,
    `cost-summary-${service.code}`,
    `Gross, the service itself, and net: ${serviceWords(service)}`,
    [
      ['label', 'NHS and personal social services', 'text'],
      ['value', 'Pounds', 'money'],
      ['range', '95% interval', 'text'],
    ],
    [
      row('Before joining, per person-year', cost.before, say`–`),
      row('After joining, per person-year', cost.after, say`–`),
      row('Difference, after less before', cost.difference, intervalCell(cost.low, cost.high)),
      ...(gate.policy.is_internal
        ? [row('Difference without the one person with the largest costs', cost.without_largest, say`–`)]
        : []),
      row('The service itself, per person', cost.programme, say`–`),
      row('Net, per person in the first year', cost.net, intervalCell(cost.net_low, cost.net_high)),
      row('Share of the fall needed to break even', cost.break_even_percent, say`–`),
      row('Years for the fall, if it went on, to pay the service back', cost.payback_years, say`–`),
    ],
    [
      ...concentrationNote(gate, result),
      say`Below zero is less cost. Amounts about people are rounded to the nearest ${gate.fact(gate.policy.money_base_pounds, { unit: 'gbp' })}.`,
      ...(gate.policy.is_internal
        ? []
        : [say`What one person alone accounts for is in the internal report only: it would be that person’s cost.`]),
    ],
  )
}

/** Nothing where the dearest twentieth are too few to be spoken of. */
function concentrationNote(gate: Gate, { concentration }: CostResult): ReleasedText[] {
  const { n_people_in_top_5_percent: n, top_5_percent_share_before, top_5_percent_share_after } = concentration
  const share = (value: number | null) =>
    gate.statistic(value === null ? null : 100 * value, { n, decimals: 0, reason: say`no cost` })
  const before = share(top_5_percent_share_before)
  const after = share(top_5_percent_share_after)
  if (!before.is_shown || !after.is_shown) return []
  return [say`The dearest twentieth of people account for ${before}% of cost before joining and ${after}% after.`]
}
