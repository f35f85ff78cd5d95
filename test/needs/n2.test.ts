import { expect, it } from 'vitest'
import { moneyFigures } from '../../pipelines/money-figures.ts'
import { traceFigure } from '../../pipelines/trace-figure.ts'
import { costExports, costSettings, type UseOfOne } from './cost-project.ts'
import { reportsOf, storedAnalysis, tableOf } from './project-room.ts'

const USES: readonly UseOfOne[] = [
  { type: 'AE', before: 3, after: 1 },
  { type: 'BED', before: 2, after: 1, people: 12 },
  { type: 'AMB', before: 1, after: 1 },
]
const PROGRAMME = `
programmes:
  - service: team
    people_per_year: 30
    price_year: 2024/25
    source: Finance team
    staff: [{ role: Peer workers, hours_per_year: 300, rate_gbp: 20, source: Payroll }]
    set_up: [{ name: Training, cost_gbp: 3000, years: 1, source: Invoice }]
`

it('N2: cost before and after against the programme’s own, net, interval and break-even; every pound walks to rows and adds up', async () => {
  await storedAnalysis(costSettings(USES, PROGRAMME), costExports(USES), async (analysis, store) => {
    const { cost } = analysis.usage[0] ?? {}
    // 30 people × 3 attendances × £280, 12 × 20 bed days × £564, 30 call-outs × £340.23; the year before has 365 days.
    const call = Math.round((32_700 * 100) / 96.1117)
    const before = 30 * 3 * 28_000 + 12 * 20 * 56_400 + 30 * call
    expect(cost?.lines.map((it) => it.quantity_before)).toEqual([90, 240, 30])
    expect(cost?.headline.cost_per_person_year_before_pence).toBe(Math.round(before / ((30 * 365) / 365.25)))
    // £20 × 300 hours and £3,000, over 30 people.
    expect(cost?.programme).toMatchObject({ cost_per_person_pence: 30_000, people_per_year: 30, set_up_pence: 300_000 })
    const change = cost?.headline.difference_per_person_year_pence ?? 0
    expect(cost?.programme.net_per_person_pence).toBe(30_000 + change)
    expect(cost?.programme.break_even_share).toBeCloseTo(30_000 / -change, 12)
    expect(cost?.headline.interval_method).toBe('bca')
    // Everything happened within six months of joining: half the window has all of it, in half the time (184 and 182 days).
    const half = cost?.scenarios.find((it) => it.scenario_id === 'half_window')
    const after = 30 * 28_000 + 12 * 10 * 56_400 + 30 * call
    const perYear = (pence: number, days: number) => Math.round(pence / ((30 * days) / 365.25))
    expect(half?.difference_per_person_year_pence).toBe(perYear(after, 182) - perYear(before, 184))
    expect(half?.programme_per_person_pence).toBe(30_000)

    const documents = reportsOf(analysis)
    const figures = moneyFigures(analysis, documents)
    const traced = await Promise.all(figures.map((it) => traceFigure(store.kysely, it)))
    expect(traced.length).toBeGreaterThan(40)
    expect(traced.filter((it) => !it.adds_up).map((it) => it.metric)).toEqual([])
    const beds = traced.find((it) => it.metric === 'commissioner/cost-categories-team/2/before')?.parts[0]
    expect(beds).toMatchObject({ quantity: 240, price_year: '2024/25', payer: 'mental_health_trust', unit: 'bed day' })
    expect(beds?.rows).toHaveLength(24)
    expect(beds?.rows[0]).toMatchObject({ file_name: 'use.csv', days: 10 })

    // One attendance taken from the store: what rests on it no longer adds up.
    store.sqlite.exec("delete from int_events_resolved where event_type = 'ae_mental_health'")
    const broken = await Promise.all(figures.map((it) => traceFigure(store.kysely, it)))
    expect(broken.some((it) => !it.adds_up)).toBe(true)
  })
})

it('N2: without the programme’s own cost the page says gross in so many words, and shows no net', async () => {
  await storedAnalysis(costSettings(USES), costExports(USES), (analysis) => {
    const commissioner = reportsOf(analysis).find((it) => it.id === 'commissioner')
    expect(commissioner?.headlines[0]?.detail.text).toContain('the service’s own cost was not supplied')
    expect(tableOf(commissioner, 'cost-summary-team').map((row) => row[1])).toContain('service cost not supplied')
    expect(commissioner?.sections.flatMap((it) => it.figures).some((it) => it.chart === 'tornado')).toBe(false)
  })
})
