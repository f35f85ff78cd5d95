import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseCommand } from '../../pipelines/analyse.ts'
import type { World } from '../../pipelines/world.ts'
import { OperatorError } from '../../src/domain/operator-error.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'analyse-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** Runs `outcomes analyse …` on a text and returns what it printed. */
async function analyse(kind: string, text: string | Buffer, ...options: string[]): Promise<string> {
  writeFileSync(join(dir, 'file.csv'), text)
  return run([kind, 'file.csv', ...options], Readable.from([]))
}

async function run(args: string[], stdin: Readable): Promise<string> {
  let printed = ''
  const world: World = {
    cwd: dir,
    env: {},
    stdin,
    is_terminal: false,
    started_at: new Date(0),
    out: (words) => {
      printed += words
    },
    err: () => {},
    exitWith: () => {},
  }
  const command = analyseCommand(world)
  for (const it of [command, ...command.commands]) it.exitOverride().configureOutput({ writeErr: () => {} })
  await command.parseAsync(args, { from: 'user' })
  return printed
}

async function refusal(kind: string, text: string | Buffer, ...options: string[]): Promise<OperatorError> {
  const error = await analyse(kind, text, ...options).catch((it: unknown) => it)
  expect(error).toBeInstanceOf(OperatorError)
  return error as OperatorError
}

const CHANGE = 'person_id,pre,post\nA1,10,20\nA2,12,19\nA3,14,\nA4,9,12\n'
const USAGE =
  'person_id,events_before,days_before,events_after,days_after\nA1,4,365,1,365\nA2,2,365,3,300\nA3,1,365,0,0\n'

describe('the field names are an interface', () => {
  it('of change', async () => {
    const options = [
      '--better',
      'higher',
      '--reliability',
      '0.8',
      '--clinical',
      '10,3',
      '--functional',
      '30,5',
      '--cutoff',
      'c',
    ]
    const document = JSON.parse(await analyse('change', CHANGE, ...options, '--json'))
    expect(Object.keys(document).slice(0, 25)).toEqual([
      ...[
        'analysis',
        'n',
        'n_complete',
        'mean_pre',
        'sd_pre',
        'mean_post',
        'sd_post',
        'mean_change',
        'sd_change',
        't',
        'df',
        'p',
      ],
      ...[
        'ci95',
        'dz',
        'dz_ci95',
        'd_pre',
        'd_av',
        'hedges_g',
        'wilcoxon',
        'reason',
        'reliable_change_points',
        'cutoff',
      ],
      ...['n_case_at_start', 'counts', 'counts_reason'],
    ])
    expect(Object.keys(document.counts)).toEqual(['recovered', 'improved', 'unchanged', 'deteriorated', 'harmed'])
    expect(document).toMatchObject({ n: 4, n_complete: 3, cutoff: (3 * 30 + 5 * 10) / 8, groups: [] })
  })

  it('of usage', async () => {
    const document = JSON.parse(await analyse('usage', USAGE, '--json'))
    expect(document).toMatchObject({
      analysis: 'usage',
      n: 2,
      n_without_time: 1,
      person_years_before: 730 / 365.25,
      person_years_after: 665 / 365.25,
      events_before: 6,
      events_after: 4,
      rate_before: expect.closeTo(6 / (730 / 365.25), 10),
      rate_ratio: expect.closeTo(4 / 665 / (6 / 730), 10),
      ci95_clustered: null,
      ci95_exact: [expect.any(Number), expect.any(Number)],
      reason: 'fewer_than_6_people',
      any_use: { n: 2, n_before: 2, n_after: 2 },
      groups: [],
    })
    expect(document).toHaveProperty('dispersion')
    expect(document.caveat).toContain('no comparison group')
  })

  it('groups come by name, each with the same fields', async () => {
    const text = 'person_id,pre,post,group\na,1,2,SCM\nb,2,4,peer\nc,3,3,SCM\n'
    const document = JSON.parse(await analyse('change', text, '--json'))
    expect(document.groups.map((it: { group: string; n: number }) => [it.group, it.n])).toEqual([
      ['SCM', 2],
      ['peer', 1],
    ])
  })
})

describe('a file is read as it comes', () => {
  it.each([
    ['a byte order mark and Windows line ends', `\uFEFF${CHANGE.replaceAll('\n', '\r\n')}`],
    ['headings in capitals, with spaces', CHANGE.replace('person_id,pre,post', ' Person_ID ,PRE, Post')],
    [
      'further columns',
      CHANGE.replace('post', 'post,note')
        .replaceAll(/(\d)\n/g, '$1,x\n')
        .replace('14,\n', '14,,x\n'),
    ],
  ])('%s', async (_, text) => {
    expect(JSON.parse(await analyse('change', text, '--json'))).toMatchObject({ n: 4, n_complete: 3, mean_pre: 31 / 3 })
  })

  it('from standard input', async () => {
    expect(await run(['change', '-'], Readable.from([CHANGE]))).toContain('people 4, with both scores 3')
  })
})

