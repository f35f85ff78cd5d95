import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { measuresCommand } from '../../pipelines/measures.ts'
import { scoreCommand } from '../../pipelines/score.ts'
import type { World } from '../../pipelines/world.ts'
import { OperatorError } from '../../src/domain/operator-error.ts'

const cwd = mkdtempSync(join(tmpdir(), 'score-'))
afterAll(() => rmSync(cwd, { recursive: true }))

interface Told {
  out: string
  err: string
}

async function run(make: typeof scoreCommand, args: readonly string[], stdin: string | Buffer = ''): Promise<Told> {
  const told: Told = { out: '', err: '' }
  const world: World = {
    cwd,
    env: {},
    stdin: Readable.from([Buffer.from(stdin)]),
    is_terminal: false,
    started_at: new Date('2026-04-01T09:00:00Z'),
    out: (text) => {
      told.out += text
    },
    err: (text) => {
      told.err += text
    },
    exitWith: () => {},
  }
  await make(world)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: 'user' })
  return told
}

async function json(args: readonly string[], stdin: string) {
  return JSON.parse((await run(scoreCommand, [...args, '--json'], stdin)).out)
}

async function refusal(args: readonly string[], stdin: string | Buffer = ''): Promise<OperatorError> {
  const error = await run(scoreCommand, args, stdin).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(OperatorError)
  return error as OperatorError
}

const pcl = (answers: string) =>
  `${Array.from({ length: 20 }, (_, index) => `item${index + 1}`).join(',')}\n${answers}\n`

