import { expect, it } from 'vitest'
import { type CoursePerson, courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, reportsOf, serviceOf, tableOf } from './project-room.ts'

/** All left on day 181 (1 July 2023); 3 months after is day 273. ReQoL-10 changes reliably from 5 points. */
const state =
  (end: number | null, later: number, day = 273) =>
  (nth: number): Omit<CoursePerson, 'id'> => ({
    left: 181,
    scores: [[5, 10 + (nth % 4)], ...(end === null ? [] : [[178, end + (nth % 4)] as const]), [day, later + (nth % 4)]],
  })

const PEOPLE = [
  ...coursePeople(6, 'maintained', state(16, 15)),
  ...coursePeople(3, 'lost', state(16, 14)),
  ...coursePeople(4, 'late', state(14, 15)),
  ...coursePeople(5, 'never', state(14, 14)),
  ...coursePeople(2, 'endless', state(null, 20)),
  ...coursePeople(7, 'silent', () => ({
    left: 181,
    scores: [
      [5, 10],
      [178, 16],
    ],
  })),
  ...coursePeople(2, 'outside', state(16, 16, 313)),
  ...coursePeople(1, 'open', () => ({
    scores: [
      [5, 10],
      [178, 16],
    ],
  })),
]

it('N24: 3, 6, 12 and 24 months after the end, gains are maintained, lost, late or never made, and everyone is counted once', async () => {
  const analysis = await analysisOf(courseSettings(), courseExports(PEOPLE))
  const [course] = serviceOf(analysis, 'team').courses
  expect(course?.follow_ups.map((it) => it.follow_up_months)).toEqual([3, 6, 12, 24])
  const [first] = course?.follow_ups ?? []
  expect(first?.states).toEqual({ maintained: 6, lost: 3, late_gain: 4, never_gained: 5, no_end_score: 2 })
  expect(first).toMatchObject({ n_asked: 29, n_scored: 20, n_missing: 9, n_not_due: 0 })
  expect(course?.n_out_of_window).toBe(2)
})

it('N24: a score after the end never changes the result at the end', async () => {
  const analysis = await analysisOf(courseSettings(), courseExports(PEOPLE))
  // 3 + 6 + 7 + 2 + 1 had improved by 5 points or more at the end: late gains are not among them.
  expect(serviceOf(analysis, 'team').outcomes[0]?.summary.categories?.improved.count).toBe(19)
})

it('N24: the report says how many of those due have a score, and how many kept their gain', async () => {
  const analysis = await analysisOf(courseSettings(), courseExports(PEOPLE))
  const [report] = reportsOf(analysis)
  const section = report?.sections.find((it) => it.id === 'after-therapy')
  expect(section?.lead.text).toBe(
    'Of 29 episodes due a ReQoL-10 score 3 months after the end, 20 have one. Too few of them had improved by the end to say how many kept it.',
  )
  expect(tableOf(report, 'follow-up-states-reqol-10-total')[0]).toEqual([
    ...['3 months', '20', '6', '3', '4', '5', '2', 'too few people for a percentage'],
  ])
})

it('N24: the project may ask at other months, with other tolerances', async () => {
  const more = 'follow_ups: [{ months: 4, tolerance_days: 14 }]'
  const analysis = await analysisOf(courseSettings(more), courseExports(PEOPLE))
  const [course] = serviceOf(analysis, 'team').courses
  expect(course?.follow_ups).toHaveLength(1)
  // Day 313 is 10 days after 1 November 2023; day 273 is a month before.
  expect(course?.follow_ups[0]).toMatchObject({ follow_up_months: 4, n_scored: 2 })
})
