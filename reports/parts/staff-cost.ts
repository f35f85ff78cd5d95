import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { RunFacts, ServiceAnalysis, StaffContacts } from '../analysis.ts'
import { toBase } from './cost-lines.ts'
import { tooFew } from './release-usage.ts'
import { table } from './text.ts'
import { withheldParts } from './withheld-parts.ts'

const NOT_COSTED: Readonly<Record<NonNullable<StaffContacts['cost']['not_costed_reason']>, string>> = {
  band_not_recorded: 'band not recorded',
  length_not_recorded: 'length not recorded',
  no_unit_cost: 'no unit cost of the band',
  price_year_not_in_index: 'price year not in the index',
}

/** What the time of attended contacts costs, by who gave them. Null where no contact says who did. */
export function staffCostTable(gate: Gate, facts: RunFacts, { staff }: ServiceAnalysis): ReleasedTable | null {
  if (staff.length === 0) return null
  const hidden = withheldParts(
    gate,
    staff.map((it) => it.n_people),
    'statistic',
  )
  return table(
    gate,
    'contacts-cost',
    'What contacts cost in staff time, by role and band',
    [
      ['role', 'Staff role', 'text'],
      ['band', 'Band', 'text'],
      ['attended', 'Attended', 'count'],
      ['hours', 'Hours, where recorded', 'number'],
      ['price', 'Price of an hour', 'money'],
      ['cost', 'Cost', 'money'],
    ],
    staff.map((it, at) => staffRow(gate, it, hidden[at] === true)),
    [
      say`Hours of attended contacts × the unit cost of the band, in prices of ${gate.label(facts.price_year)}. Contacts whose band, length or price is not known are counted here and cost nothing here: not nought, but not known. Travel, notes and missed contacts are in the price of an hour only as far as its source puts them there.`,
      ...sources(staff).map((source) => say`${gate.label(source)}.`),
    ],
  )
}

function staffRow(gate: Gate, it: StaffContacts, isHidden: boolean): ReleasedTable['rows'][number] {
  const { price, not_costed_reason } = it.cost
  const reason = gate.label(not_costed_reason === null ? 'not costed' : NOT_COSTED[not_costed_reason])
  const hours = gate.statistic(it.minutes === null ? null : it.minutes / 60, {
    n: it.n_people,
    decimals: 0,
    reason: say`not recorded`,
  })
  const attended = gate.count(it.n_attended, { people: it.n_people })
  const pence = price?.unit_cost?.central_pence
  const unit =
    pence === undefined
      ? gate.absent(reason)
      : gate.fact(pence / 100, { unit: 'gbp', decimals: pence % 100 === 0 ? 0 : 2 })
  const shown = (value: Released) => (isHidden ? tooFew(gate) : value)
  return {
    role: gate.label(it.staff_role ?? 'Not recorded'),
    band: gate.label(it.staff_band ?? 'Not recorded'),
    attended: shown(attended),
    hours: shown(hours),
    price: unit,
    cost: shown(costOf(gate, it, price?.unit === 'contact' ? attended : hours, reason)),
  }
}

/** Of the released quantity, so that the cost gives away no more than it. */
function costOf(gate: Gate, { cost }: StaffContacts, quantity: Released, reason: ReturnType<Gate['label']>): Released {
  const pence = cost.price?.unit_cost?.central_pence
  if (cost.cost === null || pence === undefined) return gate.absent(reason)
  return gate.derive([quantity], (n) => toBase(gate, (n * pence) / 100), { unit: 'gbp' })
}

function sources(staff: readonly StaffContacts[]): readonly string[] {
  const used = staff.flatMap(({ cost: { price } }) => (price?.unit_cost === null || price === null ? [] : [price]))
  const words = used.map((it) => {
    const place = [it.edition, it.table === null ? null : `table ${it.table}`].filter((part) => part !== null)
    return `${it.item}: £${it.low_gbp} an ${it.unit}, prices of ${it.price_year}; ${it.source}${place.length === 0 ? '' : ` (${place.join(', ')})`}`
  })
  return [...new Set(words)]
}
