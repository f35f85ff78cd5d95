import { beforeAll, describe, expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { type ReportDocument, tablesOf } from '../../src/report/document.ts'
import { createRandom } from '../../src/stats/random.ts'
import { analysisOf, csv, reportsOf, tableOf } from './project-room.ts'

/** Services of a community of practice, named so that alphabetical order is not the order of any number of theirs. */
const SERVICES = [
  { code: 'dune', name: 'Dune', n: 80, n_two: 60, gain: 3, measure: 'ReQoL-10' },
  { code: 'ash', name: 'Ash', n: 60, n_two: 44, gain: 8, measure: 'ReQoL-10' },
  { code: 'cove', name: 'Cove', n: 90, n_two: 68, gain: 5, measure: 'ReQoL-10' },
  { code: 'beck', name: 'Beck', n: 70, n_two: 50, gain: 6, measure: 'ReQoL-10' },
  { code: 'elm', name: 'Elm', n: 100, n_two: 30, gain: 9, measure: 'ReQoL-10' },
  { code: 'fell', name: 'Fell', n: 24, n_two: 14, gain: 9, measure: 'ReQoL-10' },
  { code: 'heath', name: 'Heath', n: 80, n_two: 40, gain: 7, measure: 'ReQoL-10' },
  { code: 'gorse', name: 'Gorse', n: 60, n_two: 45, gain: 4, measure: 'PHQ-9' },
] as const

const SETTINGS = `
project: A community of practice
data_end: 2025-12-31
services: [${SERVICES.map(({ code, name }) => `{ code: ${code}, name: ${name} }`).join(', ')}]
sources: [${SERVICES.map(({ code }) => `{ files: ${code}.csv, profile: plain-layout, service: ${code} }`).join(', ')}]
`

function scoresOf({ code, n, n_two, gain, measure }: (typeof SERVICES)[number]): string {
  const random = createRandom(`need 40 ${code}`)
  const rows = Array.from({ length: n }, (_, nth) => {
    const pre = 8 + Math.floor(10 * random())
    const post = Math.min(27, Math.max(0, pre + gain - 5 + Math.floor(11 * random())))
    const first = `${code}${nth},${measure},2025-01-10,${pre},2025-01-05,2025-09-01`
    return nth < n_two ? `${first}\n${code}${nth},${measure},2025-06-10,${post},2025-01-05,2025-09-01` : first
  })
  return csv('person_id,measure,score_date,score,referral_date,discharge_date', rows, (row) => row)
}

let analysis: Analysis
beforeAll(async () => {
  analysis = await analysisOf(
    SETTINGS,
    Object.fromEntries(SERVICES.map((it) => [`exports/${it.code}.csv`, scoresOf(it)])),
  )
})

const commissioner = (policy: 'internal' | 'hes-7/5' = 'internal') =>
  reportsOf(analysis, policy).find((it) => it.id === 'commissioner') as ReportDocument

describe.each(['internal', 'hes-7/5'] as const)('under the rule %s', (policy) => {
  it('N40: whom services see, how much and when, and how complete the scores are, come before what changed', () => {
    const sections = commissioner(policy).sections
    const at = (id: string) => sections.findIndex((it) => it.id === id)
    expect(at('services')).toBeGreaterThan(-1)
    expect(at('services-change')).toBe(at('services') + 1)
    expect(sections[at('services')]?.tables.map((it) => it.id)).toEqual([
      'services-people',
      'services-dose',
      'services-completeness',
    ])
    expect(sections[at('services')]?.figures).toEqual([])
  })

  it('N40: services that can be compared stand in a funnel with φ and τ², beside adjusted and shrunken change', () => {
    const section = commissioner(policy).sections.find((it) => it.id === 'services-change')
    expect(section?.figures.map((it) => it.chart)).toEqual(['service_forest', 'service_caterpillar', 'funnel'])
    const notes = section?.figures.flatMap((it) => it.table.notes.map((note) => note.text)).join(' ')
    expect(notes).toMatch(/φ [\d.]+, τ² [\d.]+/)
    expect(notes).toMatch(/A new service of this kind would be expected between [−\d.]+ and [−\d.]+/)
  })

  it('N40: a comparison that would mislead is refused with its reason', () => {
    const verdicts = tableOf(commissioner(policy), 'services-completeness').filter(
      ([measure]) => measure === 'ReQoL-10',
    )
    expect(Object.fromEntries(verdicts.map((row) => [row[1], row.at(-1)]))).toEqual({
      Ash: 'compared',
      Beck: 'compared',
      Cove: 'compared',
      Dune: 'compared',
      Elm: 'not comparable because completeness is too low: fewer than half have two scores',
      Fell: 'not comparable because too few: fewer than 20 have two scores',
      Gorse: 'not comparable because different measure: uses PHQ-9',
      Heath: 'not comparable because completeness is too different: more than 25 points below the most complete',
    })
  })

  it('N40: no league table exists: services are in alphabetical order wherever several stand in one table or chart', () => {
    const names = SERVICES.map((it) => it.name as string)
    for (const document of reportsOf(analysis, policy)) {
      for (const { id, title, columns, rows } of document.sections.flatMap(tablesOf)) {
        expect(title.text).not.toMatch(/league|rank|best|worst|top /i)
        expect(columns.map((it) => it.label.text).join(' ')).not.toMatch(/\b(rank|place|position)\b/i)
        const services = rows
          .map((row) => row.service?.text ?? '')
          .filter((name, at, all) => names.includes(name) && name !== all[at - 1])
        const groups = id === 'services-completeness' ? [services.filter((it) => it !== 'Gorse')] : [services]
        if (id.startsWith('services')) for (const group of groups) expect(group).toEqual(group.toSorted())
      }
    }
    const figures = commissioner(policy).sections.flatMap((it) => it.figures)
    for (const figure of figures.filter((it) => it.id.startsWith('services'))) {
      const drawn = figure.rows.map((row) => row.label?.text ?? '').filter((label) => names.includes(label))
      expect(drawn).toEqual(drawn.toSorted())
    }
  })
})

/** Three services alike in what they do: young people gain 9 and older people 2, and they see different shares of the young. */
const MIXED = [
  { code: 'mill', name: 'Mill', n_young: 48, n_old: 12, has_gender: true },
  { code: 'oak', name: 'Oak', n_young: 30, n_old: 30, has_gender: true },
  { code: 'pond', name: 'Pond', n_young: 12, n_old: 48, has_gender: false },
] as const

function mixedScores({ code, n_young, n_old, has_gender }: (typeof MIXED)[number]): string {
  const random = createRandom(`need 40 mixed ${code}`)
  const rows = Array.from({ length: n_young + n_old }, (_, nth) => {
    const isYoung = (nth * 7) % (n_young + n_old) < n_young
    const pre = 8 + Math.floor(10 * random())
    const post = pre + (isYoung ? 9 : 2) - 2 + Math.floor(5 * random())
    const gender = has_gender && nth % 10 > 0 ? (nth % 2 === 0 ? 'female' : 'male') : ''
    // Of the first of each service no date of birth is recorded.
    const born = nth === 0 ? '' : isYoung ? '2003-05-01' : '1975-05-01'
    const score = (date: string, value: number) =>
      `${code}${nth},${born},${gender},ReQoL-10,${date},${value},2025-01-05,2025-09-01`
    return `${score('2025-01-10', pre)}\n${score('2025-06-10', post)}`
  })
  const heading = 'person_id,date_of_birth,gender,measure,score_date,score,referral_date,discharge_date'
  return csv(heading, rows, (row) => row)
}

describe('adjustment for whom services see', () => {
  const settings = (more: string) => `
project: Services that see different people
data_end: 2025-12-31
services: [${MIXED.map(({ code, name }) => `{ code: ${code}, name: ${name} }`).join(', ')}]
sources: [${MIXED.map(({ code }) => `{ files: ${code}.csv, profile: plain-layout, service: ${code} }`).join(', ')}]
${more}
`
  const compared = async (more: string) => {
    const exports = Object.fromEntries(MIXED.map((it) => [`exports/${it.code}.csv`, mixedScores(it)]))
    const found = await analysisOf(settings(more), exports)
    return reportsOf(found).find((it) => it.id === 'commissioner') as ReportDocument
  }
  const apart = (document: ReportDocument) => {
    const rows = tableOf(document, 'services-change-reqol-10-total')
    const of = (name: string) => Number(rows.find((row) => row[0] === name)?.[3]?.replace('−', '-'))
    return of('Mill') - of('Pond')
  }
  const words = (document: ReportDocument) => {
    const section = document.sections.find((it) => it.id === 'services-change')
    return [section?.lead.text, ...(section?.notes ?? []).map((it) => it.text)].join(' ')
  }

  it('N40: services that do the same for people of the same age stand together once age is adjusted for, and four points apart before', async () => {
    const [byDefault, firstScores] = [await compared(''), await compared('services_comparison: { adjust_for: [] }')]
    expect(Math.abs(apart(byDefault))).toBeLessThan(1)
    expect(apart(firstScores)).toBeGreaterThan(3)
    expect(words(byDefault)).toContain('alike in age')
    expect(words(byDefault)).toContain('Adjusted for first scores, age, ')
    expect(words(firstScores)).toContain('Adjusted for first scores only')
    expect(tableOf(byDefault, 'services-case-mix')).toEqual([
      ['Age', '177', '98.3%', 'yes'],
      ['Gender', '108', '60.0%', 'no: recorded for fewer than 80% in some service'],
    ])
    const table = byDefault.sections.flatMap(tablesOf).find((it) => it.id === 'services-case-mix')
    expect(table?.notes.map((it) => it.text).join()).toContain('of whom everything adjusted for is recorded: 177')
  })

  it('N40: what nobody recorded is asked for in vain, and said', async () => {
    const found = await compared('services_comparison: { adjust_for: [pathway, neurodiversity] }')
    expect(tableOf(found, 'services-case-mix').map((row) => row.slice(1))).toEqual(
      Array(2).fill(['0', '0.0%', 'no: recorded for fewer than 80% in some service']),
    )
    expect(apart(found)).toBeGreaterThan(3)
  })

  it('N40: a fact that services cannot be adjusted for is refused in the settings, with those they can', async () => {
    await expect(compared('services_comparison: { adjust_for: [postcode] }')).rejects.toThrow(
      /services_comparison.*age_band/s,
    )
  })
})
