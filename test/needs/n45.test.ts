import { afterAll, beforeAll, expect, it } from 'vitest'
import { CliRoom } from '../pipelines/cli-room.ts'
import { analysisOf, csv, reportsOf, serviceOf, tableOf } from './project-room.ts'

/**
 * Thirty people answer DIALOG and rate three goals of their own, twice. Only the job situation (domain 3) gets better, by 2 for
 * everyone and by 3 for every third person; each goal goes up by 3. No symptom is measured at all.
 */
const PEOPLE = Array.from({ length: 30 }, (_, i) => i)
const dialog = (person: number, isLast: boolean) =>
  Array.from({ length: 11 }, (_, item) =>
    item === 2 ? (!isLast ? 3 : person % 3 === 0 ? 6 : 5) : 2 + ((person + item) % 4),
  )
/** Everyone but five, who leave it blank, wants more help with the job at first; ten still do at the last. Nobody wants any other. */
const help = (person: number, isLast: boolean) =>
  Array.from({ length: 11 }, (_, item) => {
    if (item !== 2) return 'N'
    if (!isLast) return person < 5 ? '' : 'Yes'
    return person < 10 ? 'y' : 'n'
  })
const goals = (person: number, isLast: boolean) => [1, 2, 3].map((goal) => (person % 4) + goal + (isLast ? 3 : 0))

const room = new CliRoom()
beforeAll(async () => {
  room.put(
    'dialog.yaml',
    `profile: dialog-forms
title: DIALOG and goals
reads: csv
date_order: ymd
identity: { local_id: id, provider: X }
yields:
  - kind: assessment
    measure: { constant: dialog }
    assessed_date: on
    items: { pattern: 'd{n}', count: 11 }
    help_wanted: { columns: { pattern: 'h{n}', count: 11 } }
  - { kind: assessment, measure: { constant: gbo }, assessed_date: on, items: { pattern: 'g{n}', count: 3 } }
`,
  )
  const heading = [
    'id',
    'on',
    ...Array.from({ length: 11 }, (_, i) => `d${i + 1}`),
    ...Array.from({ length: 11 }, (_, i) => `h${i + 1}`),
    'g1',
    'g2',
    'g3',
  ].join(',')
  const rows = PEOPLE.flatMap((person) =>
    [false, true].map((isLast) =>
      [
        `P${person}`,
        isLast ? '2025-06-02' : '2025-01-02',
        ...dialog(person, isLast),
        ...help(person, isLast),
        ...goals(person, isLast),
      ].join(','),
    ),
  )
  room.put('p/exports/forms.csv', `${heading}\n${rows.join('\n')}\n`)
  const args = ['ingest', 'p/exports/forms.csv', '--profile', './dialog.yaml', '--project', 'p', '--service', 's']
  const told = await room.type(args)
  expect(told.code, told.err).toBe(0)
})
afterAll(() => room.leave())

type Row = Record<string, unknown>

async function rows(table: string): Promise<Row[]> {
  const found = (await room.json('results', table, '--project', 'p', '--internal')) as { tables: { rows: Row[] }[] }
  return found.tables.flatMap((it) => it.rows)
}

it('N45: every DIALOG domain stands by itself: the job situation rises by 2.3 and no other domain moves', async () => {
  const domains = await rows('dialog-domains')
  expect(domains).toHaveLength(8)
  const moved = domains.filter((it) => it.change !== 0)
  expect(moved.map((it) => [it.label, it.n, it.pre, it.post, it.change])).toEqual([['Job situation', 30, 3, 5.3, 2.3]])
})

it('N45: who wants more help stands beside each domain, first and last, of those who answered; a blank is nobody’s no', async () => {
  const domains = await rows('dialog-domains')
  const of = (label: string) => domains.find((it) => it.label === label)
  expect(of('Job situation')).toMatchObject({ change: 2.3, help_first: 100, help_last: 33 })
  expect(of('Accommodation')).toMatchObject({ change: 0, help_first: 0, help_last: 0 })
})

