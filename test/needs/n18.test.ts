import { expect, it } from 'vitest'
import { alike, careExports, careSettings, dayOf2024 } from './care-project.ts'
import { analysisOf, csv, reportsOf, serviceOf, tableOf } from './project-room.ts'

const ITEMS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const CODES = ['P', 'C'].flatMap((part) => ITEMS.map((n) => `${part}${n}`))
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
    items: [${CODES.join(', ')}]
`
const FEEDBACK = `Month,Question,Very good,Good,Neither,Poor,Very poor,Don't know
01/01/2024,felt_listened_to,12,9,1,0,0,2
01/02/2024,felt_listened_to,8,1,0,0,0,0
`
const CPTSD = Array(18).fill(3)
const NONE = Array(18).fill(0)
const PTSD = [...Array(9).fill(3), ...Array(9).fill(0)]

/** PCL-5 at 33 on the day, 32 seven days later, 60 eight days later; three others whose diagnosis changes. */
const ITQS = [
  ['a1', 10, CPTSD],
  ['b1', 10, NONE],
  ['c1', 10, CPTSD],
  ['a1', 200, NONE],
  ['b1', 200, NONE],
  ['c1', 200, PTSD],
] as const
const PEOPLE = [
  ...alike(1, 'a', { scores: [[10, 'pcl-5', 33]] }),
  ...alike(1, 'b', { scores: [[17, 'pcl-5', 32]] }),
  ...alike(1, 'c', { scores: [[18, 'pcl-5', 60]] }),
]
const SETTINGS = careSettings(`  - { files: itq.csv, profile: itq.yaml, service: team }
  - { files: feedback.csv, profile: feedback-counts, service: team }`)
const EXPORTS = {
  ...careExports(PEOPLE),
  'itq.yaml': ITQ_PROFILE,
  'exports/itq.csv': csv(`person,date,${CODES.join(',')}`, ITQS, ([id, day, answers]) =>
    [id, dayOf2024(day), ...answers].join(','),
  ),
  'exports/feedback.csv': FEEDBACK,
}

it('N18: an ITQ has a PCL-5 beside it at seven days apart and not at eight; 33 is at the cut-off and 32 below it', async () => {
  const analysis = await analysisOf(SETTINGS, EXPORTS)
  expect(serviceOf(analysis, 'team').side_by_side).toEqual({
    cutoff: 33,
    cells: [
      { diagnosis: 'CPTSD', at_or_above: 1, below: 0 },
      { diagnosis: 'PTSD', at_or_above: 0, below: 0 },
      { diagnosis: 'NONE', at_or_above: 0, below: 1 },
    ],
  })
  const wider = await analysisOf(SETTINGS.replace('data_end', 'rules: { side_by_side_days: 8 }\ndata_end'), EXPORTS)
  expect(serviceOf(wider, 'team').side_by_side?.cells[0]).toEqual({ diagnosis: 'CPTSD', at_or_above: 2, below: 0 })
})

it('N18: complex PTSD to PTSD and to neither are told apart in the transitions of the ITQ', async () => {
  const [itq] = serviceOf(await analysisOf(SETTINGS, EXPORTS), 'team').diagnoses
  const moved = itq?.transitions.transitions.filter((it) => it.n > 0)
  expect(moved).toEqual([
    { pre_category: 'CPTSD', post_category: 'PTSD', n: 1 },
    { pre_category: 'CPTSD', post_category: 'NONE', n: 1 },
    { pre_category: 'NONE', post_category: 'NONE', n: 1 },
  ])
})

it('N18: a feedback questionnaire is tabulated answer by answer, and nothing is scored', async () => {
  const analysis = await analysisOf(SETTINGS, EXPORTS)
  const [report] = reportsOf(analysis)
  expect(tableOf(report, 'feedback')).toEqual([
    ['Felt listened to', 'Very good', '20'],
    ['Felt listened to', 'Good', '10'],
    ['Felt listened to', 'Neither good nor poor', '1'],
    ['Felt listened to', 'Poor', '0'],
    ['Felt listened to', 'Very poor', '0'],
    ['Felt listened to', 'Don’t know', '2'],
  ])
  expect(serviceOf(analysis, 'team').outcomes.map((it) => it.measure_id)).not.toContain('feedback')
  expect(report?.sections.flatMap((it) => it.tables).map((it) => it.id)).not.toContain('friends-and-family')
})
