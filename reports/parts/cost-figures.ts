import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CostLine, CostResult } from '../../src/economics/cost-result.ts'
import type { CashReleasing, Payer, PriceStatus } from '../../src/economics/unit-cost.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import { EVENT_TYPES } from '../../src/usage/event-types.ts'
import { table } from './text.ts'

const PAYER_WORDS: Readonly<Record<Payer, string>> = {
  mental_health_trust: 'Mental health trust',
  acute_trust: 'Acute hospital trust',
  ambulance_trust: 'Ambulance trust',
  primary_care: 'Primary care',
  integrated_care_board: 'Integrated care board',
  local_authority: 'Local authority',
  police: 'Police',
  justice: 'Justice system',
  voluntary_sector: 'Voluntary sector',
}

const CASH_WORDS: Readonly<Record<CashReleasing, string>> = {
  cashable: 'can release cash',
  capacity_releasing: 'frees capacity, not cash',
  cost_avoidance: 'avoids a future cost',
  other_agency: 'falls to another agency',
}

const STATUS_WORDS: Readonly<Record<PriceStatus, string>> = {
  confirmed: 'read in its source',
  secondary: 'read in a document quoting its source',
  derived: 'a total divided by an activity',
  check: 'coverage or price year unclear: check before use',
  missing: 'no price found',
}

/** A costed line after the gate: the cost is the released quantity times the price, so a withheld count withholds its cost. */
interface ReleasedLine {
  readonly line: CostLine
  readonly label: string
  readonly quantity_before: Released
  readonly quantity_after: Released
  readonly cost_before: Released
  readonly cost_after: Released
}

export function releaseLines(gate: Gate, cost: CostResult): readonly ReleasedLine[] {
  const years = (value: number) => gate.statistic(value, { n: cost.n_people, decimals: 0 })
  const time = { before: years(cost.person_years_before), after: years(cost.person_years_after) }
  return cost.lines.map((line) => {
    const unit = line.unit_cost?.unit_cost?.central_pence
    const price = unit === undefined ? gate.absent(say`no unit cost`) : gate.fact(unit / 100)
    const perYear = (quantity: Released, personYears: Released) =>
      gate.derive([quantity, price, personYears], (n, pounds, t) => (t === 0 ? null : (n * pounds) / t), {
        unit: 'gbp',
      })
    const quantity_before = gate.count(line.quantity_before)
    const quantity_after = gate.count(line.quantity_after)
    return {
      line,
      label: lineLabel(line),
      quantity_before,
      quantity_after,
      cost_before: perYear(quantity_before, time.before),
      cost_after: perYear(quantity_after, time.after),
    }
  })
}

function lineLabel(line: CostLine): string {
  const label = EVENT_TYPES.find((type) => type.id === line.event_type)?.label ?? line.event_type
  return line.is_bed_day ? `${label}, bed days` : label
}

/** Cost per person-year before and after, by category. */
export function costCategories(gate: Gate, service: string, lines: readonly ReleasedLine[]): Figure | null {
  const drawn = lines.filter((it) => it.line.not_costed_reason === null)
  if (drawn.length === 0) return null
  const rows = drawn.flatMap((it) => [
    { label: gate.label(it.label), period: gate.label('Before'), cost: it.cost_before },
    { label: gate.label(it.label), period: gate.label('After'), cost: it.cost_after },
  ])
  const [largest] = [...drawn].sort((a, b) => (b.cost_before.value ?? 0) - (a.cost_before.value ?? 0))
  return {
    id: `cost-categories-${service}`,
    title:
      largest === undefined
        ? say`Cost by category`
        : say`The largest cost is ${gate.label(largest.label)}: ${largest.cost_before} per person-year before joining, ${largest.cost_after} after`,
    summary: say`Pounds per person-year before and after joining, by category. Each is events times unit cost; the table below shows every step.`,
    chart: 'cost_categories',
    rows,
    params: {
      x_title: gate.label('Pounds per person-year'),
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.cost),
      ),
    },
    table: table(
      gate,
      `cost-categories-${service}`,
      'Cost per person-year',
      [
        ['label', 'Category', 'text'],
        ['before', 'Before', 'money'],
        ['after', 'After', 'money'],
      ],
      drawn.map((it) => ({ label: gate.label(it.label), before: it.cost_before, after: it.cost_after })),
    ),
  }
}

