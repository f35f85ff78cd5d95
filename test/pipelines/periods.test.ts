import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CliRoom } from './cli-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

const HEADING = 'person_id,measure,score_date,score'
/** With a fault, and a day that was a mistake: neither is in the file that was sent again. */
const V1 = `${HEADING}\nA,PHQ-9,2025-09-02,20\nB,PHQ-9,2026-02-03,11\nC,PHQ-9,2025-09-04,99\n`
const V2 = `${HEADING}\nA,PHQ-9,2025-09-02,20\nB,PHQ-9,2025-09-03,12\n`

async function filesOf(project: string): Promise<unknown[]> {
  const { files } = (await room.json('check', '--project', project)) as { files: Record<string, unknown>[] }
  return files.map(({ file, period, superseded_by }) => [file, period, superseded_by])
}

const NORTH = 'services: [{ code: north, name: North }]\n'
const STANDING = [
  ['v1.csv', '2025-09', 'v2.csv'],
  ['v2.csv', '2025-09', null],
]

describe('which file stands for which period', () => {
  it('is said on the command line, and by every report of the files', async () => {
    room.put('v1.csv', V1)
    room.put('v2.csv', V2)
    await room.json('ingest', 'v1.csv', '--project', 'typed', '--period', '2025-09')
    const { files } = await room.json('ingest', 'v2.csv', '--project', 'typed', '--period', '2025-09-01..2025-09-30')
    expect(files).toMatchObject([{ loaded: 2, duplicates: 0, period: '2025-09', supersedes: ['v1.csv'] }])
    expect(await filesOf('typed')).toEqual(STANDING)
    const { out } = await room.type(['check', '--project', 'typed'])
    expect(out).toContain('v1.csv was for 2025-09: it is kept, and v2.csv stands in its place.')
    const { rows } = (await room.json('quarantine', '--project', 'typed')) as { rows: unknown[] }
    expect(rows).toEqual([])
  })

  it('is said under sources, in whose order the later one stands; the data-quality page names the superseded file', async () => {
    room.put('listed/exports/v1.csv', V1)
    room.put('listed/exports/v2.csv', V2)
    const source = (file: string) => `  - { files: ${file}, period: 2025-09 }\n`
    room.put('listed/outcomes.yaml', `${NORTH}sources:\n${source('v1.csv')}${source('v2.csv')}`)
    expect((await room.type(['run', 'listed', '--quiet'])).code).toBe(0)
    expect(await filesOf('listed')).toEqual(STANDING)
    const page = readFileSync(join(room.dir, 'listed/reports/internal/service-north.html'), 'utf8')
    expect(page.replaceAll(/<[^>]+>/g, '')).toContain(
      'The file v1.csv was sent for 2025-09 and is kept; v2.csv stands in its place',
    )
    expect(page).toContain('3 September 2025')
    expect(page).not.toContain('February 2026')
    expect(page).not.toContain('A score outside the range of the measure')
    const again = await room.type(['run', 'listed'])
    expect(again.err).toContain('have not changed since the last run')

    room.put('listed/outcomes.yaml', `${NORTH}sources:\n${source('v2.csv')}${source('v1.csv')}`)
    await room.type(['run', 'listed', '--quiet'])
    room.put('listed/outcomes.yaml', `${NORTH}sources:\n  - { files: "*.csv" }\n`)
    await room.type(['run', 'listed', '--quiet'])
    expect(await filesOf('listed')).toEqual([
      ['v1.csv', null, null],
      ['v2.csv', null, null],
    ])
  })

  it.each([
    [
      'two files for one period in one go',
      ['v1.csv', 'v2.csv', '--period', '2025-09'],
      /v1\.csv and v2\.csv are both given for 2025-09/,
    ],
    ['a period that is none', ['v1.csv', '--period', 'September'], /--period is a month \(2025-09\)/],
  ])('%s is refused with a sentence', async (_, args, message) => {
    const told = await room.type(['ingest', ...args, '--project', 'refused'])
    expect([told.code, told.err]).toEqual([2, expect.stringMatching(message)])
  })
})
