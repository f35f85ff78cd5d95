import { expect, it } from 'vitest'
import { bundledUnitCostsText } from '../../src/economics/bundled.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'
import { spread, useExports, useSettings } from './use-project.ts'

/**
 * Nothing is done to anybody: 117 attendances in every quarter, by 39 people, and 200 more in the quarter before joining, which is why
 * people joined. 317 before and 117 after is a fall of 63%, and 200 × £1,995.67 is £399,134.
 */
const PEOPLE = Array.from({ length: 120 }, (_, nth) => {
  const usual = nth % 3 === 0 && nth < 117 ? 3 : 0
  const quarters = [-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3]
  return {
    id: `p${nth}`,
    events: quarters.flatMap((quarter) =>
      spread(usual + (quarter === -1 && nth < 100 ? 2 : 0), quarter * 91 + 3, quarter * 91 + 85),
    ),
  }
})

const own = bundledUnitCostsText().replace(/^ae_mental_health,.*$/m, (line) =>
  line.replace('280,280', '1995.67,1995.67'),
)

it('N46: “63% reduction … £399,134”, three months against three, comes out again, and beside it twelve months, person-time and regression to the mean leave nothing of it', async () => {
  const analysis = await analysisOf(useSettings({ more: 'prices: { unit_costs: own.csv }' }), {
    ...useExports(PEOPLE),
    'own.csv': own,
  })
  const report = reportsOf(analysis).find((document) => document.id === 'evaluation-team')
  const rows = tableOf(report, 'short-window')
  expect(rows[0]?.[0]).toContain('317 and 117, which at £1,995.67 each come to £399,134 less')
  expect(rows.map((row) => row[1])).toEqual(['−63%', '−63%', '−30%', '0%', '0%'])
  const doubt = analysis.usage[0]?.doubts[0]
  expect(doubt?.excluded[0]?.ci95_jackknife?.[1]).toBeLessThan(1)
  expect(doubt?.expected?.remaining_ci95?.[0]).toBeLessThan(1)
  expect(doubt?.expected?.remaining_ci95?.[1]).toBeGreaterThan(1)
  expect(doubt?.verdict).toBe('fall_not_distinguishable_from_regression_to_the_mean')
  expect(report?.finding.text).toContain('cannot be told from people joining at their worst')
})
