import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

it('N5: neurodiversity yes, queried, no and unknown are four groups, each of its own people, and never merged', async () => {
  const people = [
    ...alike(12, 'y', { neurodiverse: 'Y' }),
    ...alike(11, 'q', { neurodiverse: 'Q' }),
    ...alike(13, 'n', { neurodiverse: 'N' }),
    ...alike(14, 'u', { neurodiverse: '' }),
  ]
  const analysis = await analysisOf(careSettings(), careExports(people))
  const groups = serviceOf(analysis, 'team').groups.find((it) => it.dimension === 'neurodiversity')?.groups
  expect(groups?.map((it) => [it.value, it.n_episodes, it.outcome?.summary.funnel.n_paired])).toEqual([
    ['yes', 12, 12],
    ['queried', 11, 11],
    ['no', 13, 13],
    ['unknown', 14, 14],
  ])
  const rows = tableOf(reportsOf(analysis)[0], 'groups').filter(([dimension]) => dimension === 'Neurodiversity')
  expect(rows.map((row) => row.slice(1, 4))).toEqual([
    ['Yes', '12', '12'],
    ['Queried', '11', '11'],
    ['No', '13', '13'],
    ['Not known', '14', '14'],
  ])
})
