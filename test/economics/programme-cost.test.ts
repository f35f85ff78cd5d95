import { describe, expect, it } from 'vitest'
import { bundledPriceIndex, bundledUnitCosts } from '../../src/economics/bundled.ts'
import { type ProgrammeCost, priceProgramme } from '../../src/economics/programme-cost.ts'
import { onlyDrawn, table } from '../table.ts'

const price = (programme: ProgrammeCost, year = '2024/25') =>
  priceProgramme(programme, bundledUnitCosts(), bundledPriceIndex('nhscii'), year)

const PARTS: ProgrammeCost = {
  people_per_year: 50,
  staff: [{ role: 'Therapist', hours_per_year: 1000, band: '7' }],
  groups: [
    {
      ...{ name: 'Skills group', facilitators: 2, hours: 3, sessions_per_year: 40, attendees: 8 },
      ...{ rate_gbp: 50, source: 'Finance team' },
    },
  ],
  rooms: [{ name: 'Hall', hours_per_year: 120, rate_gbp: 20, source: 'Lease' }],
  set_up: [{ name: 'Training', cost_gbp: 3000, years: 1, source: 'Invoice' }],
  price_year: '2024/25',
  source: 'Finance team',
}

describe('what a service itself costs, by its parts', () => {
  it('hours × rate, a group by its sessions and the cost of a place, rooms, set-up; band 7 is £68 in 2023/24, £70.73 in 2024/25', () => {
    const drawing = `
      kind   | label        | quantity   | rate_pence | cost_per_year_pence | cost_per_attendance_pence
      -------+--------------+------------+------------+---------------------+--------------------------
      staff  | Therapist    | 1000       | 7073       | 7073000             |
      group  | Skills group | 240        | 5000       | 1200000             | 3750
      room   | Hall         | 120        | 2000       | 240000              |
      set_up | Training     | 1          | 300000     | 300000              |
    `
    const { parts, cost_per_person_pence, running_per_year_pence, set_up_pence } = price(PARTS)
    expect(onlyDrawn(parts, drawing)).toEqual(table(drawing))
    expect(cost_per_person_pence).toBe((7073000 + 1200000 + 240000 + 300000) / 50)
    expect([running_per_year_pence, set_up_pence]).toEqual([7073000 + 1200000 + 240000, 300000])
    expect(parts[0]?.source).toBe('PSSRU, Unit Costs of Health and Social Care, 2024, table 8.2.1')
  })

  it('overheads are on top of staff hours, and of nothing else', () => {
    const { parts } = price({ ...PARTS, overheads: 0.2 })
    expect(parts.map((it) => it.rate_pence)).toEqual([Math.round(7073 * 1.2), 6000, 2000, 300000])
  })

  it('set-up is spread over the years it serves, with interest of 3.5%: £3,000 over 3 years is £1,034.61 a year', () => {
    const set_up = [{ name: 'Training', cost_gbp: 3000, years: 3, source: 'Invoice' }]
    expect(price({ ...PARTS, set_up }).parts.at(-1)?.cost_per_year_pence).toBe(
      Math.round(300000 / (1 + 1 / 1.035 + 1 / 1.035 ** 2)),
    )
  })

  it('a part without a price leaves the whole unknown, with the reason: nothing is taken to be free', () => {
    const staff = [{ role: 'Consultant', hours_per_year: 100, band: '9' }]
    expect(price({ ...PARTS, staff })).toMatchObject({
      cost_per_person_pence: null,
      reason: 'Consultant: band 9 has no price of an hour',
    })
  })

  it('a rate of the service’s own is uprated from the price year given, a band’s from the year of its table', () => {
    const { parts, factor } = price({ ...PARTS, price_year: '2023/24' })
    expect(factor).toBeCloseTo(1.0402, 10)
    expect(parts.slice(0, 2).map((it) => it.rate_pence)).toEqual([7073, 5201])
  })
})

describe('what a service itself costs, in one figure', () => {
  it('for a person; with the people of a year the cost of a year is known too', () => {
    const one = { cost_per_person_gbp: 1000, price_year: '2024/25', source: 'Finance team' }
    expect(price(one)).toMatchObject({ cost_per_person_pence: 100000, running_per_year_pence: null })
    expect(price({ ...one, people_per_year: 30 })).toMatchObject({ running_per_year_pence: 3000000, parts: [] })
  })
})
