import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, serviceOf } from './project-room.ts'

it('N33: carers fill in the same forms in the same weeks, and not one of their scores is a patient’s', async () => {
  const patients = alike(15, 'p')
  const carers = alike(9, 'c', {
    role: 'Carer',
    scores: [
      [10, 'reqol-10', 35],
      [150, 'reqol-10', 5],
    ],
  })
  const without = serviceOf(await analysisOf(careSettings(), careExports(patients)), 'team')
  const beside = serviceOf(await analysisOf(careSettings(), careExports([...patients, ...carers])), 'team')
  expect(beside.n_people).toBe(15)
  expect(beside.outcomes).toEqual(without.outcomes)
  expect(beside.groups).toEqual(without.groups)
  expect(beside.cohorts).toEqual(without.cohorts)
})
