import { expect, it } from 'vitest'
import { courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

const PEOPLE = [
  ...coursePeople(20, 'done', (nth) => ({
    ...{ left: 250, reason: 'Completed programme', attended: 24 + (nth % 5) },
    scores: [
      [5, 12],
      [248, 20 + (nth % 3)],
    ],
  })),
  ...coursePeople(15, 'gone', (nth) => ({
    ...{ left: 250, reason: 'Dropped out', attended: 3 + (nth % 4), missed: 2 },
    scores: [[5, 12], ...(nth < 12 ? [[40, 13 + (nth % 3)] as const] : [])],
  })),
]

it('N19: planned stands against attended, and completers are never shown without those who dropped out and everyone', async () => {
  const analysis = await analysisOf(courseSettings('', ', planned_sessions: 26'), courseExports(PEOPLE))
  const [report] = reportsOf(analysis)
  const rows = tableOf(report, 'endings')
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    ['Completing', '20', '20', '9.0'],
    ['Dropping out', '15', '12', '2.0'],
    ['Everyone, however it ended, open ones too', '35', '32', '6.3'],
  ])
  const dose = report?.sections.find((it) => it.id === 'sessions')?.tables.find((it) => it.id === 'dose')
  expect(dose?.notes.map((it) => it.text)).toEqual([
    'Median sessions attended, of episodes that ended: 24; completers 26, those who dropped out 4.',
    'Planned: 26 sessions. Of 35 episodes that ended, 12 attended so many (34%).',
  ])
})
