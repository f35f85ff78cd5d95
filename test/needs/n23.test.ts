import { expect, it } from 'vitest'
import { courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

/** 40 people came before the measure was in use, 10 after; of these 8 have a first score and 5 a second. */
const PEOPLE = [
  ...coursePeople(40, 'before', () => ({ referred: 0, left: 200 })),
  ...coursePeople(10, 'since', (nth) => ({
    ...{ referred: 400, left: 600, team: nth < 5 ? 'North' : 'South' },
    scores: nth < 8 ? [[405, 12], ...(nth < 5 ? [[595, 18] as const] : [])] : [],
  })),
]
const SINCE = 'measure_starts: [{ service: team, measure: reqol-10, date: 2024-02-01 }]'

it('N23: completeness counts from the day on which a measure came into use: earlier episodes are not missing', async () => {
  const analysis = await analysisOf(courseSettings(SINCE), courseExports(PEOPLE))
  expect(serviceOf(analysis, 'team').outcomes[0]?.summary.funnel).toMatchObject({
    n_eligible: 10,
    n_baseline: 8,
    n_paired: 5,
  })
  const [report] = reportsOf(analysis)
  expect(tableOf(report, 'outcome-flow').map((row) => row.slice(0, 4))).toEqual([
    ['First score', 'eligible episodes', '10', '8'],
    ['Second score', 'those with a first score', '8', '5'],
    ['Score at the end', 'those of them whose episode ended', '8', '5'],
    ['3 months after', 'those due by then', '8', '0'],
    ['6 months after', 'those due by then', '8', '0'],
    ['12 months after', 'those due by then', '8', '0'],
    ['24 months after', 'those due by then', '0', '0'],
  ])
  expect(tableOf(report, 'missing-teams')).toEqual([
    ['North', '5', '5', '5', '5', '5', 'too few people for a percentage'],
    ['South', '5', '3', '0', '3', '0', 'too few people for a percentage'],
  ])
})
