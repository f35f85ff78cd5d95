import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../src/domain/operator-error.ts'
import { bundledPriceIndex, bundledUnitCosts } from '../../src/economics/bundled.ts'
import { costDifference } from '../../src/economics/cost-difference.ts'
import type { CostResult, CostSplit, PenceRange } from '../../src/economics/cost-result.ts'
import { costUsage } from '../../src/economics/cost-usage.ts'
import type { PersonCost } from '../../src/economics/person-costs.ts'
import type { ProgrammeCost } from '../../src/economics/programme-cost.ts'
import type { UnitCost } from '../../src/economics/unit-cost.ts'
import { EVENT_TYPES } from '../../src/usage/event-types.ts'
import type { UsagePersonRow } from '../../src/usage/usage-result.ts'
import { onlyDrawn, table } from '../table.ts'

const nhscii = bundledPriceIndex('nhscii')
const deflator = bundledPriceIndex('gdp_deflator')

const rows = (drawing: string) =>
  table(drawing).map((row) => ({ bed_days_before: 0, bed_days_after: 0, ...row })) as unknown as UsagePersonRow[]

// 365.25 and 730.5 days are one and two years, so that a clinician can check the sums in the head.
const THREE_PEOPLE = rows(`
  person_key | event_type              | days_before | days_after | events_before | events_after | bed_days_before | bed_days_after
  -----------+-------------------------+-------------+------------+---------------+--------------+-----------------+---------------
  1          | ae_mental_health        | 365.25      | 365.25     | 5             | 2            | 0               | 0
  1          | admission_mental_health | 365.25      | 365.25     | 1             | 0            | 10              | 0
  1          | gp                      | 365.25      | 365.25     | 3             | 4            | 0               | 0
  1          | s136                    | 365.25      | 365.25     | 2             | 1            | 0               | 0
  2          | ae_mental_health        | 365.25      | 365.25     | 0             | 1            | 0               | 0
  2          | admission_mental_health | 365.25      | 365.25     | 0             | 0            | 0               | 0
  2          | gp                      | 365.25      | 365.25     | 1             | 1            | 0               | 0
  2          | s136                    | 365.25      | 365.25     | 0             | 0            | 0               | 0
  3          | ae_mental_health        | 365.25      | 0          | 9             | 0            | 0               | 0
  3          | admission_mental_health | 365.25      | 0          | 0             | 0            | 0               | 0
  3          | gp                      | 365.25      | 0          | 0             | 0            | 0               | 0
  3          | s136                    | 365.25      | 0          | 0             | 0            | 0               | 0
`)

function cost(over: Partial<Parameters<typeof costUsage>[0]> = {}): CostResult {
  return costUsage({
    rows: THREE_PEOPLE,
    unit_costs: bundledUnitCosts(),
    price_year: '2024/25',
    index: nhscii,
    programme: null,
    bootstrap: { replicates: 199, seed: 'test' },
    ...over,
  })
}

const flat = (result: CostResult) =>
  result.lines.map((line) => ({
    ...line,
    before: line.cost_before?.central_pence ?? null,
    after: line.cost_after?.central_pence ?? null,
  }))

