import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { CliRoom } from '../pipelines/cli-room.ts'

/**
 * Sixty people referred; 52 have a first ReQoL-10 score, 40 of them a second. Scores are drawn once, and what the report must say of
 * them is added up here by hand.
 */
const random = createRandom('need 3')
const people = Array.from({ length: 60 }, (_, i) => {
  const pre = i < 52 ? 6 + Math.floor(24 * random()) : null
  const post = i < 40 ? Math.min(40, (pre as number) - 6 + Math.floor(21 * random())) : null
  return { id: `P${i}`, pre, post }
})
const paired = people.flatMap(({ pre, post }) => (pre === null || post === null ? [] : [{ pre, post }]))
const count = (keep: (it: { pre: number; post: number }) => boolean) => paired.filter(keep).length
const percent = (part: number, whole: number) => Math.round((100 * part) / whole)

const room = new CliRoom()
beforeAll(async () => {
  const heading = 'person_id,measure,score_date,score,referral_date,discharge_date'
  const rows = people.flatMap(({ id, pre, post }) => [
    ...(pre === null ? [`${id},PHQ-9,2025-01-02,12,2025-01-01,2025-07-01`] : []),
    ...(pre === null ? [] : [`${id},ReQoL-10,2025-01-02,${pre},2025-01-01,2025-07-01`]),
    ...(post === null ? [] : [`${id},ReQoL-10,2025-06-02,${post},2025-01-01,2025-07-01`]),
  ])
  room.put(
    'p/outcomes.yaml',
    `measures: { reqol-10: { total: { index_norms: { reliability: 0.7 }, source: 'Stated' } } }`,
  )
  room.put('p/exports/scores.csv', `${heading}\n${rows.join('\n')}\n`)
  room.put('pairs.csv', `person_id,pre,post\n${paired.map(({ pre, post }, i) => `${i},${pre},${post}`).join('\n')}\n`)
  const told = await room.type(['ingest', 'p/exports/scores.csv', '--project', 'p', '--service', 's'])
  expect(told.code).toBe(0)
})
afterAll(() => room.leave())

type Rows = Record<string, unknown>[]

async function reqol(table: string): Promise<Record<string, unknown>> {
  const found = (await room.json('results', table, '--project', 'p', '--internal')) as { tables: { rows: Rows }[] }
  const row = found.tables.flatMap((it) => it.rows).find((it) => String(it.label).includes('ReQoL-10'))
  if (row === undefined) throw new Error(`${table} has no row of ReQoL-10`)
  return row
}

it('N3: eligible, baseline and paired are counted for the measure', async () => {
  expect(await reqol('completeness')).toMatchObject({
    eligible: 60,
    baseline: 52,
    paired: 40,
    percent: percent(40, 60),
  })
})

it('N3: mean change with its 95% interval and the effect sizes by name are those of the same pairs analysed from a file', async () => {
  const alone = await room.json('analyse', 'change', 'pairs.csv', '--measure', 'reqol-10')
  const shown = (value: unknown, decimals: number) => (value as number).toFixed(decimals).replace('-', '−')
  const cell = (value: unknown, ci95: unknown, decimals: number) => {
    const [low, high] = ci95 as [number, number]
    return `${shown(value, decimals)} (${shown(low, decimals)} to ${shown(high, decimals)})`
  }
  const mean = paired.reduce((sum, { pre, post }) => sum + post - pre, 0) / paired.length
  expect(alone.mean_change).toBeCloseTo(mean, 10)
  expect(await reqol('change')).toMatchObject({ n: 40, improvement: Math.round(10 * mean) / 10 })
  expect(await reqol('effect-sizes')).toMatchObject({
    n: 40,
    mean: cell(mean, alone.ci95, 1),
    d_pre: cell(alone.d_pre, alone.d_pre_ci95, 2),
    d_av: cell(alone.d_av, alone.d_av_ci95, 2),
    dz: cell(alone.dz, alone.dz_ci95, 2),
    hedges_g: cell(alone.hedges_g, alone.hedges_g_ci95, 2),
  })
})

it('N3: reliably improved, unchanged and deteriorated by the published 5 points, with intervals, and recovered by both denominators', async () => {
  const better = count(({ pre, post }) => post - pre >= 5)
  const worse = count(({ pre, post }) => post - pre <= -5)
  expect(await reqol('categories')).toMatchObject({
    n: 40,
    improved: percent(better, 40),
    no_change: percent(40 - better - worse, 40),
    deteriorated: percent(worse, 40),
    improved_range: expect.stringMatching(/^\d+% to \d+%$/),
  })
  const cases = count(({ pre }) => pre < 25)
  const recovered = count(({ pre, post }) => pre < 25 && post >= 25 && post - pre >= 5)
  const ends = await reqol('recovered-and-harmed')
  expect(ends.recovered).toMatch(new RegExp(`^${percent(recovered, 40)}% \\(`))
  expect(ends.recovered_of_cases).toMatch(new RegExp(`^${percent(recovered, cases)}% \\(`))
})

