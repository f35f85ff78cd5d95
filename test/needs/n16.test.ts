import { expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const LEVELS = `levels:
  - { service: cmht, team: MHWP, step: 1 }
  - { service: cmht, step: 2 }
`
/** MHWPs and CMHTs of one service. Spelt as they come: MHWP and mhwp are one team. */
const PEOPLE = [
  // Ten step up the day they leave; four of them are back with the MHWP 30 days later, and one 31 days later.
  ...peopleWith(4, 'back30-', [
    { team: 'MHWP', referred: 0, left: 100 },
    { team: 'CMHT', referred: 100, left: 125 },
    { team: 'mhwp', referred: 130, left: 200 },
  ]),
  ...peopleWith(1, 'back31-', [
    { team: 'MHWP', referred: 0, left: 100 },
    { team: 'CMHT', referred: 100, left: 120 },
    { team: 'MHWP', referred: 131, left: 200 },
  ]),
  ...peopleWith(5, 'up-', [
    { team: 'MHWP', referred: 0, left: 60 },
    { team: 'CMHT', referred: 68 },
  ]),
  // Six step down 28 days after leaving, which is a transfer; two after 29, which is none.
  ...peopleWith(6, 'down-', [
    { team: 'CMHT', referred: 0, left: 300 },
    { team: 'MHWP', referred: 328 },
  ]),
  ...peopleWith(2, 'late-', [
    { team: 'CMHT', referred: 0, left: 300 },
    { team: 'MHWP', referred: 329 },
  ]),
]

async function movesOf(people: ReturnType<typeof peopleWith>): Promise<Analysis> {
  return analysisOf(flowSettings(LEVELS), flowExports(people))
}

it('N16: transfers between teams are counted with their step, median days, and who was back in 30 and in 90 days', async () => {
  const [report] = reportsOf(await movesOf(PEOPLE))
  expect(tableOf(report, 'moves')).toEqual([
    // Of 11 down: five left the CMHT for the MHWP they had come from, after 25 and 20 days there, 5 and 11 days between.
    ['CMHT', 'MHWP', 'down a step', '11', '300', '28', '0 of 11', '0 of 11'],
    ['MHWP', 'CMHT', 'up a step', '10', '80', '4', '4 of 10', '5 of 10'],
  ])
})

it('N16: of two stays that begin on one day, the one that ended first came first: triage in the morning is left for the team', async () => {
  const people = [
    ...peopleWith(9, 'sameday-', [
      { team: 'Team', referred: 10, left: 200 },
      { team: 'Triage', referred: 10, left: 10 },
    ]),
    // Twice there and back on one day: every stay leads to one transfer at most.
    ...peopleWith(1, 'busy-', [
      { team: 'Triage', referred: 5, left: 5 },
      { team: 'Team', referred: 5, left: 5 },
      { team: 'Duty', referred: 5, left: 90 },
    ]),
  ]
  const [report] = reportsOf(await movesOf(people))
  expect(tableOf(report, 'moves').map((row) => row.slice(0, 6))).toEqual([
    ['Triage', 'Team', 'on the same step', '10', '0', '0'],
    ['Team', 'Duty', 'on the same step', '1', '0', '0'],
  ])
})

it('N16: who moved too late to have been followed for 90 days is not counted as having stayed away', async () => {
  const people = peopleWith(8, 'p', [
    { team: 'MHWP', referred: 800, left: 950 },
    { team: 'CMHT', referred: 950 },
  ])
  const [report] = reportsOf(await movesOf(people))
  expect(tableOf(report, 'moves')).toEqual([['MHWP', 'CMHT', 'up a step', '8', '150', '0', '0 of 8', '0 of 0']])
})

it('N16: in a release, ways that few people took are counted together, and none is left to be had by subtraction', async () => {
  const people = [
    ...peopleWith(40, 'up-', [
      { team: 'MHWP', referred: 0, left: 60 },
      { team: 'CMHT', referred: 60 },
    ]),
    ...peopleWith(12, 'down-', [
      { team: 'CMHT', referred: 0, left: 300 },
      { team: 'MHWP', referred: 310 },
    ]),
    ...peopleWith(3, 'few-', [
      { team: 'CMHT', referred: 0, left: 300 },
      { team: 'Perinatal', referred: 310 },
    ]),
  ]
  const [report] = reportsOf(await movesOf(people), 'hes-7/5')
  expect(tableOf(report, 'moves').map((row) => row.slice(0, 4))).toEqual([
    ['MHWP', 'CMHT', 'up a step', '40'],
    ['other ways out', '', '', '15'],
  ])
  expect(JSON.stringify(tableOf(report, 'moves'))).not.toContain('Perinatal')
  expect(JSON.stringify(tableOf(report, 'teams'))).not.toContain('Perinatal')
})