describe('every pound opens to quantity × unit cost', () => {
  it('prices events by the event, a stay by its bed days, and nothing without a price', () => {
    const drawing = `
      item                            | quantity_before | quantity_after | before           | after       | not_costed_reason
      --------------------------------+-----------------+----------------+------------------+-------------+------------------
      ae_mental_health                | 5               | 3              | 140000           | 84000       |
      bed_day:admission_mental_health | 10              | 0              | 564000           | 0           |
      s136                            | 2               | 1              |                  |             | no_unit_cost
      gp                              | 4               | 5              | 17600            | 22000       |
    `
    expect(onlyDrawn(flat(cost()), drawing)).toEqual(table(drawing))
  })

  it('keeps the range of a price: a GP visit is £40 to £48, its middle £44', () => {
    expect(cost().lines.find((line) => line.item === 'gp')?.cost_before).toEqual({
      low_pence: 4 * 4000,
      central_pence: 4 * 4400,
      high_pence: 4 * 4800,
    })
  })

  it('adds up to a total per person-year, over the two people with time on both sides', () => {
    expect(cost()).toMatchObject({
      n_people: 2,
      n_without_time: 1,
      person_years_before: 2,
      total: {
        cost_before: { central_pence: 140000 + 564000 + 17600 },
        cost_after: { central_pence: 84000 + 22000 },
        cost_per_person_year_before_pence: 721600 / 2,
        cost_per_person_year_after_pence: 106000 / 2,
        difference_per_person_year_pence: (106000 - 721600) / 2,
      },
      headline: { difference_per_person_year_pence: -307800, without_largest_person_pence: 28000 },
      concentration: { n_people_in_top_5_percent: 1, top_5_percent_share_before: 717200 / 721600 },
    })
  })

  it('uprates a price of 2021/22 by the rises since, and says a figure is provisional', () => {
    const away = rows(`
      person_key | event_type            | days_before | days_after | events_before | events_after | bed_days_before | bed_days_after
      -----------+-----------------------+-------------+------------+---------------+--------------+-----------------+---------------
      1          | admission_out_of_area | 365         | 365        | 1             | 0            | 7               | 0
    `)
    const result = cost({ rows: away })
    const price = Math.round(62000 * 1.0732 * 1.0247 * 1.0402)
    expect(result.lines[0]?.cost_before?.central_pence).toBe(7 * price)
    expect(result.lines[0]?.unit_cost).toMatchObject({ price_year: '2021/22', cash_releasing: 'cashable' })
    expect(result.basis).toMatchObject({ index_edition: '2025', provisional_years: ['2024/25'], forecast_years: [] })
  })

  it('a stay is costed by the stay only where no bed day has a price, and never twice', () => {
    const perStay = { ...(bundledUnitCosts().find((it) => it.unit_cost_id === 'long_stay') as UnitCost) }
    const mental: UnitCost[] = [...bundledUnitCosts(), { ...perStay, event_type: 'admission_mental_health' }]
    const both = cost({ unit_costs: mental })
    expect(both.total?.cost_before.central_pence).toBe(721600)
    expect(both.unused_unit_cost_ids).toEqual(['long_stay'])
    const without = mental.filter((it) => it.event_type !== 'bed_day:admission_mental_health')
    expect(flat(cost({ unit_costs: without }))[1]).toMatchObject({ item: 'admission_mental_health', before: 539500 })
  })

  it('a price whose year the index does not reach is left out and says so; the other index reaches it', () => {
    const police = THREE_PEOPLE.map((row) => ({
      ...row,
      event_type: row.event_type === 'gp' ? 'police' : row.event_type,
    }))
    const line = (result: CostResult) => flat(result).find((it) => it.item === 'police')
    expect(line(cost({ rows: police }))).toMatchObject({ not_costed_reason: 'price_year_not_in_index', before: null })
    expect(line(cost({ rows: police, index: deflator }))).toMatchObject({
      before: 4 * Math.round((52200 * 100) / 70.3261),
    })
  })

  it('another source’s price stands beside the one used and changes no cost: £410 of 2011/12 is £583 by the deflator', () => {
    const beds = (index: typeof nhscii) =>
      cost({ index }).lines.find((it) => it.item === 'bed_day:admission_mental_health')
    expect(beds(deflator)?.alternatives.map((it) => it.price.unit_cost?.central_pence)).toEqual([58300])
    expect(beds(deflator)?.cost_before?.central_pence).toBe(10 * 56400)
    expect(beds(nhscii)?.alternatives.map((it) => it.not_costed_reason)).toEqual(['price_year_not_in_index'])
  })

  it('police are in the total of all sectors and not in the headline', () => {
    const police = THREE_PEOPLE.map((row) => ({
      ...row,
      event_type: row.event_type === 'gp' ? 'police' : row.event_type,
    }))
    const result = cost({ rows: police, index: deflator })
    expect(result.by_sector.map((it) => it.key)).toEqual(['nhs_pss', 'other_public'])
    const nhs = result.by_sector[0]?.difference_per_person_year_pence
    expect(result.headline.difference_per_person_year_pence).toBe(nhs)
    expect(result.all_sectors.difference_per_person_year_pence).not.toBe(nhs)
  })

  it('with no price for anything the change is unknown, not nought', () => {
    const calls = THREE_PEOPLE.map((row) => ({ ...row, event_type: 'crisis_line' })).filter((_, i) => i % 4 === 0)
    expect(cost({ rows: calls })).toMatchObject({
      total: null,
      by_payer: [],
      headline: { difference_per_person_year_pence: null, reason: 'nothing here has a unit cost' },
    })
  })

  it('refuses a price year that the index does not have', () => {
    expect(() => cost({ price_year: '2031/32' })).toThrow(OperatorError)
    expect(() => cost({ price_year: '2031/32' })).toThrow('has no figure for 2031/32; it runs from 2014/15 to 2024/25')
  })
})

