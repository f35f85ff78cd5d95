import { expect, it } from 'vitest'
import { costExports, costSettings, type UseOfOne } from './cost-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const USES: readonly UseOfOne[] = [
  { type: 'AE', before: 3, after: 1 },
  { type: 'BED', before: 2, after: 1 },
  { type: 'AMB', before: 2, after: 1 },
  { type: 'GP', before: 1, after: 2 },
  { type: 'POL', before: 2, after: 1 },
]

it('N47: cost by payer adds up to the total to the penny; police stand in a panel of their own and not in the headline', async () => {
  const analysis = await analysisOf(costSettings(USES), costExports(USES))
  const { cost } = analysis.usage[0] ?? {}
  expect(cost?.by_payer.map((it) => it.key)).toEqual([
    'mental_health_trust',
    'acute_trust',
    'ambulance_trust',
    'primary_care',
    'police',
  ])
  for (const side of ['cost_before', 'cost_after'] as const) {
    const sum = cost?.by_payer.reduce((total, it) => total + it[side].central_pence, 0)
    expect(sum).toBe(cost?.total?.[side].central_pence)
    expect(cost?.by_sector.reduce((total, it) => total + it[side].central_pence, 0)).toBe(sum)
    expect(cost?.by_cash.reduce((total, it) => total + it[side].central_pence, 0)).toBe(sum)
  }
  const nhs = cost?.by_sector.find((it) => it.key === 'nhs_pss')
  expect(cost?.headline.cost_per_person_year_before_pence).toBe(nhs?.cost_per_person_year_before_pence)

  const commissioner = reportsOf(analysis).find((it) => it.id === 'commissioner')
  const sectors = tableOf(commissioner, 'cost-sectors-team')
  expect(sectors.map((row) => row[0])).toEqual([
    'NHS and personal social services',
    'Police and other public services',
    'All sectors',
  ])
  // 60 incidents at £522 of 2011/12 over 29.98 years: £742.26 each by the GDP deflator.
  const police = (60 * Math.round((52_200 * 100) / 70.3261)) / 100 / ((30 * 365) / 365.25)
  expect(sectors[1]?.[1]).toBe(`£${Math.round(police).toLocaleString('en-GB')}`)
})

it('N47: what less of it would release is told apart: cash only where beds are bought one by one', async () => {
  const uses: readonly UseOfOne[] = [
    { type: 'AE', before: 2, after: 1 },
    { type: 'AWAY', before: 2, after: 1 },
    { type: 'GP', before: 2, after: 2 },
  ]
  const analysis = await analysisOf(costSettings(uses), costExports(uses))
  const report = reportsOf(analysis).find((it) => it.id === 'commissioner')
  expect(tableOf(report, 'cost-cash-team').map((row) => row[0])).toEqual([
    'Can release cash',
    'Frees capacity, not cash',
    'Avoids a future cost',
  ])
  const away = Math.round((62_000 * 100) / 85.3036) / 100
  const years = { before: (30 * 365) / 365.25, after: (30 * 366) / 365.25 }
  const fall = Math.round((600 * away) / years.before) - Math.round((300 * away) / years.after)
  expect(tableOf(report, 'cost-cash-team')[0]?.[3]?.replace(/\D/g, '')).toBe(String(fall))
})

it('N47: a service that too few people used is withheld with its cost, its bar, its price’s bar and what it would release', async () => {
  const uses: readonly UseOfOne[] = [
    { type: 'AE', before: 3, after: 1 },
    { type: 'AMB', before: 2, after: 1 },
    { type: 'AWAY', before: 1, after: 1, people: 3 },
  ]
  const programme =
    'programmes: [{ service: team, cost_per_person_gbp: 500, people_per_year: 30, price_year: 2024/25, source: x }]'
  const analysis = await analysisOf(costSettings(uses, programme), costExports(uses))
  const [few] = (analysis.usage[0]?.cost.lines ?? []).filter((it) => it.event_type === 'admission_out_of_area')
  expect(few?.quantity_before).toBe(30)
  const report = reportsOf(analysis, 'hes-7/5').find((it) => it.id === 'commissioner')
  const section = report?.sections.find((it) => it.id === 'cost-team')
  const away = (id: string) => tableOf(report, id).filter((row) => row[0]?.toLowerCase().includes('out-of-area'))
  expect(tableOf(report, 'cost-cash-team')[0]).toEqual(['Can release cash', '*', '*', '*'])
  expect(away('cost-trace-team').map((row) => row.slice(1, 3))).toEqual([['*', '*']])
  // Its cost would be the total less the others: another type is withheld with it, and the two are added up.
  for (const [label] of [...away('cost-categories-team'), ...away('net-swings-team')]) expect(label).toContain(' and ')
  const bars = section?.figures.flatMap((it) => it.rows.map((row) => row.label?.text ?? '')) ?? []
  expect(bars.filter((it) => /out-of-area/i.test(it)).every((it) => it.includes(' and '))).toBe(true)
  const own = (1000 * Number(few?.cost_before?.central_pence)) / 100 / 1000
  const words = JSON.stringify([section?.lead.text, section?.figures.map((it) => [it.title.text, it.summary.text])])
  expect(words).not.toContain(Math.round(own).toLocaleString('en-GB'))
})
