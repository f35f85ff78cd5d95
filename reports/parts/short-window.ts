import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { type ReleasedUsage, releaseAllUsage, releaseTime } from './release-usage.ts'
import { estimateCell, table } from './text.ts'
import { shortUsage } from './usage-figures.ts'
import { mainUsage } from './usage-words.ts'

const MONTHS = 3

/**
 * Three months before joining against three after, as such falls are often printed, with what person-time, twelve months and
 * regression to the mean make of it; nothing where the leading kind of use is withheld.
 */
export function shortWindowTable(gate: Gate, usage: UsageAnalysis): ReleasedTable[] {
  const main = mainUsage(usage)
  const it = releaseAllUsage(gate, usage).find((each) => each.summary.usage_id === main?.usage_id)
  const doubt = usage.doubts.find((each) => each.usage_id === main?.usage_id)
  if (main === undefined || it === undefined || doubt === undefined || !it.ratio.is_shown) return []
  const before = quarter(gate, usage, it, -MONTHS)
  const after = quarter(gate, usage, it, 0)
  const n = Math.min(main.events.n_users_before, main.events.n_users_after)
  const number = (value: number | null) =>
    gate.statistic(value, { n, decimals: 2, reason: say`no earlier year could be seen` })
  const cell = (ratio: number | null | undefined, ci95: readonly [number, number] | null | undefined) =>
    estimateCell(number(ratio ?? null), number(ci95?.[0] ?? null), number(ci95?.[1] ?? null))
  const { earlier_year, expected } = doubt
  const percent = (ratio: number | null) =>
    gate.derive([number(ratio)], (value) => 100 * (value - 1), { decimals: 0, unit: 'percent' })
  const claimed = gate.derive([before.events, after.events], (x, y) => (x === 0 ? null : (100 * (y - x)) / x), {
    decimals: 0,
    unit: 'percent',
  })
  return [
    table(
      gate,
      'short-window',
      `Three months against three, and what becomes of it: ${shortUsage(main.label)}`,
      [
        ['label', 'Compared', 'text'],
        ['change', 'Change', 'percent'],
        ['ratio', 'Ratio, after ÷ before (95%)', 'text'],
      ],
      [
        {
          label: say`Events in the three months before and after, as often printed: ${before.events} and ${after.events}${priced(gate, usage, it, before.events, after.events)}`,
          change: claimed,
          ratio: say`–`,
        },
        {
          label: say`The same per person-month: ${before.rate} and ${after.rate}`,
          change: gate.derive([before.rate, after.rate], (x, y) => (x === 0 ? null : (100 * (y - x)) / x), {
            decimals: 0,
            unit: 'percent',
          }),
          ratio: say`–`,
        },
        {
          label: say`The whole window each way, in person-time`,
          change: percent(main.events.rate_ratio),
          ratio: cell(main.events.rate_ratio, main.events.ci95_jackknife),
        },
        {
          label: say`Against the year before that year`,
          change: percent(earlier_year?.rate_ratio ?? null),
          ratio: cell(earlier_year?.rate_ratio, earlier_year?.ci95_jackknife),
        },
        {
          label: say`What is left once regression to the mean is taken out (after ÷ expected)`,
          change: percent(expected?.remaining_ratio ?? null),
          ratio: cell(expected?.remaining_ratio, expected?.remaining_ci95),
        },
      ],
      [
        say`The first line is how falls are often printed, and is here to be compared with the others: people join when things are at their worst, so three months against three shows a fall whatever is done. It is no estimate of anything that the service did.`,
      ],
    ),
  ]
}

/** Events of three months, and their rate per person-month. */
function quarter(gate: Gate, usage: UsageAnalysis, { summary, is_withheld }: ReleasedUsage, from: number) {
  const own = usage.months.filter(
    (it) => it.usage_id === summary.usage_id && it.month_offset >= from && it.month_offset < from + MONTHS,
  )
  const add = (pick: (it: (typeof own)[number]) => number) => own.reduce((total, it) => total + pick(it), 0)
  const people = is_withheld ? 0 : Math.min(summary.events.n_users_before, summary.events.n_users_after)
  const events = gate.count(
    add((it) => it.events),
    { people },
  )
  const time = releaseTime(
    gate,
    add((it) => it.person_months),
  )
  const rate = gate.derive([events, time], (x, t) => (t === 0 ? null : x / t), {
    decimals: 2,
    reason: say`no person-time`,
  })
  return { events, rate }
}

/** The fewer events at their unit cost, where the events are of one type that has one. */
function priced(gate: Gate, usage: UsageAnalysis, { summary }: ReleasedUsage, before: Released, after: Released) {
  const [type, another] = summary.event_types
  const line = usage.cost.lines.find((it) => it.event_type === type && !it.is_bed_day)
  const pence = another === undefined ? line?.unit_cost?.unit_cost?.central_pence : undefined
  if (pence === undefined) return say``
  const pounds = gate.derive(
    [before, after, gate.fact(pence / 100, { decimals: 2 })],
    (x, y, price) => (x - y) * price,
    {
      unit: 'gbp',
    },
  )
  return say`, which at ${gate.fact(pence / 100, { unit: 'gbp', decimals: 2 })} each come to ${pounds} less`
}