describe('the interval takes people, not pounds, as its units', () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, person_key) => ({
      ...(THREE_PEOPLE[0] as UsagePersonRow),
      person_key,
      events_before: person_key % 7,
      events_after: person_key % 3,
    }))

  it.each([
    [5, 'none', 'there are fewer than 6 people'],
    [6, 'percentile', null],
    [19, 'percentile', null],
    [20, 'bca', null],
    [5001, 'normal', null],
  ])('%d people: %s', (n, interval_method, reason) => {
    expect(cost({ rows: many(n) }).headline).toMatchObject({ interval_method, reason })
  })

  it('above 5,000 people the normal interval stands in for the bootstrap, and is as wide to 1% and in the same place', () => {
    const people = (n: number): PersonCost[] =>
      Array.from({ length: n }, (_, at) => ({
        ...{ person_key: at, years_before: 1, years_after: 0.5 + (at % 5) / 8 },
        before: { low_pence: 0, central_pence: 20_000 * (at % 7), high_pence: 0 } as PenceRange,
        after: { low_pence: 0, central_pence: 30_000 * (at % 3), high_pence: 0 } as PenceRange,
      }))
    const ends = (n: number, replicates: number) => {
      const found = costDifference(people(n), { replicates, seed: 'large' })
      return [found.ci95_low_pence as number, found.ci95_high_pence as number] as const
    }
    const [resampled, normal] = [ends(5000, 40_000), ends(5001, 99)]
    const width = resampled[1] - resampled[0]
    expect(Math.abs((normal[1] - normal[0]) / width - 1)).toBeLessThan(0.01)
    for (const end of [0, 1] as const) expect(Math.abs(normal[end] - resampled[end]) / width).toBeLessThan(0.01)
  })

  it('is the same for the same seed, and holds the difference', () => {
    const { headline } = cost({ rows: many(40) })
    expect(cost({ rows: [...many(40)].reverse() }).headline).toEqual(headline)
    expect(headline.ci95_low_pence).toBeLessThan(headline.difference_per_person_year_pence as number)
    expect(headline.ci95_high_pence).toBeGreaterThan(headline.difference_per_person_year_pence as number)
  })

  it('with no one there, nothing is said', () => {
    expect(cost({ rows: [] })).toMatchObject({
      n_people: 0,
      lines: [],
      headline: { difference_per_person_year_pence: null },
    })
  })
})

