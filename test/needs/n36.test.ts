import { expect, it } from 'vitest'
import { courseExports, coursePeople, courseSettings } from './course-project.ts'
import { analysisOf, reportsOf } from './project-room.ts'

it('N36: the data-quality page comes first and says what to do, with not one pair of scores', async () => {
  const people = coursePeople(12, 'p', (nth) => ({ left: 200, scores: nth < 6 ? [[5, 12]] : [] }))
  const reports = reportsOf(await analysisOf(courseSettings(), courseExports(people)))
  const [report] = reports
  expect(report?.sections.slice(0, 2).map((it) => it.id)).toEqual(['fix-first', 'quality'])
  expect(report?.sections[0]?.tables[0]?.rows.length).toBeGreaterThan(0)
  const missing = report?.sections.find((it) => it.id === 'missing')
  expect(missing?.lead.text).toBe(
    'Of 12 episodes eligible for ReQoL-10, 6 have a first score and 0 a second one. Of 6 with a first score whose episode ended, 0 have a score near the end. Too few people have two ReQoL-10 scores to say what the missing would have to be like.',
  )
})

it('N36: the page is there with no score at all', async () => {
  const reports = reportsOf(
    await analysisOf(courseSettings(), courseExports(coursePeople(12, 'p', () => ({ left: 200 })))),
  )
  expect(reports[0]?.sections[0]?.id).toBe('fix-first')
  expect(reports[0]?.sections.map((it) => it.id)).not.toContain('missing')
})