/** Every pound opened: quantity × unit cost × source × price year × factor × payer. */
export function costTrace(
  gate: Gate,
  service: string,
  cost: CostResult,
  lines: readonly ReleasedLine[],
): ReleasedTable {
  return table(
    gate,
    `cost-trace-${service}`,
    `How every pound is made, in ${cost.basis.price_year} prices`,
    [
      ['label', 'Category', 'text'],
      ['before', 'Quantity before', 'count'],
      ['after', 'Quantity after', 'count'],
      ['unit', 'Unit', 'text'],
      ['quoted', 'Quoted price', 'text'],
      ['year', 'Price year', 'text'],
      ['factor', 'Uprating factor', 'number'],
      ['price', 'Price used', 'money'],
      ['payer', 'Payer', 'text'],
      ['cash', 'One fewer …', 'text'],
      ['source', 'Source', 'text'],
      ['status', 'Status of the price', 'text'],
    ],
    lines.map((it) => traceRow(gate, it)),
    [
      ...cost.rules.map((rule) => gate.label(rule)),
      say`Prices are uprated by ${gate.label(cost.basis.index_id === 'nhscii' ? 'the NHS Cost Inflation Index' : 'the GDP deflator')}, ${gate.label(cost.basis.index_edition)}.`,
      ...flaggedYears(gate, cost),
    ],
  )
}

function flaggedYears(gate: Gate, cost: CostResult): ReleasedText[] {
  const { provisional_years, forecast_years } = cost.basis
  return [
    ...(provisional_years.length > 0
      ? [say`Provisional in this edition, and likely to be revised: ${gate.label(provisional_years.join(', '))}.`]
      : []),
    ...(forecast_years.length > 0 ? [say`Forecast, not outturn: ${gate.label(forecast_years.join(', '))}.`] : []),
  ]
}

function traceRow(gate: Gate, it: ReleasedLine): ReleasedTable['rows'][number] {
  const price = it.line.unit_cost
  const none = gate.absent(say`none`)
  const shared = { label: gate.label(it.label), before: it.quantity_before, after: it.quantity_after }
  if (price === null) {
    return {
      ...shared,
      unit: say`not known`,
      quoted: say`no unit cost: not in any total`,
      year: say`none`,
      factor: none,
      price: none,
      payer: say`not known`,
      cash: say`not known`,
      source: say`none: supply one in unit-costs.csv`,
      status: say`no price found`,
    }
  }
  return {
    ...shared,
    unit: gate.label(price.unit),
    quoted: quotedPrice(gate, price.low_gbp, price.high_gbp),
    year: gate.label(price.price_year ?? 'none'),
    factor: price.factor === null ? none : gate.fact(price.factor, { decimals: 4 }),
    price:
      price.unit_cost === null ? none : gate.fact(price.unit_cost.central_pence / 100, { unit: 'gbp', decimals: 2 }),
    payer: gate.label(PAYER_WORDS[price.payer]),
    cash: gate.label(CASH_WORDS[price.cash_releasing]),
    source: gate.label([price.source, price.table].filter((part) => part !== null && part !== '').join(', ')),
    status: gate.label(`${STATUS_WORDS[price.status]}${price.is_proxy ? '; a proxy' : ''}`),
  }
}

function quotedPrice(gate: Gate, low: number | null, high: number | null): ReleasedText {
  if (low === null || high === null) return say`no unit cost: not in any total`
  const pounds = (value: number) => gate.fact(value, { unit: 'gbp', decimals: Number.isInteger(value) ? 0 : 2 })
  return low === high ? say`${pounds(low)}` : say`${pounds(low)} to ${pounds(high)}`
}

