import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CostResult } from '../../src/economics/cost-result.ts'
import type { ServiceName } from '../analysis.ts'
import type { ReleasedCost } from './cost-figures.ts'
import { interval, table } from './text.ts'

/** The net figure leads; without the service's own cost the sentence says so. */
export function costLead(cost: ReleasedCost): ReleasedText {
  const gross = grossWords(cost)
  if (!cost.programme.is_shown) {
    return say`${gross} This is gross: the service’s own cost was not supplied.`
  }
  if (!cost.net.is_shown) return say`${gross} The service itself costs ${cost.programme} a person.`
  const breakEven = cost.break_even_percent.is_shown
    ? say`To cover its own cost, ${cost.break_even_percent} of the fall would have to be the service’s doing.`
    : say`There was no fall for the service’s own cost to be set against.`
  return say`${gross} The service itself costs ${cost.programme} a person. With that, the net change is ${cost.net} a person in the first year (95% interval ${interval(cost.net_low, cost.net_high)}; below zero is less cost). ${breakEven}`
}

function grossWords(cost: ReleasedCost): ReleasedText {
  if (!cost.difference.is_shown) return say`Too few people for a cost comparison.`
  return say`The care that could be costed came to ${cost.before} per person-year before joining and ${cost.after} after: a change of ${cost.difference} (95% interval ${interval(cost.low, cost.high)}).`
}

/** Gross, programme, net, and what would change them. */
export function costTable(gate: Gate, service: ServiceName, cost: ReleasedCost, result: CostResult): ReleasedTable {
  const top = (share: number | null) =>
    gate.statistic(share === null ? null : 100 * share, { n: result.n_people, decimals: 0, reason: say`no cost` })
  const row = (label: string, value: ReleasedTable['rows'][number][string], range: ReleasedText) => ({
    label: gate.label(label),
    value,
    range,
  })
  return table(
    gate,
    `cost-summary-${service.code}`,
    `Gross, the service itself, and net: ${service.name}`,
    [
      ['label', 'Pounds per person-year, NHS and social services', 'text'],
      ['value', 'Amount', 'money'],
      ['range', '95% interval', 'text'],
    ],
    [
      row('Before joining', cost.before, say`–`),
      row('After joining', cost.after, say`–`),
      row('Difference, after less before', cost.difference, interval(cost.low, cost.high)),
      row('Difference without the one person with the largest costs', cost.without_largest, say`–`),
      row('The service itself, per person', cost.programme, say`–`),
      row('Net, per person in the first year', cost.net, interval(cost.net_low, cost.net_high)),
      row('Share of the fall needed to break even', cost.break_even_percent, say`–`),
    ],
    [
      say`The dearest twentieth of people account for ${top(result.concentration.top_5_percent_share_before)}% of cost before joining and ${top(result.concentration.top_5_percent_share_after)}% after.`,
      say`Below zero is less cost. Amounts about people are rounded to the nearest ten pounds.`,
    ],
  )
}
