import { expect, it } from 'vitest'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const POPULATIONS = `populations:
  - { service: cmht, people: 400, who: People with personality difficulties in the town, source: Survey of the test }
  - { icb: QZ1, people: 12000, who: People with personality difficulties, source: Estimate of the test }
`
const people = [
  ...peopleWith(30, 'now-', [{ referred: 800 }]),
  ...peopleWith(10, 'both-', [
    { referred: 700, left: 900 },
    { service: 'charity', referred: 700 },
  ]),
  ...peopleWith(20, 'long-ago-', [{ referred: 0, left: 600 }]),
  ...peopleWith(8, 'charity-', [{ service: 'charity', referred: 700 }]),
]

it('N12: reach is the people seen in the last year of the data, each once, of the number there are, with its source', async () => {
  const reports = reportsOf(await analysisOf(flowSettings(POPULATIONS), flowExports(people)))
  expect(
    tableOf(
      reports.find((it) => it.id === 'service-cmht'),
      'reach',
    ),
  ).toEqual([['People with personality difficulties in the town', '400', '40', '10.0%', 'Survey of the test']])
  expect(
    tableOf(
      reports.find((it) => it.audience === 'commissioner'),
      'reach-qz1',
    ),
  ).toEqual([['People with personality difficulties', '12,000', '48', '0.4%', 'Estimate of the test']])
})

it('N12: no population, no reach: it is not worked out of people who came', async () => {
  const reports = reportsOf(await analysisOf(flowSettings(), flowExports(people)))
  expect(() =>
    tableOf(
      reports.find((it) => it.id === 'service-cmht'),
      'reach',
    ),
  ).toThrow('there is no table reach')
})