describe('the service’s own cost stands beside the change', () => {
  const programme: ProgrammeCost = { cost_per_person_gbp: 1000, price_year: '2024/25', source: 'Finance team' }

  it('net is service cost plus change; the break-even share is service cost over the fall', () => {
    expect(cost({ programme }).programme).toMatchObject({
      cost_per_person_pence: 100000,
      net_per_person_pence: 100000 - 307800,
      break_even_share: 100000 / 307800,
    })
  })

  it('may be a cost for a year and its people, at an older price', () => {
    const yearly = { cost_per_year_gbp: 90000, people_per_year: 60, price_year: '2023/24', source: 'Finance team' }
    expect(cost({ programme: yearly }).programme.cost_per_person_pence).toBe(Math.round(150000 * 1.0402))
  })

  it('has no break-even share when cost did not fall', () => {
    const risen = THREE_PEOPLE.map((row) => ({
      ...row,
      events_before: row.events_after,
      events_after: row.events_before,
      bed_days_before: row.bed_days_after,
      bed_days_after: row.bed_days_before,
    }))
    expect(cost({ rows: risen, programme }).programme).toMatchObject({
      net_per_person_pence: 100000 + 307800,
      break_even_share: null,
    })
  })

  it.each([
    [null, false, 'service cost not supplied'],
    [
      { ...programme, price_year: '2009/10' },
      true,
      'the price index has no figure for 2009/10, so the service cost cannot be uprated',
    ],
  ])('without a usable figure it says so', (given, is_supplied, reason) => {
    expect(cost({ programme: given }).programme).toMatchObject({ is_supplied, reason, net_per_person_pence: null })
  })
})

describe('whatever the use', () => {
  const types = EVENT_TYPES.map((type) => type.id)
  const usage = fc.array(
    fc.record({
      person_key: fc.integer({ min: 1, max: 6 }),
      event_type: fc.constantFrom(...types),
      events_before: fc.integer({ min: 0, max: 50 }),
      events_after: fc.integer({ min: 0, max: 50 }),
      bed_days_before: fc.integer({ min: 0, max: 365 }),
      bed_days_after: fc.integer({ min: 0, max: 365 }),
    }),
    { maxLength: 25 },
  )
  const onePerType = (drawn: readonly Omit<UsagePersonRow, 'days_before' | 'days_after'>[]) => [
    ...new Map(
      drawn.map((row) => [`${row.person_key} ${row.event_type}`, { ...row, days_before: 365, days_after: 300 }]),
    ).values(),
  ]

  it('the splits by payer and by sector add up to the total to the penny, at every end of the range', () => {
    fc.assert(
      fc.property(usage, (drawn) => {
        const result = cost({ rows: onePerType(drawn), index: deflator, bootstrap: { replicates: 99, seed: 'x' } })
        for (const by of [result.by_payer, result.by_sector]) {
          for (const price of ['low_pence', 'central_pence', 'high_pence'] as const) {
            expect(summed(by, 'cost_before', price)).toBe(result.total?.cost_before[price] ?? 0)
            expect(summed(by, 'cost_after', price)).toBe(result.total?.cost_after[price] ?? 0)
          }
        }
      }),
      { numRuns: 60, seed: 11 },
    )
  })

  it('every line is events or bed days times its printed price', () => {
    fc.assert(
      fc.property(usage, (drawn) => {
        for (const line of cost({ rows: onePerType(drawn), bootstrap: { replicates: 99, seed: 'x' } }).lines) {
          const price = line.unit_cost?.unit_cost?.central_pence
          expect(line.cost_before?.central_pence).toBe(price === undefined ? undefined : price * line.quantity_before)
          expect(line.not_costed_reason === null).toBe(price !== undefined)
        }
      }),
      { numRuns: 60, seed: 12 },
    )
  })

  it('before and after swapped turn the difference round', () => {
    fc.assert(
      fc.property(usage, (drawn) => {
        const one = onePerType(drawn).map((row) => ({ ...row, days_after: 365 }))
        const other = one.map((row) => ({
          ...row,
          events_before: row.events_after,
          events_after: row.events_before,
          bed_days_before: row.bed_days_after,
          bed_days_after: row.bed_days_before,
        }))
        const [a, b] = [one, other].map((it) => cost({ rows: it, bootstrap: { replicates: 99, seed: 'x' } }).headline)
        expect((a?.difference_per_person_year_pence ?? 0) + (b?.difference_per_person_year_pence ?? 0)).toBe(0)
      }),
      { numRuns: 60, seed: 13 },
    )
  })
})

function summed(
  splits: readonly CostSplit<string>[],
  period: 'cost_before' | 'cost_after',
  price: 'low_pence' | 'central_pence' | 'high_pence',
): number {
  return splits.reduce((sum, split) => sum + split[period][price], 0)
}
