import { beforeAll, expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

let analysis: Analysis
beforeAll(async () => {
  analysis = await analysisOf(
    careSettings(),
    careExports([
      ...alike(12, 'a', { referred: '2024-01-01', left: '2024-02-20' }),
      ...alike(10, 'b', { referred: '2024-02-01' }),
      ...alike(9, 'c', { referred: '2024-04-02', left: '2024-06-30', contacts: [] }),
    ]),
  )
})

const report = (policy: 'internal' | 'hes-7/5' = 'internal') =>
  reportsOf(analysis, policy).find((it) => it.audience === 'service')

it('N29: who came and what happened, a row a month: referred, begun, seen first, ended, still open; nobody is lost between rows', () => {
  expect(tableOf(report(), 'came').slice(0, 6)).toEqual([
    // the first contact of the ten is recorded before their referral: it stays in the month it is recorded in
    ['2024-01', '12', '0', '12', '12', '0', '12'],
    ['2024-02', '10', '0', '10', '0', '12', '10'],
    ['2024-03', '0', '0', '0', '0', '0', '10'],
    ['2024-04', '9', '0', '9', '0', '0', '19'],
    ['2024-05', '0', '0', '0', '0', '0', '19'],
    ['2024-06', '0', '0', '0', '0', '9', '10'],
  ])
  let open = 0
  for (const [, , , began, , ended, after] of tableOf(report(), 'came')) {
    open += Number(began) - Number(ended)
    expect(Number(after)).toBe(open)
  }
})

it('N29: timelines have one row a person, under a number of the store’s own, and are never released', () => {
  const rows = tableOf(report(), 'timelines')
  // only those who were seen after they were referred have a day from which months count
  expect(rows).toHaveLength(12)
  expect(rows[0]?.[0]).toMatch(/^P\d+$/)
  expect(rows[0]?.join(' ')).toMatch(/0: ReQoL-10 15/)
  expect(() => tableOf(report('hes-7/5'), 'timelines')).toThrow()
})
