import { beforeAll, expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { alike } from './care-project.ts'
import { analysisOfUse } from './mapped-use-project.ts'
import { reportsOf, tableOf } from './project-room.ts'

const people = alike(12, 'p')
let analysis: Analysis
beforeAll(async () => {
  analysis = await analysisOfUse(
    people,
    people.flatMap(({ id }, nth) => [
      { id, code: 'AE MH', day: -50 },
      { id, code: 'AE PHYS', day: 60 },
      // joined on day 9: five days before, ten after
      { id, code: nth < 8 ? 'OAP' : 'WARD', day: 4, end: 19 },
    ]),
  )
})

const evaluation = () => reportsOf(analysis).find((it) => it.audience === 'evaluation')

it('N4: a stay that straddles the joining day is split by day: of fifteen days five are before and ten after', () => {
  const row = tableOf(evaluation(), 'bed-days').find(([label]) => label === 'Mental health admission')
  expect(row?.slice(1, 3)).toEqual([`${4 * 5}`, `${4 * 10}`])
})

it('N26: bed days out of area are their own line of use and of cost, apart from those near home', () => {
  const out = tableOf(evaluation(), 'bed-days').find(([label]) => label === 'Out-of-area mental health admission')
  expect(out?.slice(1, 3)).toEqual([`${8 * 5}`, `${8 * 10}`])
  const lines = analysis.usage[0]?.cost.lines.filter((it) => it.event_type.startsWith('admission_')) ?? []
  expect(lines.map((it) => it.event_type)).toEqual(['admission_mental_health', 'admission_out_of_area'])
})

it('N26: A&E for physical health is counted apart from A&E for mental health', () => {
  const counts = analysis.usage[0]?.summaries
    .filter((it) => ['ae_mental_health', 'ae_physical_health'].includes(it.usage_id))
    .map((it) => [it.usage_id, it.events.events_before, it.events.events_after])
  expect(counts).toEqual([
    ['ae_mental_health', 12, 0],
    ['ae_physical_health', 0, 12],
  ])
})
