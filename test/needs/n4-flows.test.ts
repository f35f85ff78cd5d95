import { expect, it } from 'vitest'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

it('N4: flows conserve people: those who came are those who left, moved on or are still there, in every team and in all', async () => {
  const people = [
    ...peopleWith(7, 'on-', [
      { team: 'North', referred: 0, left: 50 },
      { team: 'South', referred: 60 },
    ]),
    ...peopleWith(5, 'left-', [{ team: 'North', referred: 0, left: 50 }]),
    ...peopleWith(3, 'again-', [
      { team: 'North', referred: 0, left: 50 },
      { team: 'North', referred: 400 },
    ]),
    // In two teams at once for longer than a transfer takes: no transfer, and nobody is lost.
    ...peopleWith(2, 'both-', [
      { team: 'North', referred: 0, left: 500 },
      { team: 'South', referred: 20, left: 600 },
    ]),
    ...peopleWith(4, 'other-', [
      { service: 'charity', referred: 0, left: 100 },
      { team: 'South', referred: 100 },
    ]),
  ]
  const analysis = await analysisOf(flowSettings(), flowExports(people))
  const [report] = reportsOf(analysis)
  expect(tableOf(report, 'teams')).toEqual([
    ['North', '17', '0', '3', '7', '10', '3'],
    ['South', '2', '11', '0', '0', '2', '11'],
  ])
  const { flows } = serviceOf(analysis, 'cmht')
  for (const it of [...(flows?.teams ?? []), flows?.stays]) {
    if (it === undefined) throw new Error('there are no stays')
    expect(it.n_new + it.n_moved_in + it.n_again).toBe(it.n_open + it.n_moved_out + it.n_left)
  }
  expect(tableOf(report, 'flows').map((row) => row[1])).toEqual(['19', '11', '3', '7', '12', '14'])
})

it('N4: the diagram parts all stays into still there, left and moved on, and draws the numbers of its table', async () => {
  const people = [
    ...peopleWith(12, 'up-', [
      { team: 'North', referred: 0, left: 50 },
      { team: 'South', referred: 60 },
    ]),
    ...peopleWith(9, 'left-', [{ team: 'North', referred: 0, left: 50 }]),
  ]
  const settings = flowSettings('levels: [{ service: cmht, step: 1 }, { service: cmht, team: South, step: 2 }]')
  const [report] = reportsOf(await analysisOf(settings, flowExports(people)))
  const figure = report?.sections.flatMap((it) => it.figures).find((it) => it.id === 'flows')
  const boxes = figure?.rows.map((row) => ['label', 'people', 'left'].map((name) => row[name]?.text))
  expect(boxes).toEqual([
    ['stays with the service’s teams', '33', 'Still there: 12'],
    ['of them ended', '21', 'Left, no transfer: 9'],
    ['moved to another team', '12', ''],
    ['up a step', '12', 'Back within 30 days: 0 of 12\nBack within 90 days: 0 of 12'],
  ])
})