it('N3: cases before and after, tested as the same people', async () => {
  const alone = await room.json('analyse', 'change', 'pairs.csv', '--measure', 'reqol-10')
  const { case_change } = alone as { case_change: { n_case_pre: number; n_case_post: number; p: number } }
  expect(case_change.n_case_pre).toBe(count(({ pre }) => pre < 25))
  expect(case_change.n_case_post).toBe(count(({ post }) => post < 25))
  const row = await reqol('case-change')
  expect(row).toMatchObject({
    n: 40,
    pre: percent(case_change.n_case_pre, 40),
    post: percent(case_change.n_case_post, 40),
  })
  expect(row.p).toBe(case_change.p < 0.0005 ? 'under 0.001' : Math.round(1000 * case_change.p) / 1000)
})

const INDICES = [
  ['gln', 'Gulliksen, Lord and Novick'],
  ['hll', 'Hsu, Linn and Lord'],
  ['en', 'Edwards and Nunnally'],
  ['nk', 'Nunnally and Kotsch'],
  ['ha', 'Hageman and Arrindell'],
] as const

async function indexRows(): Promise<Map<unknown, Record<string, unknown>>> {
  const found = (await room.json('results', 'change-indices', '--project', 'p', '--internal')) as {
    tables: { rows: Rows }[]
  }
  const rows = found.tables.flatMap((it) => it.rows).filter((it) => String(it.label).includes('ReQoL-10'))
  return new Map(rows.map((row) => [row.rule, row]))
}

const shareOf = (part: number) => `${part} (${percent(part, paired.length)}%)`

it('N3: by the other published indices, the same people are classified as by the same index from a file', async () => {
  const rows = await indexRows()
  for (const [index, name] of INDICES) {
    const alone = await room.json(
      ...['analyse', 'change', 'pairs.csv', '--better', 'higher', '--index', index, '--reliability', '0.7'],
    )
    const { improved, unchanged, deteriorated } = alone.counts as Record<string, number>
    expect([name, rows.get(name)]).toMatchObject([
      name,
      {
        improved: shareOf(improved as number),
        no_change: shareOf(unchanged as number),
        deteriorated: shareOf(deteriorated as number),
      },
    ])
  }
})

it('N3: Edwards and Nunnally by hand, and how many people the published 5 points classify otherwise', async () => {
  const first = paired.map(({ pre }) => pre)
  const mean = first.reduce((sum, it) => sum + it, 0) / first.length
  const sd = Math.sqrt(first.reduce((sum, it) => sum + (it - mean) ** 2, 0) / (first.length - 1))
  const index = ({ pre, post }: { pre: number; post: number }) =>
    (post - (0.7 * (pre - mean) + mean)) / (sd * Math.sqrt(1 - 0.7))
  const classed = (size: number, critical: number) => (Math.abs(size) < critical ? 0 : Math.sign(size))
  const otherwise = count((it) => classed(index(it), 1.96) !== classed(it.post - it.pre, 5))
  expect(otherwise).toBeGreaterThan(0)
  const rows = await indexRows()
  expect(rows.get('Edwards and Nunnally')).toMatchObject({
    improved: shareOf(count((it) => index(it) >= 1.96)),
    deteriorated: shareOf(count((it) => index(it) <= -1.96)),
    otherwise: shareOf(otherwise),
  })
  expect(rows.get('This report: 5 points')).toMatchObject({
    improved: shareOf(count(({ pre, post }) => post - pre >= 5)),
  })
})

it('N3: each index stands with its warning and the reliability stated, and a reliability for the indices sets no threshold', async () => {
  const found = (await room.json('results', 'change-indices', '--project', 'p', '--internal')) as {
    tables: { notes: unknown }[]
  }
  const notes = JSON.stringify(found.tables[0]?.notes)
  for (const [, name] of INDICES) expect(notes).toContain(`${name} (`)
  expect(notes).toContain('reliability 0.7 (Stated)')
  expect((await reqol('categories')).improved).toBe(
    percent(
      count(({ pre, post }) => post - pre >= 5),
      40,
    ),
  )
})

it('N3: a measure of which no reliability is known says so, and how to state one', async () => {
  room.put('none/exports/scores.csv', room.contents()['p/exports/scores.csv'] as string)
  expect((await room.type(['ingest', 'none/exports/scores.csv', '--project', 'none', '--service', 's'])).code).toBe(0)
  const found = (await room.json('results', 'change-indices', '--project', 'none', '--internal')) as {
    tables: { rows: Rows; notes: unknown }[]
  }
  expect(JSON.stringify(found.tables[0]?.rows)).toContain('no reliability is known')
  expect(JSON.stringify(found.tables[0]?.notes)).toContain('index_norms')
})
