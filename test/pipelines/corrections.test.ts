import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, describe, expect, it } from 'vitest'
import { buildStore } from '../../pipelines/build-store.ts'
import { readProject } from '../../pipelines/project.ts'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { readCsv } from '../../src/domain/csv.ts'
import { table } from '../table.ts'
import { CliRoom, ONLOOKER, type Told } from './cli-room.ts'

const room = new CliRoom()
afterAll(() => room.leave())

const HEADING = 'person_id,measure,score_date,score'
const FAULTY = [
  HEADING,
  'A,PHQ-9,2025-01-02,20',
  'B,PHQ-9,2025-13-03,11',
  'C,PHQ-9,03/01/2025,99',
  'D,PHQ-9,2025-01-06,5,extra',
  'A,PHQ-9,2025-04-02,12',
]

let nProjects = 0

/** A new project into which these lines were read, one file after the other. */
async function projectOf(...files: (readonly string[])[]): Promise<string> {
  const name = `p${++nProjects}`
  for (const [nth, lines] of files.entries()) {
    await succeed('ingest', room.put(`${name}-files/${nth + 1}.csv`, `${lines.join('\n')}\n`), '--project', name)
  }
  return name
}

async function succeed(...args: string[]): Promise<Told> {
  const told = await room.type([...args, '--quiet'])
  if (told.code !== 0) throw new Error(`${args.join(' ')}: exit ${told.code}: ${told.err}`)
  return told
}

type Line = Record<string, string>

/** The sheet for the team, a line each by its headings. */
async function sheetOf(project: string): Promise<Line[]> {
  await succeed('quarantine', '--project', project, '--export', `${project}-sheet.csv`)
  const [headings, ...records] = readCsv(readFileSync(join(room.dir, `${project}-sheet.csv`), 'utf8'))
  return records.map(({ cells }) => Object.fromEntries(headings?.cells.map((it, at) => [it, cells[at] ?? '']) ?? []))
}

interface Saved {
  delimiter?: string
  encoding?: BufferEncoding
  headings?: readonly string[]
}

function asText(
  lines: readonly Line[],
  { delimiter = ',', headings = Object.keys(lines[0] ?? {}) }: Saved = {},
): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  return [headings, ...lines.map((line) => headings.map((it) => line[it] ?? ''))]
    .map((cells) => cells.map(cell).join(delimiter))
    .join('\r\n')
}

function put(lines: readonly Line[], name: string, saved: Saved = {}): string {
  return room.put(name, Buffer.from(`\ufeff${asText(lines, saved)}\r\n`, saved.encoding ?? 'utf8'))
}

/** Fills in the sheet: `row column` to the corrected value; a row at fault as a whole has no column. */
function filledIn(lines: readonly Line[], values: Readonly<Record<string, string>>): Line[] {
  return lines.map((line) => ({ ...line, 'corrected value': values[`${line.row} ${line.column}`.trim()] ?? '' }))
}

/** Files, loaded_at and the corrections themselves apart, everything the store holds, models and all. */
async function everythingIn(project: string): Promise<Record<string, unknown[]>> {
  await succeed('check', '--project', project)
  const store = openProjectStore({ ...ONLOOKER, env: room.env }, join(room.dir, project), { readonly: true })
  try {
    const names = store.sqlite
      .prepare<[], string>(`select name from sqlite_master where type = 'table' order by name`)
      .pluck()
      .all()
    return Object.fromEntries(
      names
        .filter((name) => name !== 'corrected_row' && name !== 'correction_sheet')
        .map((name) => [name, store.sqlite.prepare(`select * from ${name}`).all().map(withoutFileFacts)]),
    )
  } finally {
    store.close()
  }
}

function withoutFileFacts(row: unknown): unknown {
  const { sha256: _s, n_bytes: _b, origin: _o, file_name: _f, loaded_at: _l, ...rest } = row as Record<string, unknown>
  return rest
}

async function heldIn(project: string): Promise<string[]> {
  const { rows } = (await room.json('quarantine', '--project', project)) as { rows: Record<string, unknown>[] }
  return rows.map(({ row_number, code }) => `${row_number} ${code}`)
}

const RIGHT = { '3 score_date': '2025-03-03', '4 score_date': '2025-01-03', '4 score': '9' }
const CORRECTED = [...FAULTY]
CORRECTED[2] = 'B,PHQ-9,2025-03-03,11'
CORRECTED[3] = 'C,PHQ-9,2025-01-03,9'