describe('a file that cannot be used is refused, with row and column and without a value', () => {
  it.each([
    ['change', CHANGE.replace('A2,12', 'A2,twelve'), 'row 3, column pre: is not a number written in digits'],
    ['change', CHANGE.replace('A2,12', 'A2,0x12'), 'row 3, column pre: is not a number'],
    ['change', CHANGE.replace('A2,12', ',12'), 'row 3, column person_id: is blank'],
    ['change', CHANGE.replace('A2', 'A1'), 'row 3, column person_id: repeats row 2'],
    ['change', CHANGE.replace('A2,12,19', 'A2,12,19,4'), 'row 3: has 4 cells where the heading has 3'],
    ['change', CHANGE.replace('pre', 'before'), 'row 1: there is no column pre; expected person_id, pre, post'],
    ['change', CHANGE.replace('post', 'pre'), 'row 1: the column pre is there more than once'],
    ['change', '', 'it is empty'],
    ['change', 'person_id,pre,post\n', 'it has column names and no rows'],
    ['change', `${CHANGE}"A9,1,2\n`, 'line 6: a quotation mark is opened and never closed'],
    ['change', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'is not text in UTF-8'],
    ['change', Buffer.from('PK\u0003\u0004\0\0'), 'is not text in UTF-8'],
    ['usage', USAGE.replace('A1,4', 'A1,4.5'), 'row 2, column events_before: is not a whole number'],
    ['usage', USAGE.replace('A1,4', 'A1,-4'), 'row 2, column events_before: is below 0'],
    ['usage', USAGE.replace('A1,4', 'A1,'), 'row 2, column events_before: is blank'],
    [
      'usage',
      USAGE.replace('A3,1,365,0,0', 'A3,1,365,2,0'),
      'row 4, column days_after: is 0 although there are events',
    ],
  ])('analyse %s %j', async (kind, text, words) => {
    const error = await refusal(kind, text)
    expect(error.message).toContain(words)
    expect(error.exit_code).toBe(3)
    expect(error.message).not.toMatch(/twelve|0x12|A1\b/)
  })

  it('lists twenty faults and counts the rest', async () => {
    const text = `person_id,pre,post\n${Array.from({ length: 25 }, (_, i) => `P${i},x,1`).join('\n')}`
    expect((await refusal('change', text)).message).toContain('and 5 more')
  })

  it('says when the file is not there', async () => {
    const error = await run(['change', 'nowhere.csv'], Readable.from([])).catch((it: unknown) => it)
    expect(error).toMatchObject({
      exit_code: 3,
      message: 'nowhere.csv could not be read: expected a CSV file. Check the path.',
    })
  })
})

describe('an option that cannot be used is refused with an example', () => {
  it.each([
    [['--reliability', '0.8'], '--better is needed to count people'],
    [['--better', 'higher', '--reliability', '1'], '--reliability takes a number from 0 to below 1'],
    [['--better', 'higher', '--sd', '0'], '--sd takes a number above 0'],
    [['--better', 'higher', '--clinical', '40'], '--clinical takes a mean and an SD above 0, such as 40,7.5'],
    [['--better', 'higher', '--cutoff', 'd'], '--cutoff takes a, b, c or a score'],
    [['--better', 'higher', '--cutoff', 'c'], '--functional is needed for cut-off c'],
    [['--points', '5'], '--better is needed to count people'],
    [['--better', 'lower', '--points', '5', '--percent', '50'], '--points and --percent are different rules'],
    [['--better', 'lower', '--points', '5', '--reliability', '0.9'], '--points and --reliability are different rules'],
    [['--better', 'lower', '--index', 'gln'], '--reliability is needed for an index'],
    [['--better', 'lower', '--percent', '0'], '--percent takes a number above 0'],
    [['--better', 'lower', '--range', '40,0'], '--range takes the lowest and the highest score'],
    [['--measure', 'nothing'], '--measure takes a measure with scores'],
    [['--measure', 'fft'], '--measure takes a measure with scores'],
    [['--measure', 'itq:nothing'], '--measure takes a scale of itq after a colon'],
    [['--measure', 'phq-9', '--better', 'higher'], '--better is lower for phq-9'],
  ])('%j', async (options, words) => {
    expect(await refusal('change', CHANGE, ...options)).toMatchObject({
      exit_code: 2,
      message: expect.stringContaining(words),
    })
  })
})

describe('analyse change: which cut-off the norms imply', () => {
  const CSV = 'person_id,pre,post\n1,10,16\n2,12,13\n3,9,20\n4,11,10\n5,13,18\n'

  it.each([
    ['both norms', ['--clinical', '10,4', '--functional', '20,4'], (4 * 20 + 4 * 10) / (4 + 4)],
    ['the clinical norm alone', ['--clinical', '10,4'], 10 + 2 * 4],
    ['the functional norm alone', ['--functional', '20,4'], 20 - 2 * 4],
    ['no norm', [], null],
    ['a score, whatever the norms', ['--clinical', '10,4', '--functional', '20,4', '--cutoff', '17'], 17],
  ])('%s', async (_title, options, cutoff) => {
    const found = JSON.parse(
      await analyse('change', CSV, '--better', 'higher', '--reliability', '0.85', '--json', ...options),
    ) as {
      cutoff: number | null
    }
    expect(found.cutoff).toBe(cutoff)
  })
})

