import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { CostResult } from '../../src/economics/cost-result.ts'
import type { CashReleasing, Sector } from '../../src/economics/unit-cost.ts'
import type { ServiceName, UsageAnalysis } from '../analysis.ts'
import { CASH_WORDS, costTrace, type ReleasedCost } from './cost-figures.ts'
import { changeOf, type ReleasedLine, toBase } from './cost-lines.ts'
import { budgetTable, programmeTable } from './programme-tables.ts'
import { intervalCell, serviceWords, table } from './text.ts'

const SECTOR_WORDS: Readonly<Record<Sector, string>> = {
  nhs_pss: 'NHS and personal social services',
  other_public: 'Police and other public services',
}

/** Everything behind the cost of a service: where every pound comes from, what it would release, and what the next years would cost. */
export function costAppendix(
  gate: Gate,
  { service, cost }: UsageAnalysis,
  released: ReleasedCost,
  lines: readonly ReleasedLine[],
): readonly ReleasedTable[] {
  return [
    cashTable(gate, service, cost, lines),
    sectorTable(gate, service, cost, lines),
    modelTable(gate, service, released, cost),
    programmeTable(gate, service, cost),
    budgetTable(gate, service, released, cost),
    costTrace(gate, service, cost, lines),
    conflictsTable(gate, service, lines, released.difference),
  ].filter((it) => it !== null)
}

/** How much of the change frees capacity, how much could release cash, and what falls to other agencies. */
function cashTable(gate: Gate, service: ServiceName, cost: CostResult, lines: readonly ReleasedLine[]): ReleasedTable {
  const rows = cost.by_cash.map(({ key }) => ({
    label: gate.label(capital(CASH_WORDS[key])),
    ...addedUp(
      gate,
      lines.filter((it) => tagOf(it) === key),
    ),
  }))
  return table(
    gate,
    `cost-cash-${service.code}`,
    `What less of it would release, ${serviceWords(service)}`,
    [
      ['label', 'One fewer of these', 'text'],
      ['before', 'Before', 'money'],
      ['after', 'After', 'money'],
      ['change', 'Change', 'money'],
    ],
    rows,
    [
      say`Pounds per person-year. A bed day or an attendance less frees capacity for somebody else; money comes back only where something was bought one by one, or where a ward or a team closes.`,
    ],
  )
}

/** How much of a fall could release cash, in a sentence. Nothing where cost did not fall, or a part of it is withheld. */
export function cashWords(gate: Gate, lines: readonly ReleasedLine[], difference: Released): ReleasedText {
  if (difference.value === null || difference.value >= 0) return say``
  const own = (tag: CashReleasing) =>
    addedUp(
      gate,
      lines.filter((it) => tagOf(it) === tag && it.line.unit_cost?.sector === 'nhs_pss'),
    ).change
  const cash = own('cashable')
  if (!cash.is_shown) return say`How much of the fall could release cash cannot be shown.`
  const less = gate.derive([cash], (change) => Math.max(0, -change), { unit: 'gbp' })
  const fall = gate.derive([difference], (change) => -change, { unit: 'gbp' })
  if (less.value === 0) return say`None of the fall of ${fall} could release cash: it frees capacity.`
  return say`Of the fall of ${fall}, ${less} is in services bought one by one, and could release cash; the rest frees capacity.`
}

/** Who bears it: NHS and social care lead everywhere else; here other public services stand in a panel of their own. Null where there are none. */
function sectorTable(
  gate: Gate,
  service: ServiceName,
  cost: CostResult,
  lines: readonly ReleasedLine[],
): ReleasedTable | null {
  if (cost.by_sector.length < 2) return null
  const own = (key: Sector) => lines.filter((it) => isCosted(it) && it.line.unit_cost?.sector === key)
  return table(
    gate,
    `cost-sectors-${service.code}`,
    `Other public services beside the NHS, ${serviceWords(service)}`,
    [
      ['label', 'Sector', 'text'],
      ['before', 'Before', 'money'],
      ['after', 'After', 'money'],
      ['change', 'Change', 'money'],
    ],
    [
      ...cost.by_sector.map(({ key }) => ({ label: gate.label(SECTOR_WORDS[key]), ...addedUp(gate, own(key)) })),
      { label: say`All sectors`, ...addedUp(gate, lines.filter(isCosted)) },
    ],
    [say`Pounds per person-year. Only the first line is in the headline, the net and the break-even share.`],
  )
}