describe('outcomes score', () => {
  it('scores CSV from standard input as one JSON document', async () => {
    const answers = '2,2,1,2,1,2,1,2,2,1,2,1,2,1,2,1,2,1,2,1'
    expect(await json(['pcl-5', '-'], pcl(answers))).toMatchObject({
      measure: 'pcl-5',
      rows: [
        {
          row: 1,
          scores: { total: 31, cluster_b: 8, cluster_c: 3, cluster_d: 11, cluster_e: 9 },
          flags: {
            provisional_ptsd: true,
            symptoms_b: 3,
            symptoms_c: 1,
            symptoms_d: 4,
            symptoms_e: 3,
            at_or_above_cutoff: false,
          },
          issues: [],
        },
      ],
    })
    const lower = await json(['pcl-5', '--cutoff', '31'], pcl(answers))
    expect(lower.rows[0].flags.at_or_above_cutoff).toBe(true)
  })

  it('reads a file with columns in any order, quoted, with a byte order mark, and others beside them', async () => {
    const file = join(cwd, 'gad.csv')
    writeFileSync(file, '\uFEFF"Item7","person id",ITEM1,Item 2,item_3,item4,item5,item6\r\n"3",a,0,0,0,0,0,0\r\n')
    const told = await run(scoreCommand, ['GAD7', 'gad.csv', '--json'])
    expect(JSON.parse(told.out).rows[0].scores).toEqual({ total: 3 })
    expect(told.err).toBe('Columns that are no item and were left out: 1.\n')
    expect((await run(scoreCommand, ['GAD7', 'gad.csv', '--quiet'])).err).toBe('')
  })

  it('reads JSON, with null and blank as missing, and says why a number does not exist', async () => {
    const { rows } = await json(['reqol-10', '--coding', 'scored'], '[[3,3,3,3,null,3,3,3,3,3],[3,3,3,3,"",3,3,3,3,3]]')
    for (const row of rows) {
      expect(row.scores).toEqual({ total: null })
      expect(row.details.total).toEqual({ reason: 'too_many_missing', n_answered: 9, n_expected: 10, method: null })
      expect(row.issues).toEqual([])
    }
    const prorated = await json(
      ['reqol-10', '--coding', 'scored', '--missing', 'permissive'],
      '[[3,3,3,3,null,3,3,3,3,3]]',
    )
    expect(prorated.rows[0].scores.total).toBe(30)
  })

  it('tells scored from raw only as it is told', async () => {
    const fours = `[[${Array(10).fill(4)}]]`
    expect((await json(['reqol-10', '--coding', 'raw'], fours)).rows[0].scores.total).toBe(24)
    for (const id of ['reqol-10', 'reqol-20', 'core-10']) {
      const error = await refusal([id], fours)
      expect(error.exit_code).toBe(2)
      expect(error.message).toContain('needs --coding')
    }
    expect((await refusal(['reqol-20', '--coding', 'raw'], fours)).exit_code).toBe(2)
  })

  it('gives DIALOG, ITQ, GBO and FFT the scores of the contract', async () => {
    const dialog = await json(['dialog'], '[[4,5,3,6,4,5,5,4,6,5,4]]')
    expect(dialog.rows[0].scores).toEqual({ sqol: 4.5, treatment_satisfaction: 5 })
    const itq = await json(['itq'], '[[2,0,2,0,2,0,2,0,0,2,0,2,0,null,1,2,0,0]]')
    expect(itq.rows[0]).toMatchObject({ scores: { ptsd: 6, dso: null, total: null }, flags: { diagnosis: null } })
    expect(itq.rows[0].details.diagnosis.reason).toBe('undecided')
    expect((await json(['gbo'], 'goal1,goal2\n2,\n')).rows[0].scores).toEqual({
      goal_1: 2,
      goal_2: null,
      goal_3: null,
      goals_mean: 2,
    })
    const fft = await json(['fft'], 'very_good,good,neither,poor,very_poor,dont_know\n60,30,4,3,2,1\n')
    expect(fft.rows[0].scores).toEqual({ percent_positive: 90, percent_negative: 5 })
  })

  it('sets WSAS item 1 aside where a column says that work does not apply', async () => {
    const { rows } = await json(
      ['wsas'],
      'item1,item2,item3,item4,item5,work_not_applicable\n8,3,3,3,3,yes\n8,3,3,3,3,\n',
    )
    expect(rows.map((row: { scores: object }) => row.scores)).toEqual([{ total: 12 }, { total: 20 }])
  })

  it('names every fault by row and code, and never the value', async () => {
    const told = await run(
      scoreCommand,
      ['gad-7', '--json'],
      'item1,item2,item3,item4,item5,item6,item7\n987,Jane,1,1,1,1,1\n1,1\n',
    )
    const { rows } = JSON.parse(told.out)
    expect(rows.map((row: { issues: { code: string }[] }) => row.issues.map(({ code }) => code))).toEqual([
      ['answer_out_of_range', 'answer_not_a_number'],
      ['cells_do_not_fit_headings'],
    ])
    expect(rows[0].scores).toEqual({ total: null })
    expect(rows[0].details.total.reason).toBe('invalid')
    expect(told.out + told.err).not.toMatch(/987|Jane/)
    expect((await run(scoreCommand, ['gad-7'], '[["Jane",1,1,1,1,1,1]]')).out).not.toContain('Jane')
  })

  it.each([
    ['an unknown measure', ['phq-15'], '', 2, 'There are: reqol-10'],
    ['a column that is not there', ['gad-7'], 'item1,item2\n1,1\n', 3, 'item3, item4, item5, item6, item7'],
    ['an empty file', ['gad-7'], '', 3, 'is empty'],
    ['broken JSON', ['gad-7'], '[[1,2', 3, 'starts like JSON'],
    ['JSON of another shape', ['gad-7'], '[{"item1": 1}]', 3, 'one array of answers'],
    ['a file that is not there', ['gad-7', 'nowhere.csv'], '', 3, 'nowhere.csv'],
    ['a cut-off where none applies', ['fft', '--cutoff', '5'], '', 2, 'leave --cutoff out'],
    ['a cut-off that is no number', ['pcl-5', '--cutoff', 'high'], '', 2, 'number of points'],
  ])('refuses %s in a sentence', async (_, args, stdin, exitCode, words) => {
    const error = await refusal(args, stdin)
    expect(error.exit_code).toBe(exitCode)
    expect(error.message).toContain(words)
  })

  it('refuses bytes that are not UTF-8', async () => {
    expect((await refusal(['gad-7'], Buffer.from([0xff, 0xfe, 0x00, 0x80]))).exit_code).toBe(3)
  })

  it('prints a line a row without --json', async () => {
    const told = await run(scoreCommand, ['gad-7'], '[[1,1,1,1,1,1,2]]')
    expect(told.out).toBe('row 1: total 8 | at_or_above_cutoff true, is_case true, severity mild\n')
  })
})

describe('outcomes measures', () => {
  it('lists every measure, and shows one with the standing of its thresholds', async () => {
    expect((await run(measuresCommand, [])).out.split('\n')[0]).toContain('reqol-10  Recovering Quality of Life')
    const page = (await run(measuresCommand, ['ReQoL-20'])).out
    expect(page).toContain('from memory: ask your clinical lead to confirm')
    expect(page).toContain('Licence:')
  })

  it('gives the codebook as data, with a reason beside a threshold that does not exist', async () => {
    const { measures } = JSON.parse((await run(measuresCommand, ['itq', '--json'])).out)
    expect(measures).toHaveLength(1)
    expect(measures[0]).toMatchObject({ measure_id: 'itq', needs_coding: false, has_algorithm: true })
    expect(measures[0].scales[0]).toMatchObject({
      scale_id: 'ptsd',
      reliable_change: null,
      reliable_change_reason: 'no value was found in a source',
    })
  })
})
