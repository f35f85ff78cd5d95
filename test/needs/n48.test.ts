import { expect, it } from 'vitest'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, reportsOf } from './project-room.ts'

const COHORTS = `
rules: { reentry_days: 60, min_pair_days: 21 }
cohorts:
  - { id: young, name: Young adults, age_band: ['18_25'], neurodiversity: [yes, queried] }
`

it('N48: every report opens with who it counts, in words, its named cohorts among them', async () => {
  const analysis = await analysisOf(careSettings(COHORTS), careExports(alike(12, 'p')))
  const reports = reportsOf(analysis, 'hes-7/5')
  expect(reports.map((it) => it.audience)).toEqual(['service', 'commissioner'])
  for (const report of reports) {
    const words = report.cohort.map((it) => it.text)
    expect(words).toContain('Named cohort “Young adults”: neurodiversity: Yes or Queried; age: 18 to 25.')
    expect(words.some((it) => it.includes('at least 21 days later'))).toBe(true)
  }
  expect(reports[0]?.cohort.map((it) => it.text)).toContain(
    'A new referral within 60 days of leaving continues the same episode.',
  )
})
