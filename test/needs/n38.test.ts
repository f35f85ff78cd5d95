import { expect, it } from 'vitest'
import { alike } from './care-project.ts'
import { costExports, costSettings, JOINERS, type UseOfOne } from './cost-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const USES: readonly UseOfOne[] = [{ type: 'AE', before: 3, after: 1 }]

/** Thirty with two scores and twelve with one. */
const PEOPLE = [...JOINERS, ...alike(12, 'q', { scores: [[10, 'reqol-10', 15]] })]

it('N38: outcomes and costs stand on one page, and both denominators are reconciled in words', async () => {
  const analysis = await analysisOf(costSettings(USES), costExports(USES, PEOPLE))
  const [page] = reportsOf(analysis).filter((it) => it.id === 'commissioner')
  const section = page?.sections.find((it) => it.id === 'outcomes')
  expect(section?.lead.text).toContain(
    'The team: cost is counted for 30 people who also have two scores of ReQoL-10, and for 12 who have not; 0 have two scores, but no time',
  )
  // Scores rise from 15 by 4 to 8: by 6 on average. Every one of the people went from three attendances to one.
  const perYear = (pence: number, days: number) => Math.round((pence / days) * 365.25)
  const change = Math.round((perYear(28_000, 366) - perYear(3 * 28_000, 365)) / 100)
  const [row] = tableOf(page, 'joined')
  expect(row?.slice(2, 6)).toEqual(['42', '30', '30', '6.0'])
  expect(row?.[6]?.replace(/\D/g, '')).toBe(String(-change))
  expect(tableOf(page, 'outcomes')).toHaveLength(1)
  expect(page?.sections.some((it) => it.id === 'cost-team')).toBe(true)
})

it('N38: where only a few with cost have no outcome, the cost of those with both is withheld: it would be theirs by subtraction', async () => {
  const people = [...JOINERS, ...alike(3, 'q', { scores: [] })]
  const analysis = await analysisOf(costSettings(USES), costExports(USES, people))
  expect(analysis.usage[0]?.joined).toMatchObject({ n_both: 30, n_cost_only: 3, n_outcome_only: 0 })
  const [page] = reportsOf(analysis, 'hes-7/5').filter((it) => it.id === 'commissioner')
  expect(tableOf(page, 'joined')[0]?.slice(2)).toEqual(['*', '30', '30', '6.0', '*', '*'])
})
