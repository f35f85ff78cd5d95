import { beforeAll, expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { analysisOf, reportsOf, tableOf } from './project-room.ts'
import { spread, type UsePerson, useExports, useSettings } from './use-project.ts'

const COMPARED = `
usage:
  - { service: team, event_types: [ae_mental_health] }
  - { service: other, event_types: [ae_mental_health] }
comparators: [{ service: team, with: other }]
`

/** People of four, six, eight or ten attendances in the year before, and `share` of them in the year after. */
function people(service: string, n: number, share: number): UsePerson[] {
  return Array.from({ length: n }, (_, nth) => {
    const before = 4 + 2 * (nth % 4)
    const after = Math.round(before * share) + (nth % 8 < 4 ? 1 : -1)
    const events = [...spread(before, -363, -1), ...spread(after, 1, 363)]
    return { id: `${service}${nth}`, service, events, gender: nth % 3 === 0 ? 'male' : 'female' }
  })
}

const settings = useSettings({ start: '2022-04-01', more: COMPARED })
const pageOf = (analysis: Analysis, policy?: 'hes-7/5') =>
  reportsOf(analysis, policy).find((it) => it.id === 'evaluation-team')

let halved: Analysis
beforeAll(async () => {
  halved = await analysisOf(settings, useExports([...people('team', 40, 0.5), ...people('other', 80, 1)]))
})

it('N28: use halved here and as it was in the comparison group: the ratio of ratios is a half, unadjusted and adjusted one under the other', () => {
  const found = halved.usage.find((it) => it.service.code === 'team')?.comparison?.found
  expect(found?.unadjusted.ratio_of_ratios.estimate).toBeCloseTo(0.5, 9)
  expect(found?.adjusted?.ratio_of_ratios.estimate).toBeCloseTo(0.5, 1)
  expect(found?.matching).toMatchObject({ n_pairs: 40, reason: null })
  const rows = tableOf(pageOf(halved), 'comparison')
  expect(rows.map((row) => row[0])).toEqual(['Unadjusted: everybody', 'Adjusted: matched pairs'])
  expect(rows[0]?.slice(1, 5)).toEqual(['40', '80', '0.50', '1.00'])
  expect(rows[0]?.[5]).toMatch(/^0\.50 \(0\.4\d to 0\.5\d\)$/)
  expect(rows[1]?.[5]).toMatch(/^0\.\d\d \(0\.\d\d to 0\.\d\d\)$/)
  // Seven attendances a year before on average: three and a half fewer here, as many as before there.
  expect(rows[0]?.[6]).toMatch(/^−3\.\d\d \(/)
  // At £280 an attendance.
  expect(rows[0]?.[7]).toMatch(/^−\u2060?£978 \(/)
})

it('N28: a comparison group stands with whether the two groups were alike, and with what it cannot show', () => {
  const page = pageOf(halved)
  const rows = tableOf(page, 'comparison-balance')
  expect(rows.map((row) => row[0])).toEqual(['Gender: Male', 'Use before, per person-year (mean)'])
  expect(rows.every((row) => Math.abs(Number(row[6]?.replace('−', '-'))) < 0.1)).toBe(true)
  const section = page?.sections.find((it) => it.id === 'comparison')
  const words = section?.notes.map((it) => it.text).join(' ')
  expect(words).toContain('not allocated at random')
  expect(words).toContain('What it cannot: that the service is why')
  expect([section?.lead.text, words].join(' ')).not.toMatch(/saved|caused|due to/i)
  expect(page?.headlines.at(-1)?.value.text).toBe('0.50')
})

it('N28: the commissioner’s page, which is before and after alone, says which service has a comparison group elsewhere', () => {
  const overview = reportsOf(halved)
    .find((it) => it.id === 'commissioner')
    ?.sections.find((it) => it.id === 'overview')
  expect(overview?.notes.at(-1)?.text).toMatch(/comparison service beside: The team\.$/)
})

it('N28: month by month, the difference of the two groups jumps by what the halving took away', () => {
  const [[before, after, , jump] = []] = tableOf(pageOf(halved), 'comparison-series')
  expect([before, after]).toEqual(['12', '12'])
  expect(jump).toMatch(/^−\d/)
})

it('N28: the same fall in both groups is no difference, and no comparison group is on the page of the service that declares none', async () => {
  const analysis = await analysisOf(settings, useExports([...people('team', 40, 0.5), ...people('other', 40, 0.5)]))
  const [unadjusted, adjusted] = tableOf(pageOf(analysis), 'comparison')
  expect(unadjusted?.[5]).toMatch(/^1\.00 \(0\.\d\d to 1\.\d\d\)$/)
  expect(adjusted?.[5]).toMatch(/^1\.00 \(/)
  const other = reportsOf(analysis).find((it) => it.id === 'evaluation-other')
  expect(other?.sections.some((it) => it.id === 'comparison')).toBe(false)
  expect(other?.headlines.at(-1)?.value.text).toBe('None')
})

it('N28: fewer than twenty people in the comparison group are no comparison, and the page says so', async () => {
  const analysis = await analysisOf(settings, useExports([...people('team', 40, 0.5), ...people('other', 19, 1)]))
  const page = pageOf(analysis)
  expect(page?.sections.find((it) => it.id === 'comparison')?.lead.text).toContain('fewer than 20 people')
  expect(page?.headlines.at(-1)?.value.text).toBe('None')
})

it('N28: where all but a few were matched, the matched are withheld outside: everybody less them would be those few', async () => {
  const lone = { id: 'lone', service: 'team', events: spread(60, -363, -1), gender: 'female' }
  const analysis = await analysisOf(settings, useExports([...people('team', 40, 0.5), lone, ...people('other', 80, 1)]))
  expect(analysis.usage[0]?.comparison?.found?.matching).toMatchObject({ n_service: 41, n_pairs: 40 })
  const [unadjusted, adjusted] = tableOf(pageOf(analysis, 'hes-7/5'), 'comparison')
  expect(unadjusted?.[1]).toBe('40')
  expect(adjusted?.slice(1)).toEqual(['*', '*', '*', '*', '*', '*', '*'])
  expect(() => tableOf(pageOf(analysis, 'hes-7/5'), 'comparison-balance')).toThrow()
})
