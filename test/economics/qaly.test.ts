import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PERSISTENCE, personQaly, type QalyRule, type UtilityPoint } from '../../src/economics/qaly.ts'
import { table } from '../table.ts'

const YEAR = 365.25
const RULE: QalyRule = { horizon_days: 365.25, persistence: 'none', baseline_within_days: 42 }

/** `0:0.4 182.625:0.6` */
function points(drawn: unknown): UtilityPoint[] {
  return String(drawn)
    .split(' ')
    .map((it) => it.split(':').map(Number))
    .map(([days_from_index = 0, utility = 0]) => ({ days_from_index, utility }))
}

describe('area under a person’s utilities over one year', () => {
  it.each(
    table(`
    case                                                        | utilities                | persistence | death   | qaly
    ------------------------------------------------------------+--------------------------+-------------+---------+--------
    unchanged                                                   | 0:0.5 365.25:0.5         | none        |         | 0.5
    half a year up to 0.7, measured to the end                  | 0:0.5 182.625:0.7 365.25:0.7 | none    |         | 0.65
    measured to half a year: the change ends there              | 0:0.5 182.625:0.7        | none        |         | 0.55
    the same, fading to nothing by the end                      | 0:0.5 182.625:0.7        | fades       |         | 0.6
    the same, staying                                           | 0:0.5 182.625:0.7        | full        |         | 0.65
    worse than dead counts below nought                         | 0:-0.2 365.25:-0.4       | none        |         | -0.3
    dead half-way, with the last utility kept until then        | 0:0.5 91.3125:0.5        | full        | 182.625 | 0.25
    a utility written down after death is not counted           | 0:0.5 91.3125:0.5 300:0.9 | full       | 182.625 | 0.25
    measured ten days before joining: holds on the day          | -10:0.5 365.25:0.7       | none        |         | 0.6
    measured thirty days after: holds on the day                | 30:0.5 365.25:0.7        | none        |         | 0.6
    `),
  )('$case: $qaly', ({ utilities, persistence, death, qaly }) => {
    const rule = { ...RULE, persistence: persistence as QalyRule['persistence'] }
    const found = personQaly(points(utilities), death as number | null, rule)
    expect(found.status === 'known' ? found.qaly : null).toBeCloseTo(qaly as number, 10)
  })

  it('visits at joining, half a year and a year weigh a quarter, a half and a quarter', () => {
    const utility = fc.integer({ min: -594, max: 1000 }).map((it) => it / 1000)
    fc.assert(
      fc.property(utility, utility, utility, (u0, u1, u2) => {
        const visits = [
          { days_from_index: 0, utility: u0 },
          { days_from_index: YEAR / 2, utility: u1 },
          { days_from_index: YEAR, utility: u2 },
        ]
        const found = personQaly(visits, null, RULE)
        expect(found.status === 'known' && found.qaly).toBeCloseTo(0.25 * u0 + 0.5 * u1 + 0.25 * u2, 10)
      }),
    )
  })

  it.each(
    table(`
    case                                                | utilities          | status
    ----------------------------------------------------+--------------------+------------------
    one form alone                                      | 0:0.5              | no_later_utility
    the first form is 43 days late                      | 43:0.5 300:0.6     | no_baseline
    the first form is 42 days late                      | 42:0.5 300:0.6     | known
    the second form is after the year                   | 0:0.5 366:0.6      | no_later_utility
    two forms before joining and none after             | -20:0.5 -3:0.6     | no_later_utility
    `),
  )('$case: $status', ({ utilities, status }) => {
    expect(personQaly(points(utilities), null, RULE).status).toBe(status)
  })

  it('of two forms as near to joining, the earlier is the one at joining', () => {
    const found = personQaly(points('-5:0.2 5:0.4 365.25:0.4'), null, RULE)
    expect(found.status === 'known' && found.baseline).toBe(0.2)
  })

  it('someone dead before the second form is counted: as at joining until then, and nought after', () => {
    const found = personQaly(points('0:0.5 200:0.6'), 100, RULE)
    expect(found.status === 'known' ? found.qaly : null).toBeCloseTo((0.5 * 100) / YEAR, 10)
  })

  it('a change that stays is worth at least one that fades, and that at least one that ends, when people got better', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 360 }), fc.integer({ min: 0, max: 500 }), (day, gain) => {
        const visits = [
          { days_from_index: 0, utility: 0.3 },
          { days_from_index: day, utility: 0.3 + gain / 1000 },
        ]
        const qalys = PERSISTENCE.map((persistence) => {
          const found = personQaly(visits, null, { ...RULE, persistence })
          return found.status === 'known' ? found.qaly : Number.NaN
        }) as [number, number, number]
        expect(qalys[1]).toBeGreaterThanOrEqual(qalys[0] - 1e-12)
        expect(qalys[2]).toBeGreaterThanOrEqual(qalys[1] - 1e-12)
      }),
    )
  })
})
