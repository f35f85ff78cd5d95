import { beforeAll, describe, expect, it } from 'vitest'
import type { Analysis } from '../../reports/analysis.ts'
import { alike, type CarePerson, careExports, careSettings, dayOf2024 } from './care-project.ts'
import { analysisOf, csv, reportsOf, serviceOf, tableOf } from './project-room.ts'

const EVENTS = `
profile: ae-of-the-test
title: A&E attendances of a test
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - { kind: event, event_type: { constant: ae_mental_health }, start_date: date }
`

/** Days from 1 January 2024 of A&E attendances; the first contact is on day 9, so the sign of it tells before from after. */
type Use = Readonly<Record<string, readonly number[]>>

/** A referral to the second arm a year later, so that it begins an episode of its own. */
const toBoth = (people: readonly CarePerson[], arm: string): CarePerson[] =>
  people.flatMap((it) => [it, { id: it.id, referral: `again-${it.id}`, arm, referred: '2025-01-15' }])

const left = { left: '2024-06-30' }
const structured = alike(12, 's', { arm: 'SCM', neurodiverse: 'Y', gender: 'female', ...left })
const peer = alike(12, 'p', { arm: 'Peer-led', neurodiverse: 'N', gender: 'male', ...left })
const both = alike(9, 'b', { arm: 'SCM', neurodiverse: 'Q', ...left })
const PEOPLE = [...structured, ...peer, ...toBoth(both, 'Peer-led')]
const USE: Use = {
  ...Object.fromEntries(structured.map(({ id }) => [id, [-200, -100, 100]])),
  ...Object.fromEntries(peer.map(({ id }, nth) => [id, nth % 2 === 0 ? [-50, 60, 120] : [-50]])),
  ...Object.fromEntries(both.map(({ id }) => [id, [-10]])),
}

function found(people: readonly CarePerson[], more: string, use: Use = {}): Promise<Analysis> {
  const attended = Object.entries(use).flatMap(([id, days]) => days.map((day) => ({ id, day })))
  const settings = careSettings(`
data_start: 2022-01-01
usage: [{ service: team, event_types: [ae_mental_health] }]
${more}`).replace('sources:\n', 'sources:\n  - { files: events.csv, profile: events.yaml, service: team }\n')
  return analysisOf(settings, {
    ...careExports(people),
    'events.yaml': EVENTS,
    'exports/events.csv': csv('person,date', attended, ({ id, day }) => [id, dayOf2024(day)].join(',')),
  })
}

const cells = (analysis: Analysis, id: string, policy: 'internal' | 'hes-7/5' = 'internal') =>
  tableOf(reportsOf(analysis, policy)[0], id)

describe('two arms, and nine people in both', () => {
  let analysis: Analysis
  beforeAll(async () => {
    analysis = await found(PEOPLE, '', USE)
  })

  it('N8: people in two arms are a row of their own, everyone is in one row, and the report says by which rule', () => {
    expect(cells(analysis, 'arms')).toEqual([
      ['Peer-led', '12', '12'],
      ['SCM', '12', '12'],
      ['More than one arm', '9', '18'],
    ])
    const team = serviceOf(analysis, 'team')
    expect(team.n_people).toBe(12 + 12 + 9)
    expect(team.n_episodes).toBe(12 + 12 + 18)
  })

  it('N8: who is in each arm is shown before any outcome, with the words that nobody was randomised', () => {
    const sections = reportsOf(analysis)[0]?.sections.filter((it) => it.id.startsWith('arms'))
    expect(sections?.[0]?.lead.text).toMatch(/^People were not randomised to an arm/)
    const ids = sections?.map((it) => [...it.figures, ...it.tables].map(({ id }) => id))
    expect(ids).toEqual([
      ['arms', 'arm-case-mix'],
      ['arms', 'arm-outcomes', 'arm-use', 'arm-cost'],
    ])
    const mix = cells(analysis, 'arm-case-mix')
    expect(mix).toContainEqual(['Gender', 'Female', '0 (0%)', '12 (100%)', '0'])
    expect(mix).toContainEqual(['Neurodiversity', 'Queried', '0 (0%)', '0 (0%)', '9'])
    expect(mix).toContainEqual(['First score, mean', 'ReQoL-10', '15.0', '15.0', '15.0'])
    expect(mix.at(-1)?.slice(2)).toEqual(['1.00', '2.00', 'too few to say'])
  })

  it('N8: outcome, use and cost of each arm, before and after, with intervals; nine are too few to say', () => {
    const outcomes = cells(analysis, 'arm-outcomes').map((row) => row.slice(1, 5))
    expect(outcomes).toEqual([
      ['Peer-led', '12', '12', '5.8'],
      ['SCM', '12', '12', '5.8'],
      ['More than one arm', '18', '9', 'too few to say'],
    ])
    const use = cells(analysis, 'arm-use')
    expect(use.map((row) => [row[0], row[3], row[4]])).toEqual([
      ['Peer-led', '1.00', '1.00'],
      ['SCM', '2.00', '1.00'],
      ['More than one arm', 'too few to say', 'too few to say'],
    ])
    // An A&E attendance is £280 in prices of 2024/25; a year of 366 days after, 365 before.
    const cost = cells(analysis, 'arm-cost')
    expect(cost.map((row) => row.slice(0, 4))).toEqual([
      ['Peer-led', '£280', '£279', expect.stringContaining('£1')],
      ['SCM', '£560', '£279', expect.stringContaining('£281')],
      ['More than one arm', 'too few to say', 'too few to say', 'too few to say'],
    ])
    expect(cost[0]?.[4]).toMatch(/ to /)
  })

  it('N8: the evaluation report has the same section', () => {
    const evaluation = reportsOf(analysis).find((it) => it.audience === 'evaluation')
    expect(tableOf(evaluation, 'arm-cost')).toEqual(cells(analysis, 'arm-cost'))
  })
})

