import { expect, it } from 'vitest'
import { flowExports, flowSettings, peopleWith } from './flows-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const JOINED = 400
const year = (person: string, nth: -2 | -1 | 1, n: number) =>
  Array.from({ length: n }, (_, i) => ({ person, day: JOINED + { [-2]: -730, [-1]: -365, 1: 0 }[nth] + 10 * i }))

/**
 * Everybody has one detention a year but for a bad year: twenty have it two years before joining, thirty in the year before. Nothing
 * else differs, and nothing was done: both fall back alike.
 */
const people = peopleWith(50, 'p', [{ referred: JOINED }])
const events = people.flatMap(({ person }, nth) => [
  ...year(person, -2, nth < 20 ? 4 : 1),
  ...year(person, -1, nth < 5 || nth >= 20 ? 4 : 1),
  ...year(person, 1, nth < 8 ? 3 : 1),
])
const RULES = 'rules: { index_event: referral }\nfrequent_attenders: [{ event_types: [s136], at_least: 3 }]\n'

it('N10: who was a frequent attender of the 136 suite in one year and in the next: the fall before joining, when nothing was done, stands beside the fall after', async () => {
  const analysis = await analysisOf(flowSettings(RULES, true), flowExports(people, events))
  const reports = reportsOf(analysis)
  const service = reports.find((it) => it.id === 'service-cmht')
  const rule = '3 or more a year: section 136 detention'
  expect(tableOf(service, 'frequent')).toEqual([
    [
      rule,
      'second year before joining, then the year before',
      '50',
      '20',
      '5',
      '25%',
      '11% to 47%',
      '4.0',
      '1.8',
      '30',
    ],
    [rule, 'year before joining, then the year after', '50', '35', '5', '14%', '6% to 29%', '4.0', '1.3', '3'],
  ])
  const commissioner = reports.find((it) => it.audience === 'commissioner')
  expect(tableOf(commissioner, 'frequent-cmht')).toEqual(tableOf(service, 'frequent'))
})

it('N10: a year that was not seen to its end is not a year without detentions: the person is left out', async () => {
  const late = peopleWith(10, 'late-', [{ referred: 700 }]) // the data end 300 days after
  const analysis = await analysisOf(flowSettings(RULES, true), flowExports([...people, ...late], events))
  const service = reportsOf(analysis).find((it) => it.id === 'service-cmht')
  expect(tableOf(service, 'frequent').map((row) => row[2])).toEqual(['60', '50'])
})

it('N10: at the threshold is frequent, one below is not; in a release small numbers of frequent attenders are withheld, never zero', async () => {
  const stricter = RULES.replace('at_least: 3', 'at_least: 4')
  const analysis = await analysisOf(flowSettings(stricter, true), flowExports(people, events))
  const exact = reportsOf(analysis).find((it) => it.id === 'service-cmht')
  expect(tableOf(exact, 'frequent').map((row) => row.slice(2, 5))).toEqual([
    ['50', '20', '5'],
    ['50', '35', '0'],
  ])
  const released = reportsOf(analysis, 'opensafely-7/5').find((it) => it.id === 'service-cmht')
  expect(tableOf(released, 'frequent').map((row) => row[4])).toEqual(['*', '*'])
})
