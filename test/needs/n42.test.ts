import { expect, it } from 'vitest'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const people = [
  ...peopleWith(20, 'one-', [{ referred: 0 }]),
  ...peopleWith(9, 'two-', [
    { referred: 0, left: 100 },
    { service: 'charity', referred: 100 },
  ]),
  // In services of two boards: one person in each of them.
  ...peopleWith(4, 'apart-', [{ referred: 0 }, { service: 'hospital', referred: 100 }]),
  ...peopleWith(11, 'charity-', [{ service: 'charity', referred: 0 }]),
]

it('N42: one view of each board: who gets what, and whoever was in two of its services counts once', async () => {
  const analysis = await analysisOf(flowSettings(), flowExports(people))
  const commissioner = reportsOf(analysis).find((it) => it.audience === 'commissioner')
  expect(tableOf(commissioner, 'icbs').map((row) => row.slice(0, 4))).toEqual([
    ['QZ1', 'Community team', '33', ''],
    ['QZ1', 'Charity', '20', ''],
    ['QZ1', 'All its services, each person once', '44', '9'], // 33 + 20 - 9
    ['QZ2', 'Hospital', '4', ''],
    ['QZ2', 'All its services, each person once', '4', '0'],
  ])
})

it('N42: released, few people in two services are withheld, and the total is made of what is shown', async () => {
  const analysis = await analysisOf(flowSettings(), flowExports(people.filter((it) => !/^two-[4-9]/.test(it.person))))
  const commissioner = reportsOf(analysis, 'hes-7/5').find((it) => it.audience === 'commissioner')
  const [, , all] = tableOf(commissioner, 'icbs')
  expect(all?.slice(2, 4)).toEqual(['40', '*'])
})
