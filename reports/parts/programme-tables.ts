import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { discountFactor } from '../../src/domain/discount.ts'
import type { CostResult } from '../../src/economics/cost-result.ts'
import type { ProgrammePart } from '../../src/economics/programme-cost.ts'
import type { ServiceName } from '../analysis.ts'
import type { ReleasedCost } from './cost-figures.ts'
import { toBase } from './cost-lines.ts'
import { serviceWords, table } from './text.ts'

/** How the service's own cost is made. Null where it was not given by its parts. */
export function programmeTable(
  gate: Gate,
  service: ServiceName,
  { programme, basis }: CostResult,
): ReleasedTable | null {
  if (programme.parts.length === 0) return null
  const total = programme.parts.reduce((sum, part) => sum + (part.cost_per_year_pence ?? 0), 0)
  const pounds = (pence: number) => gate.fact(Math.round(pence / 100), { unit: 'gbp' })
  const whole = programme.cost_per_person_pence
  return table(
    gate,
    `programme-${service.code}`,
    `What the service itself costs in a year, ${serviceWords(service)}, in ${basis.price_year} prices`,
    [
      ['label', 'Part', 'text'],
      ['made', 'How it is made', 'text'],
      ['cost', 'Cost of a year', 'money'],
      ['source', 'Source of the rate', 'text'],
    ],
    [
      ...programme.parts.map((part) => ({
        label: gate.label(part.label),
        made: madeOf(gate, part),
        cost:
          part.cost_per_year_pence === null
            ? gate.absent(gate.label(part.reason ?? 'not known'))
            : pounds(part.cost_per_year_pence),
        source: gate.label(part.source),
      })),
      ...(whole === null || programme.people_per_year === null
        ? []
        : [
            {
              label: say`All parts`,
              made: say`for ${gate.fact(programme.people_per_year)} people a year: ${pounds(whole)} a person`,
              cost: pounds(total),
              source: gate.label(programme.source ?? ''),
            },
          ]),
    ],
    [
      say`Hours are those supplied by the service. Set-up is spread over the years it serves at 3.5% a year. A rate holds overheads where the service says so.`,
    ],
  )
}

function madeOf(gate: Gate, part: ProgrammePart): ReleasedText {
  if (part.rate_pence === null) return gate.label(part.reason ?? 'not known')
  const rate = gate.fact(part.rate_pence / 100, { unit: 'gbp', decimals: part.rate_pence % 100 === 0 ? 0 : 2 })
  if (part.kind === 'set_up') return say`${rate} once, over ${gate.fact(part.quantity)} years`
  const hours = say`${gate.fact(part.quantity, { decimals: 0 })} hours × ${rate}`
  if (part.cost_per_attendance_pence === null) return hours
  const place = gate.fact(part.cost_per_attendance_pence / 100, { unit: 'gbp', decimals: 2 })
  return say`${hours}; ${place} for each person who comes, each time`
}

const YEARS = [1, 2, 3, 4, 5] as const

/** What the next years would cost. Null where the people of a year, or a change in cost, is not known. */
export function budgetTable(
  gate: Gate,
  service: ServiceName,
  { difference }: ReleasedCost,
  { programme }: CostResult,
): ReleasedTable | null {
  const { people_per_year: people, running_per_year_pence: running } = programme
  if (people === null || running === null || !difference.is_shown) return null
  const care = gate.derive([difference], (change) => people * change, { unit: 'gbp' })
  const own = (year: number) =>
    gate.fact(toBase(gate, (running + (year === 1 ? programme.set_up_pence : 0)) / 100), { unit: 'gbp' })
  const net = YEARS.map((year) => gate.derive([own(year), care], (cost, change) => cost + change, { unit: 'gbp' }))
  const present = net.map((value, at) =>
    gate.derive([value], (amount) => toBase(gate, amount * discountFactor(at + 1)), { unit: 'gbp' }),
  )
  return table(
    gate,
    `budget-${service.code}`,
    `Budget impact over five years, ${serviceWords(service)}`,
    [
      ['year', 'Year', 'text'],
      ['people', 'People who join', 'number'],
      ['own', 'The service itself', 'money'],
      ['care', 'Change in other care', 'money'],
      ['net', 'Net', 'money'],
      ['present', 'Net, discounted', 'money'],
      ['cumulative', 'Discounted, added up', 'money'],
    ],
    YEARS.map((year, at) => ({
      year: gate.label(String(year)),
      people: gate.fact(people),
      own: own(year),
      care,
      net: net[at] ?? care,
      present: present[at] ?? care,
      cumulative: gate.derive(present.slice(0, year), (...amounts) => amounts.reduce((sum, it) => sum + it, 0), {
        unit: 'gbp',
      }),
    })),
    [
      say`Below zero is less cost. As many join every year as the service says; each person’s change is counted for the year after joining and not beyond; all of it is counted as if it were the service’s doing, which nothing here shows. Set-up is met in the first year. Discounted at 3.5% a year after the first.`,
    ],
  )
}
