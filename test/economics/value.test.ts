import { describe, expect, it } from 'vitest'
import type { Pence } from '../../src/domain/money.ts'
import { type ValueInput, valueForMoney } from '../../src/economics/value-for-money.ts'

const DAYS = 365
const pounds = (amount: number) => {
  const pence = (100 * amount) as Pence
  return { low_pence: pence, central_pence: pence, high_pence: pence }
}

/** `n` people whose care cost £1,000 before and £600 after, and who rose from 0.4 to 0.6 at half a year. */
function input(n: number, change: Partial<ValueInput> = {}): ValueInput {
  const people = Array.from({ length: n }, (_, person_key) => person_key)
  return {
    costs: people.map((person_key) => ({
      person_key,
      years_before: DAYS / 365.25,
      years_after: DAYS / 365.25,
      before: pounds(1000),
      after: pounds(600),
    })),
    items: [],
    utilities: people.map((person_key) => ({
      person_key,
      death_day: null,
      points: [
        { days_from_index: 0, utility: 0.4 },
        { days_from_index: 182.5, utility: 0.6 },
      ],
    })),
    utility_source: 'EQ-5D-5L, value set UK 2026 (Rowen)',
    programme_per_person_pence: 150_000,
    whole_window_days: DAYS,
    rule: { horizon_days: DAYS, persistence: 'full', baseline_within_days: 42 },
    thresholds: [20_000, 30_000],
    bootstrap: { replicates: 300, seed: 'value' },
    ...change,
  }
}

/** Ramp over half a year, then the gain for the other half. */
const QALYS = (0.2 / 2) * (182.5 / 365.25) + 0.2 * (182.5 / 365.25)

describe('worked by hand', () => {
  it('QALYs at £20,000 less the service and plus the care no longer used', () => {
    const found = valueForMoney(input(30))
    const pair = found.cea?.pairs[0]
    expect(pair?.delta_cost).toBeCloseTo(1500 - 400, 6)
    expect(pair?.delta_effect).toBeCloseTo(QALYS, 10)
    expect(pair?.icer).toBeCloseTo(1100 / QALYS, 6)
    const at = found.cea?.wtp.find((it) => it.wtp === 20_000)
    expect(Object.values(at?.eib ?? {})[0]).toBeCloseTo(20_000 * QALYS - 1100, 6)
  })

  it('the cost of the service at which nothing is gained: net benefit is nought there', () => {
    const found = valueForMoney(input(30))
    expect(found.programme_cost_at_no_benefit).toBeCloseTo(20_000 * QALYS + 400, 6)
    const there = valueForMoney(
      input(30, { programme_per_person_pence: 100 * (found.programme_cost_at_no_benefit ?? 0) }),
    )
    expect(there.scenarios[0]?.net_benefit).toBeCloseTo(0, 6)
  })

  it.each([
    ['base', 1100, QALYS],
    ['persistence_none', 1100, (0.2 / 2) * (182.5 / 365.25)],
    ['persistence_fades', 1100, 0.2 * (182.5 / 365.25)],
    ['half', 1500 - 200, QALYS / 2],
    ['quarter', 1500 - 100, QALYS / 4],
    ['qaly_only', 1500, QALYS],
  ])('scenario %s: £%d dearer', (id, cost, qaly) => {
    const found = valueForMoney(input(30)).scenarios.find((it) => it.scenario_id === id)
    expect(found?.delta_cost).toBeCloseTo(cost as number, 6)
    expect(found?.delta_qaly).toBeCloseTo(qaly as number, 10)
    expect(found?.net_benefit).toBeCloseTo(20_000 * (qaly as number) - (cost as number), 5)
  })

  it('what is varied alone moves the net benefit by its own share, and the widest comes first', () => {
    const costs = input(30).costs
    const item = (by: number) => costs.map((it) => ({ ...it, before: pounds(1000 * by), after: pounds(600 * by) }))
    const found = valueForMoney(
      input(30, {
        items: [
          { label: 'A&E', low_label: '-25%', high_label: '+25%', low: item(0.75), central: costs, high: item(1.25) },
        ],
      }),
    )
    const base = 20_000 * QALYS - 1100
    const swing = found.swings.find((it) => it.label === 'A&E')
    // a fall of £400 is £300 at three quarters of the price, and £500 at five quarters
    expect(swing?.net_benefit_low).toBeCloseTo(base - 100, 6)
    expect(swing?.net_benefit_high).toBeCloseTo(base + 100, 6)
    expect(swing?.n_people).toBe(30)
    const widths = found.swings.map((it) => Math.abs(it.net_benefit_high - it.net_benefit_low))
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  })
})

describe('who is counted', () => {
  it('people cut short on one side, without a utility at joining, or without a later one are counted out step by step', () => {
    const given = input(40)
    const found = valueForMoney({
      ...given,
      costs: given.costs.map((it) => (it.person_key < 5 ? { ...it, years_after: 0.5 } : it)),
      utilities: given.utilities
        .filter((it) => it.person_key >= 8)
        .map((it) => (it.person_key < 15 ? { ...it, points: it.points.slice(0, 1) } : it)),
    })
    expect(found.flow).toEqual({ n_with_time: 40, n_whole: 35, n_baseline: 32, n_counted: 25 })
  })

  it('the dead are counted, with what their care cost until then', () => {
    const given = input(30)
    const found = valueForMoney({
      ...given,
      costs: given.costs.map((it) =>
        it.person_key === 0 ? { ...it, years_after: 100 / 365.25, after: pounds(0) } : it,
      ),
      utilities: given.utilities.map((it) =>
        it.person_key === 0 ? { ...it, death_day: 100, points: it.points.slice(0, 1) } : it,
      ),
    })
    expect(found.flow).toEqual({ n_with_time: 30, n_whole: 30, n_baseline: 30, n_counted: 30 })
    const pair = found.cea?.pairs[0]
    expect(pair?.delta_cost).toBeCloseTo(1500 - (29 * 400 + 1000) / 30, 6)
    expect(pair?.delta_effect).toBeCloseTo((29 * QALYS + (0.4 * (100 - DAYS)) / 365.25) / 30, 10)
  })

  it.each([
    ['no_utilities', { utilities: [] }],
    ['no_programme_cost', { programme_per_person_pence: null }],
  ] as const)('nothing is said of value: %s', (reason, change) => {
    const found = valueForMoney(input(30, change))
    expect([found.reason, found.cea, found.scenarios]).toEqual([reason, null, []])
  })

  it('nor of fewer than 20 people', () => {
    expect(valueForMoney(input(19)).reason).toBe('fewer_than_20_people')
    expect(valueForMoney(input(20)).reason).toBeNull()
  })
})