describe('the sheet that goes to the team', () => {
  it('names each cell at fault and holds no cell’s value; file and row have keys that no spreadsheet takes for a number', async () => {
    const lines = await sheetOf(await projectOf(FAULTY))
    const shown = lines.map(({ row, column, code }) => ({ row: Number(row), column: column || null, code }))
    expect(shown).toEqual(
      table(`
        row | column     | code
        ----+------------+-------------------
        3   | score_date | not_a_date
        4   | score_date | not_a_date
        4   | score      | score_out_of_range
        5   |            | too_many_cells
      `),
    )
    for (const line of lines) {
      expect(line['corrected value']).toBe('')
      expect(line['row key']).toMatch(/^r[\w-]{20}$/)
      expect(line['file key']).toMatch(/^f[0-9a-f]{15}$/)
    }
    expect(JSON.stringify(lines)).not.toMatch(/2025-13-03|03\/01\/2025|extra|99/)
  })
})

describe('a sheet that comes back', () => {
  it('moves rows from held back to loaded, and the store is the one that the corrected file gives', async () => {
    const project = await projectOf(FAULTY)
    const before = await heldIn(project)
    const told = await succeed(
      'ingest',
      put(filledIn(await sheetOf(project), RIGHT), 'back-1.csv'),
      '--project',
      project,
    )
    expect(told.out).toContain('3 cells corrected, 0 rows left out')
    expect(before).toEqual(['3 not_a_date', '4 not_a_date', '4 score_out_of_range', '5 too_many_cells'])
    expect(await heldIn(project)).toEqual(['5 too_many_cells'])
    expect(await everythingIn(project)).toEqual(await everythingIn(await projectOf(CORRECTED)))
  })

  it('keeps back a row that is still wrong, with its new fault, and takes another sheet for it', async () => {
    const project = await projectOf(FAULTY)
    const first = filledIn(await sheetOf(project), { '3 score_date': '2025-02-30', '4 score': '9' })
    await succeed('ingest', put(first, 'back-2.csv'), '--project', project)
    expect(await heldIn(project)).toEqual(['3 not_a_date', '4 not_a_date', '5 too_many_cells'])
    const second = filledIn(await sheetOf(project), { '3 score_date': '2025-03-03', '4 score_date': '2025-01-03' })
    await succeed('ingest', put(second, 'back-3.csv'), '--project', project)
    expect(await everythingIn(project)).toEqual(await everythingIn(await projectOf(CORRECTED)))
  })

  it('"leave out" holds the row back in the team’s name; "make blank" empties a cell', async () => {
    const lines = ['person_id,nhs_number,measure,score_date,score', 'A,9434765918,PHQ-9,2025-01-02,20', 'B,,PHQ-9,x,1']
    const project = await projectOf([...lines, 'C,,PHQ-9,2025-01-02,4,more'])
    const values = { '2 nhs_number': 'Make  blank', '3 score_date': 'LEAVE OUT', '4': 'leave out' }
    await succeed(
      'ingest',
      put(filledIn(await sheetOf(project), values), 'back-4.csv'),
      '--project',
      project,
      '--strict',
    )
    expect(await heldIn(project)).toEqual(['3 left_out_by_team', '4 left_out_by_team'])
    const { assessment_record, import_file } = await everythingIn(project)
    expect(assessment_record).toMatchObject([{ nhs_identity_key: null, supplied_score: 20 }])
    expect(import_file).toMatchObject([{ n_records: 3, n_loaded: 1, n_quarantined: 2 }])
  })

  it('leaves nothing that it says in the store’s folder', async () => {
    const project = await projectOf(['nhs_number,person_id,measure,score_date,score', '1,A,PHQ-9,2025-01-02,20'])
    const sheet = put(filledIn(await sheetOf(project), { '2 nhs_number': '943 476 5919' }), 'nhs.csv')
    await succeed('ingest', sheet, '--project', project)
    expect(await heldIn(project)).toEqual([])
    const found = Object.entries(room.contents()).filter(([, bytes]) => /943 ?476 ?5919/.test(bytes))
    expect(found.map(([path]) => path).sort()).toEqual(['nhs.csv', `${project}/exports/corrections/0001-nhs.csv`])
  })

  it.each<[string, Saved]>([
    ['with semicolons, as Excel saves it here', { delimiter: ';' }],
    ['with tabs in UTF-16, as Excel saves "Unicode text"', { delimiter: '\t', encoding: 'utf16le' }],
    [
      'in another order and with columns of the team’s own',
      { headings: ['row key', 'who', 'corrected value', 'row', 'column', 'file key'] },
    ],
  ])('is known whatever happened to it: %s', async (_, saved) => {
    const project = await projectOf(FAULTY)
    await succeed('ingest', put(filledIn(await sheetOf(project), RIGHT), 'saved.csv', saved), '--project', project)
    expect(await heldIn(project)).toEqual(['5 too_many_cells'])
  })

  it('is known as a workbook', async () => {
    const project = await projectOf(FAULTY)
    const lines = filledIn(await sheetOf(project), RIGHT)
    const headings = Object.keys(lines[0] as Line)
    const rows = [headings, ...lines.map((line) => headings.map((it) => line[it] ?? ''))]
    room.put('saved.xlsx', Buffer.from(await writeXlsx({ sheets: [{ name: 'Sheet1', rows }] })))
    await succeed('ingest', 'saved.xlsx', '--project', project)
    expect(await heldIn(project)).toEqual(['5 too_many_cells'])
  })

  it('changes nothing on a trial run, and nothing when it comes twice', async () => {
    const project = await projectOf(FAULTY)
    const sheet = put(filledIn(await sheetOf(project), RIGHT), 'twice.csv')
    await succeed('ingest', sheet, '--project', project, '--dry-run')
    expect(await heldIn(project)).toHaveLength(4)
    expect(existsSync(join(room.dir, project, 'exports'))).toBe(false)
    await succeed('ingest', sheet, '--project', project)
    const once = await everythingIn(project)
    const told = await succeed('ingest', sheet, '--project', project)
    expect(told.out).toContain('applied before: nothing was changed')
    expect(await everythingIn(project)).toEqual(once)
  })

  it('finds duplicates and numbers people as if the files had been right: any faulty files, any corrections', async () => {
    await fc.assert(
      fc.asyncProperty(faultyFiles(), async (files) => {
        const project = await projectOf(...files.map((file) => file.map(({ faulty }) => faulty.join(','))))
        const lines = (await sheetOf(project)).map((line) => {
          const file = files[Number(line.file?.replace('.csv', '')) - 1] ?? []
          const row = file[Number(line.row) - 1]
          const at = COLUMNS.indexOf(line.column ?? '')
          const value = row === undefined || !row.is_corrected ? '' : (row.right[at] ?? '')
          return { ...line, 'corrected value': value === '' && row?.is_corrected === true ? 'make blank' : value }
        })
        const sheet = put(lines, `${project}-back.csv`)
        await succeed('ingest', sheet, '--project', project)
        const clean = await projectOf(
          ...files.map((file) => file.map((row) => (row.is_corrected ? row.right : row.faulty).join(','))),
        )
        expect(await everythingIn(project)).toEqual(await everythingIn(clean))
      }),
      { seed: 20_261_122, numRuns: 6 },
    )
  })
})

