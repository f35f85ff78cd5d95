import { expect, it } from 'vitest'
import { courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

/** The data end on 31 December 2025, day 1095: 2025 is days 731 to 1095, 2024 days 365 to 730. */
const left = (day: number, reason: string) => (nth: number) => ({
  referred: day - 200,
  left: day,
  reason,
  scores: [
    [day - 190, 12 + (nth % 5)],
    [day - 5, 18 + (nth % 3)],
  ] as const,
})

it('N21: the drop-out rate stands with its interval beside that of the year before', async () => {
  const people = [
    ...coursePeople(30, 'a', left(500, 'Dropped out')),
    ...coursePeople(30, 'b', left(500, 'Completed')),
    ...coursePeople(12, 'c', left(900, 'Dropped out')),
    ...coursePeople(48, 'd', left(900, 'Completed')),
  ]
  const analysis = await analysisOf(courseSettings(), courseExports(people))
  const [report] = reportsOf(analysis)
  expect(tableOf(report, 'drop-out')).toEqual([
    ['1 January 2024 to 31 December 2024', '60', '30', '50%', '38% to 62%'],
    ['1 January 2025 to 31 December 2025', '60', '12', '20%', '12% to 32%'],
  ])
  const section = report?.sections.find((it) => it.id === 'sessions')
  expect(section?.lead.text).toBe(
    'Of 60 episodes that ended since 1 January 2025, 20% ended by dropping out (95% interval 12% to 32%); in the same time before it was 50% of 60. Drop-out has fallen by more than chance alone would explain.',
  )
})

it('N21: with under ten episodes there is no bare percentage, in the exact report neither', async () => {
  const people = [
    ...coursePeople(9, 'a', left(500, 'Completed')),
    ...coursePeople(4, 'b', left(900, 'Dropped out')),
    ...coursePeople(5, 'c', left(900, 'Completed')),
  ]
  const analysis = await analysisOf(courseSettings(), courseExports(people))
  const [report] = reportsOf(analysis)
  for (const row of tableOf(report, 'drop-out')) expect(row.join(' ')).not.toMatch(/%/)
  expect(report?.sections.find((it) => it.id === 'sessions')?.lead.text).not.toMatch(/\d%/)
})

it('N21: the periods part on the day that the project names', async () => {
  const people = [...coursePeople(12, 'a', left(800, 'Dropped out')), ...coursePeople(12, 'b', left(1000, 'Completed'))]
  const settings = courseSettings('', ', drop_out_since: 2025-07-01')
  const found = serviceOf(await analysisOf(settings, courseExports(people)), 'team').attendance?.summary.drop_out
  expect(found?.recent).toMatchObject({ n_ended: 12, n_dropped_out: 0 })
  expect(found?.before).toMatchObject({ n_ended: 12, n_dropped_out: 12 })
})

it('N21: missed contacts are followed month by month, with the target and the change that the project declares', async () => {
  // Two years in which 60 people a month are seen once; from March 2024 on fewer than half as many do not come.
  const people = Array.from({ length: 24 }, (_, month) =>
    coursePeople(60, `m${month}-`, (nth) => ({
      referred: Math.round(month * 30.44) + 2,
      left: Math.round(month * 30.44) + 40,
      attended: nth < (month < 14 ? 36 : 50) ? 1 : 0,
      missed: nth < (month < 14 ? 36 : 50) ? 0 : 1,
      // Somebody has scores: a service without a measure has no report of sessions.
      scores: nth < 12 ? [[Math.round(month * 30.44) + 3, 12 + (nth % 4)]] : [],
    })),
  ).flat()
  const settings = courseSettings(`
changes: [{ date: 2024-03-01, what: Reminders by text message, series: [did_not_attend], rebase: true }]
targets: [{ series: did_not_attend, value: 20 }]
`)
  const [report] = reportsOf(await analysisOf(settings, courseExports(people)), 'hes-7/5')
  const months = tableOf(report, 'over-time-did-not-attend')
  expect(months).toHaveLength(24)
  const mean = (month: string) => Number(months.find(([name]) => name === month)?.[2])
  expect(mean('February 2024')).toBeGreaterThan(20)
  expect(mean('March 2024')).toBeLessThan(20)
  expect(tableOf(report, 'over-time-changes')[0]?.slice(0, 4)).toEqual([
    'Reminders by text message, 1 March 2024',
    'Contacts missed, by month',
    '14',
    '10',
  ])
  expect(
    tableOf(report, 'over-time-summary')
      .find(([name]) => name === 'Contacts missed')
      ?.slice(3),
  ).toEqual(['Too early to say', '20', 'Too early to say of the target'])
})