/** The same difference by another way of estimating it, and whether that way fits. */
function modelTable(gate: Gate, service: ServiceName, released: ReleasedCost, { model }: CostResult): ReleasedTable {
  const { n_people: n, park } = model
  const reason = gate.label(model.reason ?? 'not estimated')
  const money = (pence: number | null) =>
    gate.statistic(pence === null ? null : pence / 100, { n, unit: 'gbp', reason })
  const power = (value: number | undefined) =>
    gate.statistic(value ?? null, { n, decimals: 1, reason: say`cannot be told` })
  return table(
    gate,
    `cost-model-${service.code}`,
    `The difference estimated in two ways, ${serviceWords(service)}`,
    [
      ['label', 'Estimate', 'text'],
      ['value', 'Difference a person-year', 'number'],
      ['range', '95% interval', 'text'],
    ],
    [
      {
        label: say`All cost over all time; people as the unit (leads)`,
        value: released.difference,
        range: intervalCell(released.low, released.high),
      },
      {
        label:
          model.kind === 'gamma'
            ? say`Gamma model with a log link, recycled predictions`
            : say`Two parts: the share with any cost, times a gamma model of it, recycled predictions`,
        value: money(model.difference_per_person_year_pence),
        range: intervalCell(money(model.ci95_low_pence), money(model.ci95_high_pence)),
      },
      {
        label: say`Modified Park test: the power of the mean that the variance goes with`,
        value: power(park?.power),
        range: intervalCell(power(park?.ci95[0]), power(park?.ci95[1])),
      },
    ],
    [
      say`The model weighs every person alike, whatever time they were seen for. A power near 2 is what a gamma model takes; near 1, or 3, another would fit better. With the period alone in the model the two differ only where people were seen for different times.`,
    ],
  )
}

/** Prices of other sources for what is costed: which is used, and what each of the others would give. Null where there are none. */
function conflictsTable(
  gate: Gate,
  service: ServiceName,
  lines: readonly ReleasedLine[],
  difference: Released,
): ReleasedTable | null {
  const rows = lines.flatMap((it) => it.line.alternatives.map((other) => conflictRow(gate, it, other, difference)))
  if (rows.length === 0) return null
  return table(
    gate,
    `cost-conflicts-${service.code}`,
    `Where sources disagree on a price, ${serviceWords(service)}`,
    [
      ['label', 'Category', 'text'],
      ['used', 'Price used', 'money'],
      ['other', 'Another source’s price', 'text'],
      ['change', 'Change in all cost with it', 'money'],
      ['source', 'The other source', 'text'],
    ],
    rows,
    [
      say`Prices of the result’s year; the middle of a range. The column Change is after less before per person-year with the other price in place of the one used.`,
    ],
  )
}

function conflictRow(
  gate: Gate,
  it: ReleasedLine,
  { price }: ReleasedLine['line']['alternatives'][number],
  difference: Released,
): ReleasedTable['rows'][number] {
  const used = it.line.unit_cost?.unit_cost?.central_pence
  const other = price.unit_cost?.central_pence
  const isInTotal = it.line.unit_cost?.sector === 'nhs_pss'
  const pounds = (pence: number | undefined, why: ReleasedText) =>
    pence === undefined ? gate.absent(why) : gate.fact(pence / 100, { unit: 'gbp', decimals: 2 })
  const otherPrice = pounds(other, say`the index does not reach its price year`)
  const change =
    used === undefined || other === undefined || !isInTotal
      ? gate.absent(say`not known`)
      : gate.derive(
          [difference, it.change_at(used / 100), it.change_at(other / 100)],
          (all, own, instead) => toBase(gate, all - own + instead),
          { unit: 'gbp' },
        )
  const place = [price.source, price.edition, price.table].filter((part) => part !== null && part !== '')
  return {
    label: gate.label(it.label),
    used: pounds(used, say`no unit cost`),
    other: otherPrice.is_shown ? say`${otherPrice} per ${gate.label(price.unit)}` : otherPrice,
    change,
    source: gate.label(`${price.item}: ${place.join(', ')}; prices of ${price.price_year}`),
  }
}

/** Of what is shown: one withheld line withholds the sum. */
function addedUp(gate: Gate, lines: readonly ReleasedLine[]) {
  const side = (name: 'cost_before' | 'cost_after') =>
    gate.derive(
      lines.map((it) => it[name]),
      (...amounts) => amounts.reduce((total, amount) => total + amount, 0),
      { unit: 'gbp' },
    )
  const [before, after] = [side('cost_before'), side('cost_after')]
  return { before, after, change: changeOf(gate, before, after) }
}

function isCosted({ line }: ReleasedLine): boolean {
  return line.not_costed_reason === null
}

function tagOf(it: ReleasedLine): CashReleasing | null {
  return isCosted(it) ? (it.line.unit_cost?.cash_releasing ?? null) : null
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