const COLUMNS = HEADING.split(',')

interface DrawnRow {
  right: string[]
  faulty: string[]
  is_corrected: boolean
}

/** Two files of few people and values, so that rows repeat once they are right. */
function faultyFiles(): fc.Arbitrary<DrawnRow[][]> {
  const right = fc.tuple(
    fc.constantFrom('A', 'B', 'C', 'D'),
    fc.constantFrom('PHQ-9'),
    fc.constantFrom('2025-01-02', '2025-02-03'),
    fc.constantFrom('7', '12'),
  )
  const spoilt = fc.tuple(
    fc.constantFrom(null, null, ''),
    fc.constant(null),
    fc.constantFrom(null, null, '2025-02-30', '03/02/25'),
    fc.constantFrom(null, null, '28', 'seven'),
  )
  const row = fc.tuple(right, spoilt, fc.boolean()).map(([cells, faults, isToCorrect]) => {
    const faulty = cells.map((cell, at) => faults[at] ?? cell)
    return { right: [...cells], faulty, is_corrected: isToCorrect && faults.some((it) => it !== null) }
  })
  const heading = { right: COLUMNS, faulty: COLUMNS, is_corrected: false }
  const distinct = (rows: DrawnRow[], nth: number) => [
    heading,
    ...rows,
    {
      right: [`last ${nth}`, 'PHQ-9', '2025-03-04', '3'],
      faulty: [`last ${nth}`, 'PHQ-9', 'never', '3'],
      is_corrected: true,
    },
  ]
  return fc
    .tuple(fc.array(row, { minLength: 2, maxLength: 7 }), fc.array(row, { minLength: 2, maxLength: 7 }))
    .map((files) => files.map(distinct))
}