describe('analyse change: rules from the codebook, an index or an anchor', () => {
  const CSV = 'person_id,pre,post\n1,14,5\n2,12,11\n3,9,15\n4,20,14\n5,4,3\n'

  it('PHQ-9: 6 points and 10 or above, named with their source; one person began too low to improve by 6', async () => {
    const found = JSON.parse(await analyse('change', CSV, '--measure', 'phq-9', '--json'))
    expect(found).toMatchObject({
      counts: { recovered: 1, improved: 1, unchanged: 2, deteriorated: 0, harmed: 1 },
      thresholds: {
        better: 'lower',
        reliable_change: { rule: 'points', points: 6, origin: 'registry' },
        cutoff: { value: 10, case_when: 'at_or_above', origin: 'registry' },
      },
      outcomes: { room: { n_could_not_improve: 1 }, n_on_threshold: 2 },
    })
  })

  it('the same file by the strict boundary counts two fewer', async () => {
    const found = JSON.parse(await analyse('change', CSV, '--measure', 'phq-9', '--boundary', 'strict', '--json'))
    expect(found.counts).toEqual({ recovered: 1, improved: 0, unchanged: 4, deteriorated: 0, harmed: 0 })
  })

  it('for people it prints the rule and where it came from before any number', async () => {
    const [rule, cutoff, boundary] = (await analyse('change', CSV, '--measure', 'phq-9')).split('\n')
    expect(rule).toMatch(/^Reliable change: Published threshold of the measure, 6 points \(registry; /)
    expect(cutoff).toMatch(/^Cut-off: 10 \(registry; /)
    expect(boundary).toContain('Inclusive')
  })

  it('a p value too small for a number is said to be small, never nought', async () => {
    const people = Array.from({ length: 400 }, (_, i) => `p${i},${20 + (i % 5)},${5 + (i % 3)}`)
    const text = await analyse('change', `person_id,pre,post\n${people.join('\n')}\n`, '--measure', 'phq-9')
    expect(text).toContain('p under 0.0001')
    expect(text).not.toMatch(/\bp 0\b(?!\.)/)
  })

  it('an index other than the default prints its warning', async () => {
    const text = await analyse('change', CSV, '--better', 'lower', '--reliability', '0.8', '--index', 'hll')
    expect(text).toContain('Note: Compares each person with the mean change of this sample')
  })
})

describe('cea', () => {
  const head = 'strategy,draw,cost,effect\n'
  const two = `${head}usual,1,100,1\nusual,2,120,1.2\nnew,1,200,1.5\nnew,2,220,1.7\n`

  it('takes the first strategy for the reference, and the one named where there is a name', async () => {
    const first = JSON.parse(await analyse('cea', two, '--json'))
    expect(first.pairs).toMatchObject([{ comparator: 'new', reference: 'usual', delta_cost: 100, icer: 200 }])
    const named = JSON.parse(await analyse('cea', two, '--json', '--reference', 'new', '--wtp', '200,0'))
    expect(named.pairs).toMatchObject([{ comparator: 'usual', delta_cost: -100, quadrant: 'SW' }])
    expect(named.wtp.map((it: { wtp: number }) => it.wtp)).toEqual([0, 200])
  })

  it('reads numbers as a program writes them, and says in words what the ratio means', async () => {
    const text = await analyse('cea', `${head}usual,1,100,1e-05\nusual,2,120,2e-05\nnew,1,90,1.5\nnew,2,80,1.7\n`)
    expect(text).toContain('costs no more and does more: it dominates, and there is no ratio')
    expect(text).toContain('The draws are taken as they are')
  })

  it.each([
    [
      'draws that are people of separate arms',
      `${head}a,p1,1,1\nb,p2,1,1\n`,
      [],
      'lacks 1 draws that other strategies have; where draws are people, add --people',
    ],
    ['a row twice', `${two}new,2,1,1\n`, [], 'row 6, column draw: repeats row 5; one row per strategy and draw'],
    ['no strategy', `${head},1,1,1\n`, [], 'row 2, column strategy: is blank'],
    ['one strategy', `${head}a,1,1,1\n`, [], 'two at least are needed'],
    ['few people', two, ['--people'], 'strategy usual: has 2 people; below 6 no interval is trustworthy'],
    [
      'an unknown reference',
      two,
      ['--reference', 'old'],
      '--reference: is none of the strategies, which are usual, new',
    ],
    ['a value in words', two, ['--wtp', 'twenty'], '--wtp takes pounds'],
  ])('refuses %s', async (_, text, options, words) => {
    expect((await refusal('cea', text, ...options)).message).toContain(words)
  })
})
