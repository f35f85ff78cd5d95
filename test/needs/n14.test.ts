import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, CARE_PROFILES, reportsOf, tableOf } from './project-room.ts'

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

it('N14: appointments missed without notice are told by staff role, with an interval, and their mean length; cancelled ones are in neither number', async () => {
  const contact = (person: string, day: string, attended: string, role: string, minutes: number) =>
    [person, day, attended, role, minutes].join(',')
  const days = Array.from({ length: 20 }, (_, nth) => `2024-03-${String(nth + 1).padStart(2, '0')}`)
  const exports = careExports(alike(20, 'p', { contacts: [] }))
  const rows = days.flatMap((day, nth) => [
    contact('p1', day, nth < 5 ? 'N' : 'Y', 'Therapist', 50),
    contact('p2', day, nth < 2 ? 'N' : nth < 4 ? 'C' : 'Y', 'Peer', 30),
  ])
  const [report] = reportsOf(
    await analysisOf(careSettings(), {
      ...exports,
      'contacts.yaml': CARE_PROFILES['contacts.yaml'].replace(
        'N: did_not_attend',
        'N: did_not_attend, C: cancelled_by_patient',
      ),
      'exports/contacts.csv': `person,date,attended,role,minutes\n${rows.join('\n')}\n`,
    }),
  )
  expect(tableOf(report, 'missed-by-role')).toEqual([
    ['Peer', '18', '2', '11%', '3% to 33%', '30'],
    ['Therapist', '20', '5', '25%', '11% to 47%', '50'],
  ])
})