describe('a sheet that cannot be applied is refused with a sentence, and nothing changes', () => {
  it.each<[string, (lines: Line[]) => Line[], RegExp]>([
    [
      'a changed row key',
      (lines) => lines.map((line) => ({ ...line, 'row key': `r${'x'.repeat(20)}` })),
      /row 2 does not have the row key of row 3 of 1\.csv/,
    ],
    ['a row key cut short', (lines) => lines.map((line) => ({ ...line, 'row key': 'rx' })), /row 2 has no row key/],
    ['another row’s number', (lines) => lines.map((line) => ({ ...line, row: '2' })), /row key/],
    [
      'a row beyond the file’s end',
      (lines) => lines.slice(0, 1).map((line) => ({ ...line, row: '70' })),
      /row 70 of 1\.csv/,
    ],
    ['a word for a row number', (lines) => lines.map((line) => ({ ...line, row: 'three' })), /row 2 has no row number/],
    [
      'nothing filled in',
      (lines) => lines.map((line) => ({ ...line, 'corrected value': ' ' })),
      /nothing under "corrected value"/,
    ],
    [
      'an unknown file',
      (lines) => lines.map((line) => ({ ...line, 'file key': `f${'0'.repeat(15)}` })),
      /1\.csv, a file that was not read/,
    ],
    [
      'a column that the file has not',
      (lines) => lines.slice(0, 1).map((line) => ({ ...line, column: 'Scoer' })),
      /names a column that 1\.csv does not have/,
    ],
    [
      'a value for a row at fault as a whole',
      (lines) => lines.map((line) => ({ ...line, column: '', 'corrected value': '9' })),
      /is about a whole row/,
    ],
    [
      'two values for one cell',
      (lines) => [...lines, ...lines.map((line) => ({ ...line, 'corrected value': '2' }))],
      /gives another value than an earlier line/,
    ],
  ])('%s', async (_, spoil, message) => {
    const project = await projectOf(FAULTY)
    const lines = filledIn(await sheetOf(project), RIGHT).filter((line) => line['corrected value'] !== '')
    const before = await everythingIn(project)
    const told = await room.type(['ingest', put(spoil(lines), 'spoilt.csv'), '--project', project])
    expect(told.code).toBe(3)
    expect(told.err).toMatch(message)
    expect(told.err).not.toMatch(/2025-03-03/)
    expect(await everythingIn(project)).toEqual(before)
    expect(existsSync(join(room.dir, project, 'exports'))).toBe(false)
  })

  it('a file that has changed since, or was taken away, is named', async () => {
    const project = await projectOf(FAULTY)
    const sheet = put(filledIn(await sheetOf(project), RIGHT), 'late.csv')
    room.put(`${project}-files/1.csv`, `${CORRECTED.join('\n')}\n`)
    const changed = await room.type(['ingest', sheet, '--project', project])
    expect([changed.code, changed.err]).toEqual([
      3,
      expect.stringMatching(/1\.csv, as it was when it was read, is no longer at/),
    ])
    rmSync(join(room.dir, `${project}-files/1.csv`))
    expect((await room.type(['ingest', sheet, '--project', project])).code).toBe(3)
    expect(await heldIn(project)).toHaveLength(4)
  })
})

describe('corrections and runs', () => {
  /** A run as far as the store. */
  async function build(project: string): Promise<void> {
    const world = { ...ONLOOKER, cwd: room.dir, env: room.env }
    const store = await buildStore(world, readProject(join(room.dir, project)), { quiet: true })
    store.close()
  }

  it('a sheet kept in the project is applied by every run, and a run applies one that is put there by hand', async () => {
    const more = `${HEADING}\nE,PHQ-9,2025-01-02,4\n`
    for (const name of ['typed', 'put']) room.put(`${name}/exports/scores.csv`, `${FAULTY.join('\n')}\n`)
    await build('typed')
    const sheet = put(filledIn(await sheetOf('typed'), RIGHT), 'kept.csv')
    await succeed('ingest', sheet, '--project', 'typed')
    await build('typed')
    room.put('typed/exports/more.csv', more)
    await build('typed')
    expect(await heldIn('typed')).toEqual(['5 too_many_cells'])

    room.put('put/exports/more.csv', more)
    mkdirSync(join(room.dir, 'put/exports/corrections'))
    copyFileSync(join(room.dir, 'kept.csv'), join(room.dir, 'put/exports/corrections/any-name.csv'))
    await build('put')
    expect(await everythingIn('put')).toEqual(await everythingIn('typed'))
  })

  it('a run stops where the file that a sheet corrects is another one now, and says which', async () => {
    const project = 'replaced'
    room.put(`${project}/exports/scores.csv`, `${FAULTY.join('\n')}\n`)
    await build(project)
    await succeed('ingest', put(filledIn(await sheetOf(project), RIGHT), 'replaced.csv'), '--project', project)
    room.put(`${project}/exports/scores.csv`, `${CORRECTED.join('\n')}\n`)
    await expect(build(project)).rejects.toThrow(/0001-replaced\.csv corrects rows of scores\.csv/)
    rmSync(join(room.dir, project, 'exports/corrections'), { recursive: true })
    await build(project)
    expect(await heldIn(project)).toEqual(['5 too_many_cells'])
  })
})
