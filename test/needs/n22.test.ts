import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, serviceOf } from './project-room.ts'

it('N22: on the day of referral 17 is under 18; 18 and 25 are in the band of 18 to 25; 26 is not', async () => {
  const people = [
    ...alike(1, 'last-day-of-17', { born: '2006-01-02' }),
    ...alike(1, 'turned-18', { born: '2006-01-01' }),
    ...alike(1, 'last-day-of-25', { born: '1998-01-02' }),
    ...alike(1, 'turned-26', { born: '1998-01-01' }),
  ]
  const analysis = await analysisOf(careSettings(), careExports(people))
  const bands = serviceOf(analysis, 'team').groups.find((it) => it.dimension === 'age_band')?.groups
  expect(bands?.map((it) => [it.value, it.n_episodes])).toEqual([
    ['under_18', 1],
    ['18_25', 2],
    ['26_39', 1],
  ])
})

it('N22: pathways are groups of their own, and a pathway that was not recorded says so', async () => {
  const people = [
    ...alike(10, 'y', { pathway: '18–25' }),
    ...alike(12, 'c', { pathway: 'Community' }),
    ...alike(3, 'x'),
  ]
  const analysis = await analysisOf(careSettings(), careExports(people))
  const groups = serviceOf(analysis, 'team').groups.find((it) => it.dimension === 'pathway')?.groups
  expect(groups?.map((it) => [it.value, it.n_episodes])).toEqual([
    ['18–25', 10],
    ['Community', 12],
    [null, 3],
  ])
})