it('N45: quality of life by DIALOG and the person’s own goals lead the outcomes where no symptom was measured', async () => {
  const change = await rows('change')
  const labels = change.map((it) => String(it.label))
  expect(labels.some((it) => it.includes('DIALOG'))).toBe(true)
  expect(labels.some((it) => it.includes('goals'))).toBe(true)
  const sqol = change.find((it) => String(it.label).includes('quality of life'))
  expect(sqol).toMatchObject({ n: 30, improvement: 0.3 })
})

it('N45: goals have reliable change and effect sizes as any measure has; a rise that is the same for all has no spread to divide by', async () => {
  const categories = await rows('categories')
  expect(categories.find((it) => String(it.label).includes('goals'))).toMatchObject({ n: 30, improved: 100 })
  const effects = await rows('effect-sizes')
  expect(effects.some((it) => String(it.label).includes('quality of life'))).toBe(true)
  expect(effects.some((it) => String(it.label).includes('goals'))).toBe(false)
})

const SCORE = (told: string) =>
  `{ kind: score, measure: { constant: 'gbo:goal_1' }, score: rating, assessed_date: date${told} }`
const FORM = `{ kind: assessment, measure: { constant: gbo }, items: [rating], goals_set: [set], assessed_date: date }`
const GOALS_YAML = (yielded: string) => `
profile: goals
title: Goals, one a row
reads: csv
date_order: ymd
identity: { local_id: person }
yields:
  - ${yielded}
`
const GOAL_SETTINGS = `
project: Goals of the test
services: [{ code: team, name: The team, provider: P1 }]
sources: [{ files: goals.csv, profile: goals.yaml, service: team }]
`
/** Half keep their goal, which goes from 2 to 6. The others get there too, drop it, and rate a new one at 1 under its number. */
const ratings = PEOPLE.flatMap((person) => [
  { person, date: '2025-01-02', rating: 2, set: '2025-01-02', isNew: 'yes' },
  { person, date: '2025-03-03', rating: 6, set: person % 2 === 0 ? '' : '2025-01-02', isNew: '' },
  ...(person % 2 === 0 ? [] : [{ person, date: '2025-06-02', rating: 1, set: '2025-06-01', isNew: 'yes' }]),
])
const GOALS_CSV = csv('person,date,rating,set,new', ratings, (it) =>
  [`P${it.person}`, it.date, it.rating, it.set, it.isNew].join(','),
)

it.each([
  ['dates when each goal was set', SCORE(', goal_set_date: set'), 30, 0],
  ['dates when the goals of a form were set', FORM, 30, 0],
  ['marks the first rating of a new goal', SCORE(', goal_is_new: new'), 30, 0],
  ['says neither', SCORE(''), 15, 15],
])(
  'N45: a new goal under an old number is not the old one got worse, where the export %s',
  async (_, yielded, improved, worse) => {
    const analysis = await analysisOf(GOAL_SETTINGS, {
      'goals.yaml': GOALS_YAML(yielded),
      'exports/goals.csv': GOALS_CSV,
    })
    const { goals } = serviceOf(analysis, 'team')
    expect(goals).toMatchObject({ n_goals: 30, improved, no_change: worse, replaced: worse === 0 ? 15 : null })
    const [report] = reportsOf(analysis)
    expect(tableOf(report, 'goals')[0]).toEqual([
      'Better by 3 points or more',
      String(improved),
      `${improved === 30 ? 100 : 50}%`,
    ])
    const words = JSON.stringify(
      report?.sections.flatMap(({ tables }) => tables.flatMap((it) => it.notes.map(({ text }) => text))),
    )
    expect(words.includes('cannot be told from one that was rated again')).toBe(worse > 0)
    expect(words.includes('15 were replaced by another')).toBe(worse === 0)
  },
)
