import { beforeAll, expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { analysisOf, csv, reportsOf, tableOf } from './project-room.ts'

const PROFILES = {
  'register.yaml': `
profile: register-of-the-test
title: Referrals of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: referral
    referral_date: referred
    team: team
`,
  'forms.yaml': `
profile: forms-of-the-test
title: DIALOG of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: assessment
    measure: { constant: dialog }
    assessed_date: date
    team: team
    items: { pattern: 'd{n}', count: 11 }
`,
}

const SETTINGS = `
project: Two trusts of a test
data_end: 2025-12-31
services: [{ code: moor, name: Moor }, { code: alder, name: Alder }, { code: coast, name: Coast }]
sources: [${['moor', 'alder', 'coast']
  .flatMap((code) => [
    `{ files: ${code}_register.csv, profile: register.yaml, service: ${code} }`,
    `{ files: ${code}_forms.csv, profile: forms.yaml, service: ${code} }`,
  ])
  .join(', ')}]
`

interface Team {
  readonly team: string
  /** Of 30 referred, so many have a first form and so many a second. */
  readonly n_first: number
  readonly n_two: number
  /** What the team writes for 1, "totally dissatisfied". */
  readonly counts_from: 0 | 1
}

const BEFORE = [2, 3, 4, 5, 4, 3, 4, 5, 4, 4, 4]
const AFTER = [3, 4, 5, 7, 5, 4, 5, 6, 7, 5, 5]

function exportsOf(code: string, teams: readonly Team[]): Record<string, string> {
  const people = teams.flatMap((it) => Array.from({ length: 30 }, (_, nth) => ({ ...it, nth })))
  const forms = people.flatMap(({ team, nth, n_first, n_two, counts_from }) => {
    const written = (answers: readonly number[]) => answers.map((it) => it - 1 + counts_from).join(',')
    return [
      ...(nth < n_first
        ? [`${team}${nth},2025-01-10,${team},${written(BEFORE.map((it, i) => it + ((nth + i) % 2)))}`]
        : []),
      ...(nth < n_two
        ? [`${team}${nth},2025-06-10,${team},${written(AFTER.map((it, i) => Math.min(7, it + ((nth * 5 + i) % 3))))}`]
        : []),
    ]
  })
  return {
    [`exports/${code}_register.csv`]: csv(
      'person,referred,team',
      people,
      ({ team, nth }) => `${team}${nth},2025-01-05,${team}`,
    ),
    [`exports/${code}_forms.csv`]: csv(
      `person,date,team,${Array.from({ length: 11 }, (_, i) => `d${i + 1}`).join(',')}`,
      forms,
      (it) => it,
    ),
  }
}

let analysis: Analysis
beforeAll(async () => {
  analysis = await analysisOf(SETTINGS, {
    ...PROFILES,
    ...exportsOf('moor', [
      { team: 'North', n_first: 30, n_two: 28, counts_from: 0 },
      { team: 'South', n_first: 24, n_two: 22, counts_from: 1 },
      { team: 'West', n_first: 15, n_two: 10, counts_from: 1 },
    ]),
    ...exportsOf('alder', [{ team: 'Alder team', n_first: 30, n_two: 24, counts_from: 1 }]),
    ...exportsOf('coast', [{ team: 'Coast team', n_first: 28, n_two: 22, counts_from: 1 }]),
  })
})

const report = (id: string) => reportsOf(analysis).find((it) => it.id === id)

it('N30: completeness is shown team by team; the forms that are set aside are not in it', () => {
  const rows = tableOf(report('service-moor'), 'completeness-by-team')
  expect(rows.map((row) => [row[1], row[2], row[3]])).toEqual([
    ['North', '30', '0%'],
    ['South', '30', '80%'],
    ['West', '30', '50%'],
  ])
})

it('N30: a team that codes DIALOG from 0 is flagged, and its scores are averaged with nobody', () => {
  const codings = tableOf(report('service-moor'), 'codings')
  expect(codings.find((row) => row.includes('North'))?.join(' ')).toContain('never the highest answer')
  const moor = analysis.services.find((it) => it.service.code === 'moor')
  expect(moor?.outcomes.find((it) => it.scale_id === 'sqol')?.summary.funnel.n_paired).toBe(22 + 10)
})

it('N30: a service whose coding is in doubt is compared with no other, and the reason is in words; the others are', () => {
  const rows = tableOf(report('commissioner'), 'services-completeness').filter(([measure]) =>
    /quality/.test(measure ?? ''),
  )
  expect(rows.map((row) => [row[1], row.at(-1)])).toEqual([
    ['Alder', 'compared'],
    ['Coast', 'compared'],
    ['Moor', 'not comparable because a team’s forms seem to be coded another way: the coding has to be settled first'],
  ])
  const compared = tableOf(report('commissioner'), 'services-change-dialog-sqol').map(([service]) => service)
  expect(compared).toEqual(['Alder', 'Coast'])
})
