import { spawn } from 'node:child_process'
import { appendFileSync, chmodSync, cpSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CliRoom } from './cli-room.ts'

const MAIN = join(import.meta.dirname, '../../pipelines/outcomes.mjs')
const FIXTURES = join(import.meta.dirname, '../../fixtures')
const NHS_NUMBER = '9434765919'

const GOOD = 'person_id,measure,score_date,score\nA,PHQ-9,2025-01-02,20\nA,PHQ-9,2025-06-02,9\n'
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const SECRET = 'Zebedee'

let room: CliRoom
beforeAll(async () => {
  room = new CliRoom()
  room.put('good.csv', GOOD)
  room.put(`${NHS_NUMBER}.csv`, GOOD)
  room.put('empty.csv', '')
  room.put('binary.csv', Buffer.from(Array.from({ length: 2000 }, (_, at) => (at * 7) % 256)))
  room.put('report.csv', '%PDF-1.7 …')
  room.put('old.xls', Buffer.concat([OLE, Buffer.alloc(600, 65)]))
  room.put('locked.xlsx', Buffer.concat([OLE, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]))
  room.put('cut.xlsx', Buffer.from('PK\u0003\u0004 and no more', 'latin1'))
  room.put('missing.csv', `person_id,measure,score\n${SECRET},PHQ-9,3\n`)
  room.put('misspelt.csv', `person_id,measure,score_dat,score\n${SECRET},PHQ-9,2025-01-02,3\n`)
  room.put('twice.csv', `person_id,measure,score_date,score,Score\n${SECRET},PHQ-9,2025-01-02,3,4\n`)
  room.put('headless.csv', `${SECRET},PHQ-9,2025-01-02,20\n${SECRET},PHQ-9,2025-06-02,10\n`)
  room.put('quote.csv', `person_id,measure,score_date,score\n"${SECRET},PHQ-9,2025-01-02,3\n`)
  room.put('latin.csv', Buffer.from('person_id,pre,post\nRen\u00e9,1,2\n', 'latin1'))
  room.put('sub/x.txt', 'not a project')
  room.put('bad/outcomes.yaml', 'rules: { reentry_day: 90 }\n')
  room.put('bad/exports/s.csv', GOOD)
  room.put('other-service/outcomes.yaml', 'services: [{ code: north, name: North }, { code: south, name: South }]\n')
  room.put('glob/outcomes.yaml', 'sources: [{ files: nothing*.csv }]\n')
  room.put('ghost/outcomes.yaml', 'usage: [{ service: nobody, event_types: [s136] }]\n')
  room.put('ghost/exports/s.csv', GOOD)
  room.put('prices/outcomes.yaml', 'prices: { unit_costs: nowhere.csv }\n')
  room.put('prices/exports/s.csv', GOOD)
  room.put('mine.yaml', 'profile: mine\ntitle: M\nreads: csv\ndate_order: ymd\nyields: [{ kind: evnt }]\n')
  room.put('project/exports/s.csv', GOOD)
  room.put('stopped/exports/empty-so-far.txt', '')
  expect((await room.type(['run', 'project'])).code).toBe(0)
  broken('garbage', (store) => room.put(store, 'this is not a database, and long enough to be looked at'))
  broken('cut', (store) => truncateSync(join(room.dir, store), 20_000))
  broken('file-for-folder', () => {
    rmSync(join(room.dir, 'file-for-folder/reports'), { recursive: true })
    room.put('file-for-folder/reports', 'x')
  })
  room.put('other.key', `${'ab'.repeat(32)}\n`)
  chmodSync(join(room.dir, 'other.key'), 0o600)
}, 60_000)
afterAll(() => room.leave())

/** A copy of the good project, spoiled. */
function broken(name: string, spoil: (store: string) => void): void {
  cpSync(join(room.dir, 'project'), join(room.dir, name), { recursive: true })
  spoil(`${name}/.outcomes/store.sqlite`)
}

