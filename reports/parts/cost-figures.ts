import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { yearsToPayBack } from '../../src/domain/discount.ts'
import type { CostResult, LinePrice } from '../../src/economics/cost-result.ts'
import type { CashReleasing, Payer, PriceStatus } from '../../src/economics/unit-cost.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import type { ServiceName } from '../analysis.ts'
import { type CostGroup, type ReleasedLine, toBase } from './cost-lines.ts'
import { inSentence, serviceWords, table } from './text.ts'

export const PAYER_WORDS: Readonly<Record<Payer, string>> = {
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

export const CASH_WORDS: Readonly<Record<CashReleasing, string>> = {
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

/** Cost per person-year before and after, by category. Null where nothing costed may be shown. */
export function costCategories(gate: Gate, service: ServiceName, groups: readonly CostGroup[]): Figure | null {
  const shown = groups.filter((it) => it.before.is_shown || it.after.is_shown)
  const [largest] = shown.toSorted((a, b) => (b.before.value ?? 0) - (a.before.value ?? 0))
  if (largest === undefined) return null
  const rows = groups.flatMap((it) => [
    { label: groupLabel(gate, it), period: gate.label('Before'), cost: it.before },
    { label: groupLabel(gate, it), period: gate.label('After'), cost: it.after },
  ])
  return {
    id: `cost-categories-${service.code}`,
    title: say`Most of the cost is ${gate.label(inSentence(groupLabel(gate, largest).text))}: ${largest.before} per person-year before joining, ${largest.after} after`,
    summary: say`Pounds per person-year before and after joining, by category. Each is events times unit cost; the table of unit costs shows every step. Categories that too few people used to be shown singly are added up.`,
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
      `Cost per person-year, ${serviceWords(service)}`,
      [
        ['label', 'Category', 'text'],
        ['before', 'Before', 'money'],
        ['after', 'After', 'money'],
      ],
      groups.map((it) => ({ label: groupLabel(gate, it), before: it.before, after: it.after })),
      [say`Amounts are rounded, so rows may not add up to the total exactly.`],
    ),
  }
}

/** `Mental health admission and out-of-area admission, bed days`. */
export function groupLabel(gate: Gate, { labels }: CostGroup): ReleasedText {
  const [first = '', ...rest] = labels
  if (rest.length === 0) return gate.label(first)
  const names = labels.map((label) => label.replace(BED_DAYS, ''))
  const ending = labels.every((label) => BED_DAYS.test(label)) ? ', bed days' : ''
  return gate.label(`${[names[0] ?? '', ...names.slice(1).map(inSentence)].join(' and ')}${ending}`)
}

const BED_DAYS = /, bed days$/

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
    `${serviceWords(service)}: how every pound is made, in ${cost.basis.price_year} prices`,
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
    price: say`${quotedPrice(gate, price.low_gbp, price.high_gbp)} per ${gate.label(price.unit)} in ${gate.label(price.price_year ?? '')} × ${factor} = ${used}`,
    payer: gate.label(`${PAYER_WORDS[price.payer]}; ${CASH_WORDS[price.cash_releasing]}`),
    source: gate.label(
      `${source} (${STATUS_WORDS[price.status]}${proxyWords(price)}). Licence: ${price.licence ?? 'not stated'}`,
    ),
  }
}

/** A price taken from something else than what is costed, and from what. */
function proxyWords({ is_proxy, proxy_source }: LinePrice): string {
  return is_proxy ? `; a proxy: ${inSentence(proxy_source ?? 'not said of what')}` : ''
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

/** Change in cost per person-year by who pays. Null where it may not be shown: the split would give a withheld line away. */
export function costPayers(
  gate: Gate,
  service: ServiceName,
  cost: CostResult,
  groups: readonly CostGroup[],
): Figure | null {
  if (groups.some((it) => it.payer === null || !it.before.is_shown || !it.after.is_shown)) return null
  const money = (pence: number | null) =>
    gate.statistic(pence === null ? null : pence / 100, { n: cost.n_people, unit: 'gbp' })
  const rows = cost.by_payer.map((split) => ({
    label: gate.label(PAYER_WORDS[split.key]),
    before: money(split.cost_per_person_year_before_pence),
    after: money(split.cost_per_person_year_after_pence),
    change: money(split.difference_per_person_year_pence),
  }))
  const [largest] = rows.toSorted((a, b) => Math.abs(b.change.value ?? 0) - Math.abs(a.change.value ?? 0))
  if (largest === undefined || !largest.change.is_shown) return null
  return {
    id: `cost-payers-${service.code}`,
    title: say`The largest change falls to one payer, ${gate.label(inSentence(largest.label.text))}: ${largest.change} per person-year`,
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
      `Cost per person-year by payer, ${serviceWords(service)}`,
      [
        ['label', 'Payer', 'text'],
        ['before', 'Before', 'money'],
        ['after', 'After', 'money'],
        ['change', 'Change', 'money'],
      ],
      rows,
      [say`Amounts are rounded, so rows may not add up exactly.`],
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
  /** For the fall, if it went on, to cover the cost of one person; discounted after the first year. */
  readonly payback_years: Released
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
      : gate.fact(toBase(gate, programme.cost_per_person_pence / 100), { unit: 'gbp' })
  return {
    before: money(headline.cost_per_person_year_before_pence),
    after: money(headline.cost_per_person_year_after_pence),
    difference,
    low: money(headline.ci95_low_pence),
    high: money(headline.ci95_high_pence),
    without_largest: withoutLargest(gate, cost),
    programme: own,
    net: money(programme.net_per_person_pence, notSupplied),
    net_low: money(programme.net_ci95_low_pence, notSupplied),
    net_high: money(programme.net_ci95_high_pence, notSupplied),
    break_even_percent: breakEven(gate, own, difference),
    payback_years: payback(gate, own, difference),
  }
}

/** The difference with and without one person is that person’s cost: for the team that holds the records only. */
function withoutLargest(gate: Gate, { headline }: CostResult): Released {
  const pence = headline.without_largest_person_pence
  return gate.statistic(pence === null ? null : pence / 100, { n: 1, unit: 'gbp', reason: say`too few people` })
}

function payback(gate: Gate, own: Released, difference: Released): Released {
  return gate.derive([own, difference], (service, change) => yearsToPayBack(service, -change), {
    decimals: 1,
    reason: say`never, as things are`,
  })
}

/** The share of the fall that would pay for the service; none where the whole of it would not. */
function breakEven(gate: Gate, own: Released, difference: Released): Released {
  if (own.value !== null && difference.value !== null && difference.value < 0 && own.value > -difference.value)
    return gate.absent(say`more than all of it`)
  return gate.derive([own, difference], (service, change) => (change < 0 ? (100 * service) / -change : null), {
    unit: 'percent',
    reason: say`no fall in cost`,
  })
}
