import { expect, it } from 'vitest'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'
import { spread, useExports, useSettings } from './use-project.ts'

/** Forty people of two to seven attendances a year, halved from joining on; the year before joining was like the one before it. */
const HALVED = Array.from({ length: 40 }, (_, nth) => {
  const usual = 2 + (nth % 6)
  const after = Math.floor((usual + (nth % 2)) / 2)
  return { id: `p${nth}`, events: [...spread(usual, -728, -370), ...spread(usual, -363, -1), ...spread(after, 1, 364)] }
})

it('N28: a fall that is there against the months further back and the year before that year is said to persist, unadjusted and adjusted side by side', async () => {
  const analysis = await analysisOf(useSettings(), useExports(HALVED))
  const doubt = analysis.usage[0]?.doubts[0]
  expect(doubt).toMatchObject({ verdict: 'fall_persists', earlier_year: { n: 40, events_before: 6 * 27 + 14 } })
  const report = reportsOf(analysis).find((it) => it.id === 'evaluation-team')
  const rows = tableOf(report, 'expected-anyway')
  expect(rows.map((row) => row[0])).toEqual([
    'Unadjusted: the whole window before',
    'Last 3 months before joining left out',
    'Last 6 months before joining left out',
    'Against the year before that year',
    'By each person’s own earlier year (empirical Bayes)',
    'The tenth with most use before (ten people at least): what picking them out brings',
    'Dates before joining on which nobody joined: three months after ÷ three before',
  ])
  const [ratio, , left] = rows[4]?.slice(1) ?? []
  expect([ratio, left]).toEqual([expect.stringMatching(/^0\.5/), expect.stringMatching(/^0\.5/)])
  expect(report?.headlines.at(-1)?.value.text).toBe('None')
})

it('N28: the same people where recording began with the year before joining: no fall is said to persist', async () => {
  const analysis = await analysisOf(useSettings({ start: '2022-04-01' }), useExports(HALVED))
  expect(analysis.usage[0]?.doubts[0]?.verdict).toBe('fall_without_an_earlier_year')
  const report = reportsOf(analysis).find((it) => it.id === 'evaluation-team')
  expect(report?.finding.text).toContain('no earlier year can tell whether the whole year before was a bad one')
})
