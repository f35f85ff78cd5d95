import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf } from './project-room.ts'

const MOVED = careSettings().replace(
  'provider: P1 }',
  'provider: P1, part_of: [{ to: Adult psychology, from: 2024-06-01 }, { to: Community directorate }] }',
)

it('N20: a service that moved keeps every number of its history, and the report says what it was part of, and when', async () => {
  const people = alike(20, 'p')
  const before = await analysisOf(careSettings(), careExports(people))
  const after = await analysisOf(MOVED, careExports(people))
  expect({ ...serviceOf(after, 'team'), part_of: [] }).toEqual(serviceOf(before, 'team'))
  expect(reportsOf(after)[0]?.cohort.map((it) => it.text)).toContain(
    'The service has been part of Community directorate; Adult psychology from 1 June 2024. It is one service throughout.',
  )
})
