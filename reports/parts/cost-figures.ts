import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CostLine, CostResult } from '../../src/economics/cost-result.ts'
import type { CashReleasing, Payer, PriceStatus } from '../../src/economics/unit-cost.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import { EVENT_TYPES } from '../../src/usage/event-types.ts'
import type { ServiceName, UsageAnalysis } from '../analysis.ts'
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

export function releaseLines(gate: Gate, { cost, summaries }: UsageAnalysis): readonly ReleasedLine[] {
  const years = (value: number) => gate.statistic(value, { n: cost.n_people, decimals: 0 })
  const time = { before: years(cost.person_years_before), after: years(cost.person_years_after) }
  const quantities = cost.lines.map((line) => {
    const people = summaries.find((it) => it.usage_id === line.event_type)?.any_use
    return {
      line,
      before: gate.count(line.quantity_before, { people: people?.n_before ?? line.quantity_before }),
      after: gate.count(line.quantity_after, { people: people?.n_after ?? line.quantity_after }),
    }
  })
  return withholdASecond(gate, quantities).map(({ line, before, after }) => {
    const unit = line.unit_cost?.unit_cost?.central_pence
    const price = unit === undefined ? gate.absent(say`no unit cost`) : gate.fact(unit / 100)
    const perYear = (quantity: Released, personYears: Released) =>
      gate.derive([quantity, price, personYears], (n, pounds, t) => (t === 0 ? null : (n * pounds) / t), {
        unit: 'gbp',
      })
    return {
      line,
      label: lineLabel(line),
      quantity_before: before,
      quantity_after: after,
      cost_before: perYear(before, time.before),
      cost_after: perYear(after, time.after),
    }
  })
}

interface ReleasedQuantities {
  readonly line: CostLine
  readonly before: Released
  readonly after: Released
}

/**
 * The total is shown, so a single withheld line could be had by subtraction. Where one costed line is withheld on a side, the
 * costed line with the least cost on that side is withheld with it.
 */
function withholdASecond(gate: Gate, lines: readonly ReleasedQuantities[]): readonly ReleasedQuantities[] {
  return (['before', 'after'] as const).reduce((sofar, side) => {
    const costed = sofar.filter((it) => it.line.not_costed_reason === null)
    const withheld = costed.filter((it) => it[side].is_suppressed)
    const [first] = withheld
    if (first === undefined || withheld.length > 1) return sofar
    const cost = (it: ReleasedQuantities) => (it[side].value ?? 0) * (it.line.unit_cost?.unit_cost?.central_pence ?? 0)
    const [second] = costed.filter((it) => (it[side].value ?? 0) > 0).toSorted((a, b) => cost(a) - cost(b))
    return sofar.map((it) =>
      it === second ? { ...it, [side]: gate.derive([first[side], it[side]], (_, own) => own) } : it,
    )
  }, lines)
}

function lineLabel(line: CostLine): string {
  const label = EVENT_TYPES.find((type) => type.id === line.event_type)?.label ?? line.event_type
  return line.is_bed_day ? `${label}, bed days` : label
}

/** Cost per person-year before and after, by category. */
export function costCategories(gate: Gate, service: ServiceName, lines: readonly ReleasedLine[]): Figure | null {
  const drawn = lines.filter((it) => it.line.not_costed_reason === null)
  if (drawn.length === 0) return null
  const rows = drawn.flatMap((it) => [
    { label: gate.label(it.label), period: gate.label('Before'), cost: it.cost_before },
    { label: gate.label(it.label), period: gate.label('After'), cost: it.cost_after },
  ])
  const [largest] = [...drawn].sort((a, b) => (b.cost_before.value ?? 0) - (a.cost_before.value ?? 0))
  return {
    id: `cost-categories-${service.code}`,
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
      `cost-categories-${service.code}`,
      `Cost per person-year, ${service.name}`,
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
  service: ServiceName,
  cost: CostResult,
  lines: readonly ReleasedLine[],
): ReleasedTable {
  return table(
    gate,
    `cost-trace-${service.code}`,
    `${service.name}: how every pound is made, in ${cost.basis.price_year} prices`,
    [
      ['label', 'Category', 'text'],
      ['before', 'Quantity before', 'count'],
      ['after', 'Quantity after', 'count'],
      ['price', 'Times unit cost', 'text'],
      ['payer', 'Payer, and what one fewer does', 'text'],
      ['source', 'Source, and how far it is confirmed', 'text'],
    ],
    lines.map((it) => traceRow(gate, it)),
    [
      ...cost.rules.map((rule) => gate.label(rule)),
      say`Prices are uprated by ${gate.label(cost.basis.index_id === 'nhscii' ? 'the NHS Cost Inflation Index' : 'the GDP deflator')}, ${gate.label(cost.basis.index_edition)} edition.`,
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
  const shared = { label: gate.label(it.label), before: it.quantity_before, after: it.quantity_after }
  if (price === null || price.unit_cost === null) {
    return {
      ...shared,
      price: gate.label(NOT_COSTED_WORDS[it.line.not_costed_reason ?? 'no_unit_cost']),
      payer: price === null ? say`not known` : gate.label(PAYER_WORDS[price.payer]),
      source: say`supply a price in unit-costs.csv`,
    }
  }
  const source = [price.source, price.table].filter((part) => part !== null && part !== '').join(', ')
  const factor = gate.fact(price.factor ?? 1, { decimals: 4 })
  const used = gate.fact(price.unit_cost.central_pence / 100, { unit: 'gbp', decimals: 2 })
  return {
    ...shared,
    price: say`${quotedPrice(gate, price.low_gbp, price.high_gbp)} a ${gate.label(price.unit)} in ${gate.label(price.price_year ?? '')} × ${factor} = ${used}`,
    payer: gate.label(`${PAYER_WORDS[price.payer]}; ${CASH_WORDS[price.cash_releasing]}`),
    source: gate.label(`${source} (${STATUS_WORDS[price.status]}${price.is_proxy ? '; a proxy' : ''})`),
  }
}

const NOT_COSTED_WORDS = {
  no_unit_cost: 'no unit cost: in no total',
  price_year_not_in_index: 'the index does not reach its price year: in no total',
} as const

function quotedPrice(gate: Gate, low: number | null, high: number | null): ReleasedText {
  if (low === null || high === null) return say`no price`
  const pounds = (value: number) => gate.fact(value, { unit: 'gbp', decimals: Number.isInteger(value) ? 0 : 2 })
  return low === high ? say`${pounds(low)}` : say`${pounds(low)} to ${pounds(high)}`
}

/** Change in cost per person-year by who pays. A payer with a withheld line is withheld. */
export function costPayers(gate: Gate, service: ServiceName, cost: CostResult, lines: readonly ReleasedLine[]): Figure {
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
    id: `cost-payers-${service.code}`,
    title:
      largest === undefined
        ? say`Nothing could be costed`
        : say`Most of the difference falls to: ${largest.label} (${largest.change} per person-year)`,
    summary: say`Change in cost per person-year after joining, by who pays; left of zero is less cost. Less cost is not cash in hand: the table of unit costs says what one fewer of each does.`,
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
      `cost-payers-${service.code}`,
      `Cost per person-year by payer, ${service.name}`,
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