it.each([
  {
    rule: 'first',
    rows: [
      ['Peer-led', '12'],
      ['SCM', '21'],
    ],
  },
  {
    rule: 'last',
    rows: [
      ['Peer-led', '21'],
      ['SCM', '12'],
    ],
  },
])('N8: by the rule $rule, people in two arms count in that arm alone, and nobody is lost', async ({ rule, rows }) => {
  const analysis = await found(PEOPLE, `rules: { two_arms: ${rule} }`)
  expect(cells(analysis, 'arms').map((row) => row.slice(0, 2))).toEqual(rows)
})

it('N8: an arm may be declared: by pathway, with two words for one arm; what is not listed is in no arm', async () => {
  const people = [
    ...alike(3, 'a', { pathway: 'SCM group' }),
    ...alike(4, 'b', { pathway: 'SCM one to one' }),
    ...alike(5, 'c', { pathway: 'Peers' }),
    ...alike(2, 'd', { pathway: 'Other' }),
  ]
  const analysis = await found(
    people,
    `arms:
  - { service: team, arm: SCM, from: pathway, is: [SCM group, SCM one to one] }
  - { service: team, arm: Peer-led, from: pathway, is: [Peers] }`,
  )
  expect(cells(analysis, 'arms').map((row) => row.slice(0, 2))).toEqual([
    ['Peer-led', '5'],
    ['SCM', '7'],
    ['No arm recorded', '2'],
  ])
})

it('N8: in what leaves, an arm of three people takes another with it, in every table: neither can be had by subtraction', async () => {
  const people = [
    ...alike(25, 's', { arm: 'SCM', gender: 'female' }),
    ...alike(15, 'p', { arm: 'Peer-led', gender: 'male' }),
    ...alike(3, 'x', { arm: 'Other', gender: 'male' }),
  ]
  const use: Use = Object.fromEntries(people.map(({ id }) => [id, [-100, 100]]))
  const analysis = await found(people, '', use)
  const shown = (id: string, column: number) => cells(analysis, id, 'hes-7/5').map((row) => row[column] !== '*')
  for (const [id, columns] of [
    ['arms', [1, 2]],
    ['arm-outcomes', [2, 3, 4]],
    ['arm-use', [1, 3, 4]],
    ['arm-cost', [1, 2, 3]],
  ] as const)
    for (const column of columns) expect([id, column, shown(id, column)]).toEqual([id, column, [false, false, true]])
  const groups = cells(analysis, 'groups', 'hes-7/5').filter((row) => row[0] === 'Intervention')
  expect(groups.map((row) => [row[1], row[4] !== '*'])).toEqual([
    ['Other', false],
    ['Peer-led', false],
    ['SCM', true],
  ])
})
