import { expect, it } from 'vitest'
import { alike, careExports, careSettings, dayOf2024 } from './care-project.ts'
import { analysisOf, csv, reportsOf, serviceOf, tableOf } from './project-room.ts'

const PROFILE = `
profile: risk-of-the-test
title: Ratings of risk, as a team writes them
reads: csv
date_order: ymd
identity: { local_id: person }
left_out: { why: free text }
yields:
  - kind: risk_rating
    rated_date: date
    rating: { column: risk, codes: { Green: low, Amber: medium, Red: high } }
`
/** Red to green; amber alone; never rated; a form left blank; green and red on one day, then amber; two too close. */
const RATINGS = [
  ['a1', 10, 'Red'],
  ['a1', 200, 'Green'],
  ['b1', 10, 'Amber'],
  ['d1', 10, ''],
  ['e1', 10, 'Green'],
  ['e1', 10, 'Red'],
  ['e1', 100, 'Amber'],
  ['f1', 10, 'Green'],
  ['f1', 15, 'Red'],
] as const
const EXPORTS = {
  ...careExports(['a', 'b', 'c', 'd', 'e', 'f'].flatMap((it) => alike(1, it))),
  'risk.yaml': PROFILE,
  'exports/risk.csv': csv(
    'person,date,risk,why',
    RATINGS,
    ([id, day, risk]) => `${id},${dayOf2024(day)},${risk},said so`,
  ),
}
const SETTINGS = careSettings('  - { files: risk.csv, profile: risk.yaml, service: team }')

it('N32: risk from first to last rating, where missing is a state: never rated and rated once are not taken for low', async () => {
  const analysis = await analysisOf(SETTINGS, EXPORTS)
  const risk = serviceOf(analysis, 'team').risk
  expect(risk?.cells.filter((it) => it.n > 0)).toEqual([
    { first: 'low', last: 'missing', n: 1 },
    { first: 'medium', last: 'missing', n: 1 },
    { first: 'high', last: 'low', n: 1 },
    { first: 'high', last: 'medium', n: 1 },
    { first: 'missing', last: 'missing', n: 2 },
  ])
  expect(risk?.n).toBe(6)
  expect(tableOf(reportsOf(analysis)[0], 'risk-transitions')).toEqual([
    ['Low', '0', '0', '0', '1'],
    ['Medium', '0', '0', '0', '1'],
    ['High', '1', '1', '0', '0'],
    ['Missing', '0', '0', '0', '2'],
  ])
})

it('N32: a rating in a word that the profile does not list is held back, and the reason is counted', async () => {
  const odd = { ...EXPORTS, 'exports/risk.csv': `${EXPORTS['exports/risk.csv']}a1,2024-12-01,Purple,\n` }
  const service = serviceOf(await analysisOf(SETTINGS, odd), 'team')
  expect(service.files.find((it) => it.file_name === 'risk.csv')?.quarantined).toBe(2)
  expect(service.risk?.cells.find((it) => it.first === 'high' && it.last === 'low')?.n).toBe(1)
})
