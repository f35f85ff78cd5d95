import { expect, it } from 'vitest'
import { composeReports } from '../../pipelines/write-reports.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import { syntheticAnalysis } from './synthetic-analysis.ts'

const reports = composeReports(syntheticAnalysis(), createGate('internal'))
const sectionsOf = (audience: string) => reports.find((it) => it.audience === audience)?.sections ?? []

it('an evaluator is shown every section on change that the service is shown, who is missing before what differs', () => {
  const shown = sectionsOf('evaluation').map((section) => section.id)
  const ofChange = sectionsOf('service')
    .map((section) => section.id)
    .filter((id) => !['fix-first', 'quality', 'forms', 'rows', 'people', 'came', 'timelines'].includes(id))
  expect(ofChange).toEqual(
    expect.arrayContaining(['own-and-national-people', 'groups', 'measure-by-measure', 'sessions']),
  )
  expect(ofChange.filter((id) => !shown.includes(id))).toEqual([])
  expect(shown.indexOf('missing')).toBeLessThan(shown.indexOf('groups'))
})

it('an evaluator opens the tables of groups when wanted: beside a figure none is open', () => {
  const groups = sectionsOf('evaluation').find((section) => section.id === 'groups')
  expect([groups?.figures.length, groups?.tables.length]).toEqual([1, 0])
  expect(groups?.appendix?.length).toBeGreaterThan(0)
})
