import { expect, it } from 'vitest'
import { courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'

it('N14: contacts are told by attendance, mode and length, and sessions attended stand beside the change of those who attended so many', async () => {
  const people = [
    ...coursePeople(12, 'few', (nth) => ({
      left: 250,
      attended: 3,
      missed: 2,
      scores: [
        [5, 12],
        [248, 14 + (nth % 3)],
      ],
    })),
    ...coursePeople(12, 'many', (nth) => ({
      left: 250,
      attended: 15,
      missed: 1,
      scores: [
        [5, 12],
        [248, 20 + (nth % 3)],
      ],
    })),
    ...coursePeople(3, 'none', () => ({ left: 250, scores: [[5, 12]] })),
  ]
  const [report] = reportsOf(await analysisOf(courseSettings(), courseExports(people)))
  expect(tableOf(report, 'contacts')).toEqual([
    ['Attended', 'face to face', '144', '50'],
    ['Attended', 'video', '72', '50'],
    ['Did not attend', '', '36', ''],
  ])
  expect(tableOf(report, 'dose').map((row) => row.slice(0, 4))).toEqual([
    ['0 to 5', '15', '12', '3.0'],
    ['6 to 12', '0', '0', 'nobody has two scores'],
    ['13 to 25', '12', '12', '9.0'],
    ['26 or more', '0', '0', 'nobody has two scores'],
  ])
})
