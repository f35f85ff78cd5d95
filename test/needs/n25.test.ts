import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { CliRoom } from '../pipelines/cli-room.ts'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, csv, reportsOf, serviceOf, tableOf } from './project-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

const ITEMS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const HEADING = `person,date,${['P', 'C'].flatMap((part) => ITEMS.map((n) => `${part}${n}`)).join(',')}`
const ITQ_PROFILE = `
profile: itq-of-the-test
title: ITQ of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - kind: assessment
    measure: { constant: itq }
    assessed_date: date
    items: [${['P', 'C'].flatMap((part) => ITEMS.map((n) => `${part}${n}`)).join(', ')}]
`
const SETTINGS = careSettings(`  - { files: itq.csv, profile: itq.yaml, service: team }
cohorts:
  - { id: cptsd, name: Complex PTSD, baseline: [{ measure: itq, scale: diagnosis, is: [CPTSD] }] }
  - { id: low, name: Low quality of life, baseline: [{ measure: reqol-10, at_least: 10, below: 15 }] }
`)

/** Twelve with complex PTSD at first, eleven with PTSD, ten with neither; the last ten begin with a ReQoL-10 of 14. */
const PEOPLE = [
  ...alike(12, 'c'),
  ...alike(11, 'p'),
  ...alike(10, 'n', {
    scores: [
      [10, 'reqol-10', 14],
      [150, 'reqol-10', 20],
    ],
  }),
]
const answers = (id: string) =>
  id.startsWith('c')
    ? Array(18).fill(3)
    : id.startsWith('p')
      ? [...Array(9).fill(3), ...Array(9).fill(0)]
      : Array(18).fill(0)
const EXPORTS = {
  ...careExports(PEOPLE),
  'itq.yaml': ITQ_PROFILE,
  'exports/itq.csv': csv(HEADING, PEOPLE, ({ id }) => `${id},2024-01-12,${answers(id).join(',')}`),
}

it('N25: the cohort of complex PTSD by the first ITQ holds those twelve, and the one of a first ReQoL-10 from 10 to below 15 the ten of 14', async () => {
  const analysis = await analysisOf(SETTINGS, EXPORTS)
  expect(serviceOf(analysis, 'team').cohorts.map((it) => [it.cohort.id, it.n_episodes])).toEqual([
    ['cptsd', 12],
    ['low', 10],
  ])
  expect(tableOf(reportsOf(analysis)[0], 'cohorts').map((row) => row.slice(0, 4))).toEqual([
    ['Complex PTSD', 'first ITQ diagnosis CPTSD', '12', '12'],
    ['Low quality of life', 'first ReQoL-10 from 10 to below 15', '10', '10'],
  ])
})

it('N25: the record of the run keeps its cohorts, in words and as the project file has them', async () => {
  for (const [path, text] of Object.entries({ 'outcomes.yaml': SETTINGS, ...EXPORTS })) {
    mkdirSync(dirname(join(room.dir, 'project', path)), { recursive: true })
    writeFileSync(join(room.dir, 'project', path), text)
  }
  await room.json('run', 'project')
  const run = JSON.parse(readFileSync(join(room.dir, 'project/reports/run.json'), 'utf8')) as { cohorts: unknown[] }
  expect(run).toMatchObject({ min_contacts: 0, mainly_seen_by: 'most_contacts', data_end: '2025-03-31' })
  expect(run.cohorts[0]).toEqual({
    id: 'cptsd',
    name: 'Complex PTSD',
    baseline: [{ measure: 'itq', scale: 'diagnosis', is: ['CPTSD'] }],
    in_words: 'first ITQ diagnosis CPTSD',
  })
})

it.each([
  { cohort: '{ measure: itq, scale: diagnosis, is: [BPD] }', said: 'is never BPD' },
  { cohort: '{ measure: reqol-10 }', said: 'needs at_least or below' },
  { cohort: '{ measure: reqol-11, below: 5 }', said: 'which there is none of' },
])('N25: a cohort that could hold nobody is refused by name: $cohort', async ({ cohort, said }) => {
  const settings = careSettings(`cohorts: [{ id: x, name: X, baseline: [${cohort}] }]`)
  await expect(analysisOf(settings, EXPORTS)).rejects.toThrow(said)
})
