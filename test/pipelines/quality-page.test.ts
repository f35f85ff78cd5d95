import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CliRoom, type Told } from './cli-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

const HEADING = 'person_id,measure,score_date,score,referral_date,discharge_date'

const NORTH = 'services: [{ code: north, name: North }]\n'

/** A project of one export in the plain layout, run. */
async function run(name: string, rows: readonly string[], settings = NORTH): Promise<Told> {
  room.put(`${name}/exports/export.csv`, [HEADING, ...rows, ''].join('\n'))
  room.put(`${name}/outcomes.yaml`, `data_end: 2025-12-31\n${settings}`)
  return room.type(['run', name, '--quiet'])
}

/** A table of the internal reports, by column. */
async function cells(name: string, table: string, ...columns: string[]): Promise<unknown[][]> {
  const found = await room.json('results', table, '--project', name, '--internal')
  const [{ rows }] = found.tables as [{ rows: Record<string, unknown>[] }]
  return rows.map((row) => columns.map((column) => row[column]))
}

function page(name: string, file: string): string {
  return readFileSync(join(room.dir, name, 'reports/internal', `${file}.html`), 'utf8').replaceAll(/<[^>]+>/g, ' ')
}

const referral = (person: string, date: string) => `${person},,,,${date},`
const score = (person: string, date: string, value: number) => `${person},ReQoL-10,${date},${value},2025-01-06,`

describe('the data-quality page is useful whatever is missing', () => {
  it('with no questionnaire at all: says so, counts who came, and says what to do first', async () => {
    const { code } = await run(
      'none',
      ['a', 'b', 'c'].map((person) => referral(person, '2025-01-06')),
    )
    expect(code).toBe(0)
    expect(await cells('none', 'fix-first', 'what', 'n', 'adds')).toEqual([
      ['Episodes, and no questionnaire of any measure', 3, 'A first score each'],
    ])
    expect(page('none', 'service-north')).toContain('No questionnaire of any measure was in the exports')
    expect(page('none', 'commissioner')).toContain('How good the data are')
  })

  it('with a measure that is in use and has no score yet: everyone is counted from its declared start', async () => {
    const people = [referral('a', '2025-01-06'), referral('b', '2025-03-03'), referral('c', '2025-04-07')]
    await run(
      'unused',
      people,
      `${NORTH}measure_starts:\n  - { service: north, measure: reqol-10, date: 2025-04-01 }\n`,
    )
    expect(await cells('unused', 'completeness', 'label', 'eligible', 'first', 'two')).toEqual([['ReQoL-10', 1, 0, 0]])
    // 3 March is 29 days before the start: a form may come 28 days early, and no more.
    expect(await cells('unused', 'timeliness', 'started', 'newest')).toEqual([
      ['April 2025 (as the project states)', 'none'],
    ])
    expect((await cells('unused', 'fix-first', 'what', 'n'))[0]).toEqual(['Episodes without any ReQoL-10 score', 1])
  })

  it('with first scores and no pair: the exit code is 0, and second scores come first', async () => {
    const people = ['a', 'b', 'c', 'd'].map((person) => score(person, '2025-01-13', 12))
    const { code } = await run('unpaired', [...people, score('e', '2025-13-01', 12), referral('f', '2025-01-06')])
    expect(code).toBe(0)
    expect(await cells('unpaired', 'fix-first', 'what', 'n', 'adds')).toEqual([
      ['Episodes with a first ReQoL-10 score and no second', 4, 'A pair each'],
      ['A date that does not exist, or is written another way', 1, 'A record each'],
      ['Episodes without any ReQoL-10 score', 1, 'A first score each'],
    ])
    expect(await cells('unpaired', 'timeliness', 'started', 'newest', 'age', 'wait')).toEqual([
      ['January 2025', 'January 2025', 11, 7],
    ])
    expect(await cells('unpaired', 'held-back-by-file', 'file', 'column', 'rows')).toEqual([
      ['export.csv', 'score_date', 1],
    ])
  })

  it('in a project that names no service, what was held back is the one service’s', async () => {
    await run('unnamed', [score('a', '2025-01-13', 12), score('b', '2025-13-01', 12)], '')
    expect(await cells('unnamed', 'files', 'file', 'records', 'quarantined')).toEqual([['export.csv', 2, 1]])
    expect(await cells('unnamed', 'held-back', 'rows')).toEqual([[1]])
    expect(await cells('unnamed', 'records-by-service', 'records', 'quarantined')).toEqual([[2, 1]])
  })

  it('a file that holds rows of several services is counted beside them', async () => {
    room.put(
      'several/exports/export.csv',
      [
        `${HEADING},service`,
        `${score('a', '2025-01-13', 12)},North`,
        `${score('b', '2025-01-13', 12)},South`,
        `${score('c', '2025-13-13', 12)},South`,
        '',
      ].join('\n'),
    )
    await room.type(['run', 'several', '--quiet'])
    expect(await cells('several', 'records-by-service', 'service', 'records', 'quarantined')).toEqual([
      ['north', 0, 0],
      ['south', 0, 0],
      ['Files of several services', 3, 1],
    ])
    expect(page('several', 'commissioner')).toContain('Of 3 records read, 2 were loaded')
  })

  it('a score that was set aside is said where changes are reported, and where the data are', async () => {
    const rows = ['a', 'b'].flatMap((person) => [score(person, '2025-01-13', 12), score(person, '2025-05-13', 20)])
    await run('aside', [...rows, score('a', '2025-05-13', 24)])
    const text = page('aside', 'service-north')
    const note = 'ReQoL-10: scores of 2 rows are in no pair (two different scores of one person, measure and day).'
    expect(text.split(note)).toHaveLength(3)
    expect(page('aside', 'commissioner')).toContain(note)
    expect(await cells('aside', 'completeness', 'eligible', 'baseline', 'paired')).toEqual([[2, 2, 1]])
    expect(await cells('aside', 'flagged', 'words', 'rows', 'consequence')).toEqual([
      [
        'Two different scores of one person, measure and day',
        2,
        'Both are kept and neither is in a pair, as it is not known which is right. Equal scores count as they are.',
      ],
    ])
  })
})
