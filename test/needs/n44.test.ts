import { expect, it } from 'vitest'
import { analyseUsage } from '../../src/usage/analyse-usage.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'
import { spread, useExports, useSettings } from './use-project.ts'

/** Every third person had a bad year before joining and is as before in the year after; nobody changes. */
const PEOPLE = Array.from({ length: 36 }, (_, nth) => {
  const usual = 2 + (nth % 4)
  const worst = nth % 3 === 0 ? usual + 8 : usual
  return {
    id: `p${nth}`,
    events: [...spread(usual, -720, -370), ...spread(worst, -360, -1), ...spread(usual, 1, 360)],
  }
})

const evaluation = async (people: typeof PEOPLE, start?: string) => {
  const analysis = await analysisOf(useSettings(start === undefined ? {} : { start }), useExports(people))
  const report = reportsOf(analysis).find((it) => it.id === 'evaluation-team')
  return { doubt: analysis.usage[0]?.doubts[0], report }
}

it('N44: the people with most use before joining fall by themselves: the table says by how much, and what is left', async () => {
  const { doubt, report } = await evaluation(PEOPLE)
  const found = doubt?.most_used
  expect(found?.n).toBe(10)
  // Ten of the twelve who had a bad year: their fall as it is, and most of it expected.
  expect(found?.ratio).toBeLessThan(0.35)
  expect(found?.expected_ratio).toBeLessThan(0.85)
  expect(found?.remaining_ratio).toBeGreaterThan(found?.ratio as number)
  const rows = tableOf(report, 'expected-anyway')
  expect(rows[0]?.[0]).toBe('Unadjusted: the whole window before')
  expect(rows.some((row) => row[0]?.startsWith('The tenth with most use before'))).toBe(true)
})

it('N44: a service of “the most costly patients” alone carries the warning, the estimate and no claim of a fall', async () => {
  const { doubt, report } = await evaluation(PEOPLE.filter((_, nth) => nth % 3 === 0))
  expect(doubt?.signs.map((it) => it.sign)).toEqual(['everyone_used_before', 'year_before_was_worse'])
  expect(doubt?.verdict).toBe('fall_not_distinguishable_from_regression_to_the_mean')
  expect(doubt?.excluded[0]?.ci95_jackknife?.[1]).toBeLessThan(1)
  expect(doubt?.expected?.remaining_ratio).toBeCloseTo(1, 1)
  const notes = report?.sections
    .find((it) => it.id === 'doubt')
    ?.tables.find((it) => it.id === 'expected-anyway')
    ?.notes.map((it) => it.text)
  expect(notes?.filter((it) => it.startsWith('Warning:'))).toHaveLength(2)
  expect(report?.finding.text).toContain('cannot be told from people joining at their worst')
})

it('N44: without an earlier year the same fall is not said to persist', async () => {
  const { doubt } = await evaluation(
    PEOPLE.filter((_, nth) => nth % 3 === 0),
    '2022-04-01',
  )
  expect(doubt).toMatchObject({ verdict: 'fall_without_an_earlier_year', earlier_year: null, expected: null })
})

it('N44: `analyse usage` of the ten with most events gives warning and estimate', () => {
  const rows = PEOPLE.map(({ events }) => ({
    group: null,
    days_before: 365,
    days_after: 366,
    events_before: events.filter((day) => day >= -360 && day < 0).length,
    events_after: events.filter((day) => day > 0).length,
  }))
  const all = analyseUsage(rows)
  expect(all.most_used).toMatchObject({ n: 10, n_reference: 36 })
  const top = rows.toSorted((a, b) => b.events_before - a.events_before).slice(0, 10)
  expect(analyseUsage(top).signs).toEqual([{ sign: 'everyone_used_before', fewest_events_before: 10 }])
  expect(analyseUsage(top).caveat).toContain('everybody in the file had')
})
