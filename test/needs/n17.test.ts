import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

const PEOPLE = [...alike(20, 'seen', { contacts: ['A', 'A', 'A'] }), ...alike(15, 'once', { contacts: ['A'] })]

it('N17: nobody is left out for attending too few times unless the project says so, and what that would do is shown', async () => {
  const analysis = await analysisOf(careSettings(), careExports(PEOPLE))
  expect(serviceOf(analysis, 'team').outcomes[0]?.summary.funnel.n_paired).toBe(35)
  const [report] = reportsOf(analysis)
  expect(report?.cohort.map((it) => it.text)).toContain('Nobody is left out for attending too few times.')
  expect(tableOf(report, 'contacts-minimum').map((row) => row.slice(0, 3))).toEqual([
    ['Everyone', '35', '35'],
    ['Those with 2 or more attended contacts', '20', '20'],
  ])
})

it('N17: with a minimum of three contacts the outcomes are of those who had three, and the report says so at its head', async () => {
  const analysis = await analysisOf(careSettings('rules: { min_contacts: 3 }'), careExports(PEOPLE))
  expect(serviceOf(analysis, 'team').outcomes[0]?.summary.funnel).toMatchObject({ n_eligible: 20, n_paired: 20 })
  const [report] = reportsOf(analysis)
  expect(report?.cohort.map((it) => it.text)).toContain(
    'Episodes with fewer than 3 attended contacts are left out of outcomes, where contacts were supplied.',
  )
  expect(tableOf(report, 'contacts-minimum').map((row) => row.slice(0, 3))).toEqual([
    ['Everyone', '35', '35'],
    ['Those with 3 or more attended contacts', '20', '20'],
  ])
})