/** What was typed, the exit code, and what the sentence must say. Nothing may change, and no stack trace or cell may be shown. */
const MISUSE: readonly [string, number, string][] = [
  ['', 2, 'Usage: outcomes'],
  ['rnu', 2, 'Did you mean run?'],
  ['run --quite', 2, 'Did you mean --quiet?'],
  ['analyse chang good.csv', 2, 'Did you mean change?'],
  ['init', 2, "missing required argument 'dir'"],
  ['report --audience nobody', 2, 'Allowed choices are service, evaluation, commissioner'],
  ['inspect nowhere.csv', 3, 'nowhere.csv was not found. Check the path'],
  ['inspect sub', 3, 'sub is a folder, and a file is expected'],
  ['inspect empty.csv', 3, 'empty.csv is empty. Export it again'],
  ['inspect binary.csv', 3, 'binary.csv is a binary file'],
  ['inspect report.csv', 3, 'report.csv is a PDF. Ask for the same report as CSV or Excel'],
  ['inspect old.xls', 3, 'Save it as .xlsx without a password'],
  ['inspect locked.xlsx', 3, 'locked.xlsx is password-protected. Save a copy without a password'],
  ['inspect cut.xlsx', 3, 'cut.xlsx is damaged or was cut short'],
  ['inspect quote.csv', 3, 'line 2 opens a quotation mark that is never closed'],
  ['ingest empty.csv --dry-run', 3, 'empty.csv is empty'],
  ['ingest missing.csv --dry-run', 3, '"score_date" is not there'],
  ['ingest misspelt.csv --dry-run', 3, 'the nearest heading is "score_dat"'],
  ['ingest twice.csv --dry-run', 3, 'columns 4 and 5 have the same heading'],
  ['ingest headless.csv --dry-run', 3, 'name withheld: it looks like data'],
  ['ingest quote.csv --dry-run', 3, 'line 2 opens a quotation mark that is never closed'],
  ['ingest good.csv --dry-run --strict --profile mine.yaml', 2, "yields (entry 1).kind: expected one of 'person'"],
  ['ingest good.csv --dry-run --profile rio-wide-fomrs', 2, 'Did you mean rio-wide-forms?'],
  ['ingest good.csv --dry-run --profile sub', 2, 'There is no profile "sub"'],
  ['ingest good.csv --dry-run --profile good.csv', 2, 'cannot be used as a profile'],
  ['ingest good.csv --dry-run --date-order dym', 2, 'Allowed choices are dmy, mdy, ymd'],
  ['ingest good.csv --dry-run --project good.csv', 2, 'is a file; the project is the folder around it'],
  [
    'ingest good.csv --dry-run --project other-service --service west',
    2,
    'The project has no service "west". It has: north, south',
  ],
  ['run nowhere', 2, 'Make one with "outcomes init"'],
  ['run good.csv', 2, 'is a file; the project is the folder around it'],
  ['run sub', 3, 'There is nothing to read'],
  ['run bad', 2, 'line 1: rules.reentry_day: is not a setting; did you mean reentry_days?'],
  ['run glob', 2, 'No file in exports/ matches "nothing*.csv"'],
  ['run garbage', 3, 'is not a store of this program'],
  ['run cut', 4, 'its bytes are not those that this program left'],
  ['results --project cut', 4, 'The store is damaged'],
  ['quarantine --project cut', 4, 'The store is damaged'],
  ['results --project sub', 2, 'Nothing has been read into'],
  ['quarantine --project sub', 2, 'Nothing has been read into'],
  ['report --project sub', 2, 'Nothing has been read into'],
  ['results nope --project project', 2, 'There is no table "nope". There are: '],
  ['results --report nope --project project', 2, 'There is no report "nope". There are: '],
  ['report --audience evaluation --project project', 2, 'no service use was supplied'],
  ['report --project project --out good.csv', 2, 'A file stands where a folder is needed'],
  ['quarantine --project project --export sub', 2, 'The sheet cannot be written to'],
  ['init good.csv', 2, 'good.csv is a file'],
  ['init bad', 2, 'already holds a project'],
  ['demo --dir good.csv', 2, 'good.csv is a file'],
  ['demo --dir sub', 2, 'holds files that are not a project'],
  ['measures nope', 2, 'There are: reqol-10'],
  ['measures reqol-01', 2, 'did you mean reqol-10?'],
  ['measures --project nowhere', 2, 'There is no folder'],
  ['score phq-9 nowhere.csv', 3, 'nowhere.csv could not be read'],
  ['score phq-9 sub', 3, 'sub could not be read'],
  ['score phq-9 good.csv', 3, 'item1, item2'],
  ['score reqol-10 good.csv', 2, 'needs --coding'],
  ['analyse change latin.csv', 3, 'is not text in UTF-8'],
  ['analyse change good.csv', 3, 'there is no column pre'],
]

