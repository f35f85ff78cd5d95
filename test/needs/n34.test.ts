import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

it('N34: subgroup within intervention: ten with two scores are shown, nine are too few to say', async () => {
  const people = [
    ...alike(10, 'a', { neurodiverse: 'Y', arm: 'DBT' }),
    ...alike(9, 'b', { neurodiverse: 'Y', arm: 'Skills group' }),
    ...alike(12, 'c', { neurodiverse: 'N', arm: 'Skills group' }),
  ]
  const analysis = await analysisOf(careSettings(), careExports(people))
  const rows = tableOf(reportsOf(analysis)[0], 'groups-crossed').map((row) => row.slice(0, 5))
  expect(rows).toEqual([
    ['Yes', 'DBT', '10', '10', '6.0'],
    ['Yes', 'Skills group', '9', '9', 'too few to say'],
    ['No', 'Skills group', '12', '12', '5.8'],
  ])
})
