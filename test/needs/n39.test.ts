import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCsv } from '../../src/domain/csv.ts'
import { CliRoom } from '../pipelines/cli-room.ts'
import { alike, careExports, careSettings } from './care-project.ts'
import { analysisOf, serviceOf } from './project-room.ts'

const room = new CliRoom()
const PEOPLE = [
  ...alike(12, 'y', { neurodiverse: 'Y', arm: 'MBT', pathway: '=2+2' }),
  ...alike(11, 'n', { neurodiverse: 'N', arm: 'Skills' }),
  ...alike(4, 'once', { neurodiverse: 'Q', scores: [[10, 'reqol-10', 22]] }),
]
const SETTINGS = careSettings()
const FILE = 'team-reqol-10-total.csv'
const folder = join(room.dir, 'ready')

beforeAll(async () => {
  for (const [path, text] of Object.entries({ 'outcomes.yaml': SETTINGS, ...careExports(PEOPLE) })) {
    mkdirSync(dirname(join(room.dir, 'project', path)), { recursive: true })
    writeFileSync(join(room.dir, 'project', path), text)
  }
  await room.json('run', 'project')
  await room.json(
    'results',
    '--project',
    'project',
    '--internal',
    '--analysis-ready',
    folder,
    '--group',
    'neurodiversity',
  )
}, 120_000)
afterAll(() => room.leave())

it('N39: the analysis-ready file, read again, gives the numbers of the report to the last digit', async () => {
  const again = await room.json('analyse', 'change', join(folder, FILE), '--measure', 'reqol-10')
  const analysis = await analysisOf(SETTINGS, careExports(PEOPLE))
  const [outcome] = serviceOf(analysis, 'team').outcomes
  if (outcome === undefined) throw new Error('there is no outcome')
  const { summary } = outcome
  const { statistics } = summary
  expect(again).toMatchObject({
    n: summary.funnel.n_baseline,
    n_complete: summary.funnel.n_paired,
    mean_pre: statistics.mean_pre,
    mean_post: statistics.mean_post,
    mean_change: statistics.mean_improvement,
    ci95: statistics.improvement_ci95,
    dz: statistics.dz,
    d_pre: statistics.d_pre,
    reliable_change_points: summary.categories?.reliable_change.points,
  })
  const counts = again.counts as { recovered: number; improved: number; deteriorated: number; harmed: number }
  expect(counts.recovered + counts.improved).toBe(summary.categories?.improved.count)
  expect(counts.recovered).toBe(summary.recovery?.recovered_of_all.count)
  const groups = serviceOf(analysis, 'team').groups.find((it) => it.dimension === 'neurodiversity')?.groups
  const means = (again.groups as { group: string; mean_change: number | null }[]).map((it) => [
    it.group,
    it.mean_change,
  ])
  expect(Object.fromEntries(means)).toEqual(
    Object.fromEntries((groups ?? []).map((it) => [it.value, it.outcome?.summary.statistics.mean_improvement ?? null])),
  )
})

it('N39: therapy type is a column, and the dictionary names every column and the command for every file', () => {
  const rows = readCsv(readFileSync(join(folder, FILE), 'utf8')).map((it) => it.cells)
  const heading = rows[0] as string[]
  const arms = rows.slice(1).map((row) => row[heading.indexOf('intervention')])
  expect([arms.filter((it) => it === 'MBT').length, arms.filter((it) => it === 'Skills').length]).toEqual([12, 11])
  const dictionary = readCsv(readFileSync(join(folder, 'data-dictionary.csv'), 'utf8')).map((it) => it.cells)
  const columns = dictionary.filter(([file]) => file === 'every file').map(([, column]) => column)
  expect(columns).toEqual(heading)
  const files = dictionary.filter(([file]) => file?.endsWith('.csv'))
  expect(files.map(([file]) => file).toSorted()).toEqual(
    readdirSync(folder)
      .filter((it) => it !== 'data-dictionary.csv')
      .toSorted(),
  )
  expect(files[0]?.[5]).toBe(`outcomes analyse change ${FILE} --measure reqol-10`)
})

it('N39: the rows hold no identifier and no date, no formula, and are for their owner alone', () => {
  const text = readFileSync(join(folder, FILE), 'utf8')
  for (const { id } of PEOPLE) expect(text).not.toMatch(new RegExp(`\\b${id}\\b`))
  expect(text).not.toMatch(/\d{4}-\d{2}/)
  expect(text).toContain("'=2+2")
  expect(statSync(join(folder, FILE)).mode & 0o077).toBe(0)
})

it('N39: rows of single episodes are refused unless the reader says that they stay inside', async () => {
  const told = await room.type(['results', '--project', 'project', '--analysis-ready', 'elsewhere'])
  expect(told.code).toBe(2)
  expect(told.err).toContain('not anonymous')
})