describe('what a newcomer gets wrong is said in a sentence, and changes nothing', () => {
  it.each(MISUSE)('outcomes %s → %i, %s', async (typed, code, sentence) => {
    const before = room.contents()
    const told = await room.type(typed.split(' ').filter((word) => word !== ''))
    expect(told.out + told.err).toContain(sentence)
    expect(told.code).toBe(code)
    expect(told.err).not.toMatch(/^ {4}at |fault in the program|undefined|\[object/m)
    expect(told.out + told.err).not.toContain(SECRET)
    const rederives = /^(results|report) /.test(typed)
    expect(settled(room.contents(), rederives)).toEqual(settled(before, rederives))
  })
})

describe('a project that cannot be finished says why, and keeps its store', () => {
  it.each([
    ['ghost', 2, 'lists service use of "nobody", and nothing was read of such a service'],
    ['prices', 2, 'The unit costs nowhere.csv named in outcomes.yaml are not there'],
    ['file-for-folder', 2, 'A file stands where a folder is needed'],
  ])('%s', async (project, code, sentence) => {
    const told = await room.type(['run', project])
    expect(told.err).toContain(sentence)
    expect(told.err).not.toMatch(/^ {4}at /m)
    expect(told.code).toBe(code)
    expect((await room.type(['quarantine', '--project', project])).code).toBe(0)
  })

  it('a file of another key is refused, and the store stays as it was', async () => {
    room.put('late.csv', `${GOOD}B,PHQ-9,2025-01-02,3\n`)
    const before = room.contents()['project/.outcomes/store.sqlite']
    const own = room.env.OUTCOMES_KEY_FILE as string
    room.env.OUTCOMES_KEY_FILE = 'other.key'
    const told = await room.type(['ingest', 'late.csv', '--project', 'project'])
    room.env.OUTCOMES_KEY_FILE = own
    expect(told).toMatchObject({ code: 3, err: expect.stringContaining('pseudonymised with another key') })
    expect(room.contents()['project/.outcomes/store.sqlite']).toBe(before)
  })
})

describe('an NHS number in a file’s name is masked wherever the name is shown or stored', () => {
  it.each([
    [`inspect ${NHS_NUMBER}.csv`],
    [`inspect ${NHS_NUMBER}.xlsx`],
    [`ingest ${NHS_NUMBER}.csv --project named`],
    [`ingest ${NHS_NUMBER}.csv --profile ${NHS_NUMBER}.yaml --project named`],
    [`score phq-9 ${NHS_NUMBER}.json`],
    [`analyse change ${NHS_NUMBER}.csv`],
    [`run ${NHS_NUMBER}`],
    [`${NHS_NUMBER}`],
  ])('outcomes %s', async (typed) => {
    const told = await room.type(typed.split(' '))
    expect(told.out + told.err).toContain('##########')
    expect(told.out + told.err).not.toContain(NHS_NUMBER)
  })

  it('from exports to reports', async () => {
    room.put(`masked/exports/${NHS_NUMBER} a.csv`, GOOD)
    const told = await room.type(['run', 'masked', '--json'])
    expect(told.code).toBe(0)
    expect(told.out + told.err).not.toContain(NHS_NUMBER)
    const written = Object.entries(room.contents()).filter(([path]) => /^masked\/(reports|\.outcomes)/.test(path))
    expect(written.length).toBeGreaterThan(8)
    for (const [path, bytes] of written) expect(bytes.includes(NHS_NUMBER), path).toBe(false)
  })
})

describe('a file that is odd is read, and the oddity is said', () => {
  it('headings and nothing below', async () => {
    room.put('headings.csv', 'person_id,measure,score_date,score\n')
    for (const typed of [
      ['inspect', 'headings.csv'],
      ['ingest', 'headings.csv', '--dry-run'],
    ]) {
      expect((await room.type(typed)).out).toContain('there is nothing below the headings')
    }
  })

  it('text that is not UTF-8', async () => {
    room.put('old.csv', Buffer.from(`${GOOD}Ren\u00e9,PHQ-9,2025-01-02,3\n`, 'latin1'))
    expect((await room.type(['ingest', 'old.csv', '--dry-run'])).out).toContain('it was read as Windows-1252')
  })
})

describe('a process of its own', () => {
  it('is stopped by Ctrl-C half-way, and the next run completes', async () => {
    cpSync(join(FIXTURES, 'exports/cornwall'), join(room.dir, 'stop/exports/cornwall'), { recursive: true })
    const own = 'stop/outcomes.yaml'
    room.put(
      own,
      ['MPI', 'Referral', 'CareContact']
        .map(
          (table, at) =>
            `${at === 0 ? 'sources:\n' : ''}  - { files: '**/MHS*${table}_*.csv', profile: ${['mhsds-mpi', 'mhsds-referral', 'mhsds-care-contact'][at]}, service: c }\n`,
        )
        .join(''),
    )
    const stopped = await spawned(['run', 'stop'], { interruptAt: /^reading /m })
    expect(stopped.code).toBe(130)
    expect(stopped.err).toContain('Stopped. Nothing was left half done')
    expect(stopped.err).not.toMatch(/^ {4}at /m)
    expect((await room.type(['results', '--project', 'stop'])).err).toContain('Nothing has been read into')
    const again = await spawned(['run', 'stop', '--quiet'])
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(Object.keys(room.contents()).filter((path) => /building|\.part$/.test(path))).toEqual([])
  })

  it('has the project to itself: a second one is told to wait, and reads nothing', async () => {
    cpSync(join(room.dir, 'stop'), join(room.dir, 'both'), { recursive: true })
    appendFileSync(join(room.dir, 'both/outcomes.yaml'), '# changed\n')
    rmSync(join(room.dir, 'both/.outcomes'), { recursive: true })
    const [one, two] = await Promise.all([spawned(['run', 'both', '--quiet']), spawned(['run', 'both', '--quiet'])])
    expect([one.code, two.code].sort()).toEqual([0, 3])
    expect(one.err + two.err).toBe(
      'Another outcomes command is at work on this project. Nothing was changed: wait until it has finished, then run this one again.\n',
    )
  })

  it('ends quietly when its reader goes', async () => {
    for (const args of [['measures', '--json'], ['--help'], ['results', '--project', 'project']]) {
      expect(await spawned(args, { closeAtOnce: true })).toMatchObject({ err: '' })
    }
  })

  it('answers --help and --version without loading a compiler', async () => {
    const started = performance.now()
    const help = await spawned(['--help'])
    expect(performance.now() - started).toBeLessThan(2000)
    expect(help).toMatchObject({ code: 0, err: '', out: expect.stringContaining('outcomes <command> --help') })
    expect((await spawned(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    const loaded = await spawned(['--help'], { node: ['--import', `data:text/javascript,${WATCH}`] })
    expect(loaded.err).toBe('')
  })
})

/** Says on standard error when anything of tsx is loaded. */
const WATCH = encodeURIComponent(
  `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent("export async function load(url, context, next) { if (url.includes('/tsx/')) process._rawDebug('tsx was loaded'); return next(url, context) }"))`,
)

interface Ways {
  readonly interruptAt?: RegExp
  readonly closeAtOnce?: boolean
  readonly node?: readonly string[]
}

function spawned(
  args: readonly string[],
  { interruptAt, closeAtOnce = false, node = [] }: Ways = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [...node, MAIN, ...args], {
    cwd: room.dir,
    env: { PATH: process.env.PATH, ...room.env },
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes
    if (closeAtOnce) child.stdout.destroy()
  })
  child.stderr.on('data', (bytes: Buffer) => {
    err += bytes
    if (interruptAt?.test(err)) child.kill('SIGINT')
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

/** Without the locks and side files that merely opening a store makes; where asked, without the store, whose derived tables are made anew. */
function settled(contents: Record<string, string>, withoutStore: boolean): Record<string, string> {
  const aside = withoutStore
    ? /^the\.key$|lock\.sqlite$|-(wal|shm)$|store\.sqlite(\.seal)?$/
    : /^the\.key$|lock\.sqlite$|-(wal|shm)$/
  return Object.fromEntries(Object.entries(contents).filter(([path]) => !aside.test(path)))
}