/** Change in cost per person-year by who pays. A payer with a withheld line is withheld. */
export function costPayers(gate: Gate, service: string, cost: CostResult, lines: readonly ReleasedLine[]): Figure {
  const rows = cost.by_payer.map((split) => {
    const own = lines.filter((it) => it.line.unit_cost?.payer === split.key && it.line.not_costed_reason === null)
    const counts = own.flatMap((it) => [it.quantity_before, it.quantity_after])
    const money = (pence: number | null) =>
      gate.derive(
        [...counts, gate.statistic(pence === null ? null : pence / 100, { n: cost.n_people, unit: 'gbp' })],
        (...all) => all.at(-1) ?? null,
        { unit: 'gbp' },
      )
    return {
      label: gate.label(PAYER_WORDS[split.key]),
      before: money(split.cost_per_person_year_before_pence),
      after: money(split.cost_per_person_year_after_pence),
      change: money(split.difference_per_person_year_pence),
    }
  })
  const [largest] = [...rows].sort((a, b) => Math.abs(b.change.value ?? 0) - Math.abs(a.change.value ?? 0))
  return {
    id: `cost-payers-${service}`,
    title:
      largest === undefined
        ? say`Nothing could be costed`
        : say`Most of the difference falls to: ${largest.label} (${largest.change} per person-year)`,
    summary: say`Change in cost per person-year after joining, by who pays; left of zero is less cost. It does not go to the commissioner as cash: see the last-but-two column of the table of prices.`,
    chart: 'cost_payers',
    rows: rows.map(({ label, change }) => ({ label, change })),
    params: {
      x_title: gate.label('Change in pounds per person-year'),
      x_domain: axisEnds(
        gate,
        rows.map((row) => row.change),
      ),
    },
    table: table(
      gate,
      `cost-payers-${service}`,
      'Cost per person-year by payer',
      [
        ['label', 'Payer', 'text'],
        ['before', 'Before', 'money'],
        ['after', 'After', 'money'],
        ['change', 'Change', 'money'],
      ],
      rows,
      [say`Rounded to the nearest ten pounds, so rows may not add up exactly.`],
    ),
  }
}

/** Pounds per person-year and their change, the service's own cost, the net, and what would have to be true to break even. */
export interface ReleasedCost {
  readonly before: Released
  readonly after: Released
  readonly difference: Released
  readonly low: Released
  readonly high: Released
  readonly without_largest: Released
  readonly programme: Released
  readonly net: Released
  readonly net_low: Released
  readonly net_high: Released
  readonly break_even_percent: Released
}

export function releaseCost(gate: Gate, cost: CostResult): ReleasedCost {
  const reason = gate.label(cost.headline.reason ?? 'too few people')
  const money = (pence: number | null, why: ReleasedText = reason) =>
    gate.statistic(pence === null ? null : pence / 100, { n: cost.n_people, unit: 'gbp', reason: why })
  const { headline, programme } = cost
  const notSupplied = gate.label(programme.reason ?? 'not available')
  const difference = money(headline.difference_per_person_year_pence)
  const own =
    programme.cost_per_person_pence === null
      ? gate.absent(notSupplied)
      : gate.fact(programme.cost_per_person_pence / 100, { unit: 'gbp' })
  return {
    before: money(headline.cost_per_person_year_before_pence),
    after: money(headline.cost_per_person_year_after_pence),
    difference,
    low: money(headline.ci95_low_pence),
    high: money(headline.ci95_high_pence),
    without_largest: money(headline.without_largest_person_pence),
    programme: own,
    net: money(programme.net_per_person_pence, notSupplied),
    net_low: money(programme.net_ci95_low_pence, notSupplied),
    net_high: money(programme.net_ci95_high_pence, notSupplied),
    break_even_percent: gate.derive(
      [own, difference],
      (service, change) => (change < 0 ? (100 * service) / -change : null),
      {
        unit: 'percent',
        reason: say`no fall in cost`,
      },
    ),
  }
}
