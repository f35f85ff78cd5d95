import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Command } from 'commander'
import { beforeEach, describe, expect, it } from 'vitest'
import { ingestCommand } from '../../pipelines/ingest.ts'
import { inspectCommand } from '../../pipelines/inspect.ts'
import { quarantineCommand } from '../../pipelines/quarantine.ts'
import { loadOrCreateSecret } from '../../pipelines/secret-key.ts'
import type { World } from '../../pipelines/world.ts'
import { EXIT, OperatorError } from '../../src/domain/operator-error.ts'

let root: string
let world: World
let printed: { out: string; err: string }

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ingest-'))
  mkdirSync(join(root, 'home'))
  printed = { out: '', err: '' }
  world = {
    cwd: root,
    env: { HOME: join(root, 'home') },
    stdin: Readable.from([]),
    is_terminal: false,
    started_at: new Date(2026, 2, 31, 9),
    out: (text) => {
      printed.out += text
    },
    err: (text) => {
      printed.err += text
    },
    exitWith: () => {},
  }
})

async function run(command: (world: World) => Command, ...args: string[]): Promise<string> {
  printed.out = ''
  await command(world).exitOverride().parseAsync(args, { from: 'user' })
  return printed.out
}

async function refusal(work: Promise<unknown>): Promise<OperatorError> {
  const error = await work.catch((reason: unknown) => reason)
  if (error instanceof OperatorError) return error
  throw new Error('not refused')
}

function put(name: string, text: string): string {
  writeFileSync(join(root, name), text)
  return name
}

const SCORES =
  'person_id,measure,score_date,score\nA,PHQ-9,2025-01-02,20\nA,PHQ-9,2025-04-02,12\nB,PHQ-9,2025-02-30,3\n=cmd,PHQ-9,,3\n'

describe('outcomes ingest', () => {
  it('makes store and key on first use, for their owner only, the key outside the project', async () => {
    mkdirSync(join(root, 'project'))
    await run(ingestCommand, put('s.csv', SCORES), '--project', 'project')
    const mode = (path: string) => statSync(join(root, path)).mode & 0o777
    expect(mode('project/.outcomes')).toBe(0o700)
    expect(mode('project/.outcomes/store.sqlite')).toBe(0o600)
    const [key] = readdirSync(join(root, 'home/.outcomes/keys'))
    expect(mode('home/.outcomes/keys')).toBe(0o700)
    expect(mode(`home/.outcomes/keys/${key}`)).toBe(0o600)
    expect(printed.err).toMatch(/Made a key at .*Keep a copy of it, apart from the data/)
    expect(printed.err).not.toContain(readFileSync(join(root, `home/.outcomes/keys/${key}`), 'utf8').trim())
  })

  it('with --json prints one document: counts by file, never a cell', async () => {
    const document = JSON.parse(await run(ingestCommand, put('s.csv', SCORES), '--json'))
    expect(document).toMatchObject({ dry_run: false })
    expect(document.files).toEqual([
      {
        file: 's.csv',
        sheet: '',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        profile: 'plain-layout',
        encoding: 'utf-8',
        delimiter: ',',
        already_loaded: false,
        physical_lines: 5,
        heading_lines: 1,
        blank_lines: 0,
        other_lines: 0,
        record_lines: 4,
        records: 4,
        loaded: 2,
        duplicates: 0,
        quarantined: 2,
        issues: { missing_required: 1, not_a_date: 1 },
        flags: {},
        columns_left_out: [],
        corrected: 0,
        period: null,
        supersedes: [],
        notes: [],
      },
    ])
  })

  it('says in words what became of every line', async () => {
    expect(await run(ingestCommand, put('s.csv', SCORES))).toBe(
      [
        's.csv (plain-layout, utf-8)',
        '  5 lines = 1 heading + 0 blank + 0 other + 4 of records',
        '  4 records = 2 loaded + 0 duplicate + 2 held back',
        '  held back for: missing_required 1, not_a_date 1',
        'Rows held back: see "outcomes quarantine".',
        '',
      ].join('\n'),
    )
    expect(await run(ingestCommand, 's.csv')).toMatch(/loaded before: 2 records; nothing was changed/)
  })

  it('looks at every file before it loads any: one that does not fit leaves the store as it was', async () => {
    put('s.csv', SCORES)
    put('other.csv', 'a,b\n1,2\n')
    const error = await refusal(run(ingestCommand, 's.csv', 'other.csv'))
    expect(error).toMatchObject({
      exit_code: EXIT.input_refused,
      message: expect.stringMatching(/other\.csv lacks 4 columns/),
    })
    expect(JSON.parse(await run(ingestCommand, 's.csv', '--json')).files[0].already_loaded).toBe(false)
  })

  it('reads a file with the only bundled profile it fits, and says so', async () => {
    put('ae.csv', 'period,org_code,type,attendances,breaches,admissions\n2025-01-01,RZ1,1,3,2,1\n')
    expect(await run(ingestCommand, 'ae.csv')).toMatch(/ae\.csv \(nhs-ae-attendances.*1 loaded/s)
    expect(printed.err).toMatch(
      /read with the profile nhs-ae-attendances, the only bundled profile whose headings it has/,
    )
  })

  it('a profile that knows too little of a file is named, not used; of the way on, both are told', async () => {
    const more = Array.from({ length: 9 }, (_, n) => `extra${n}`)
    put(
      'ae.csv',
      `period,org_code,type,attendances,breaches,admissions,${more}\n2025-01-01,RZ1,1,3,2,1${','.repeat(9)}\n`,
    )
    const { message } = await refusal(run(ingestCommand, 'ae.csv'))
    expect(message).toMatch(/--profile nhs-ae-attendances\. Name the right one\. "outcomes inspect" shows how ae\.csv/)
  })

  it('refuses a file that is written to while it is read, and loads nothing of it', async () => {
    put('s.csv', SCORES)
    const err = (text: string) => {
      if (text.startsWith('reading')) appendFileSync(join(root, 's.csv'), 'C,PHQ-9,2025-01-02,1\n')
    }
    world = { ...world, err }
    expect((await refusal(run(ingestCommand, 's.csv'))).message).toMatch(/s\.csv was changed while it was being read/)
    world = { ...world, err: () => {} }
    expect(JSON.parse(await run(ingestCommand, 's.csv', '--json')).files[0]).toMatchObject({
      already_loaded: false,
      records: 5,
    })
  })

  it('a dry run on a new project leaves no store behind', async () => {
    expect(await run(ingestCommand, put('s.csv', SCORES), '--dry-run')).toMatch(
      /2 loaded.*Dry run: nothing was changed/s,
    )
    expect(readdirSync(root)).not.toContain('.outcomes')
  })

  it.each([
    [['s.csv', '--strict'], EXIT.input_refused, /2 of 4 records have faults/],
    [['s.csv', '--profile', 'nope'], EXIT.wrong_usage, /There is no profile "nope".*plain-layout/],
    [['nope.csv'], EXIT.input_refused, /nope\.csv was not found/],
    [['.'], EXIT.input_refused, /is a folder/],
  ])('refuses %s with a sentence', async (args, exit_code, sentence) => {
    put('s.csv', SCORES)
    const error = await refusal(run(ingestCommand, ...args))
    expect(error.message).toMatch(sentence)
    expect(error.exit_code).toBe(exit_code)
  })

  it('reads through a profile file of the service’s own, in the declared date order', async () => {
    put(
      'mine.yaml',
      'profile: mine\ntitle: M\nreads: csv\ndate_order: ymd\nidentity: { local_id: id, provider: X }\nyields: [{ kind: event, event_type: { constant: gp }, start_date: on }]\n',
    )
    put('gp.csv', 'id,on\n1,13/02/2025\n')
    expect(await run(ingestCommand, 'gp.csv', '--profile', './mine.yaml', '--date-order', 'dmy')).toMatch(/1 loaded/)
  })
})

describe('outcomes inspect', () => {
  it('says what a file is, names and counts only, and changes nothing', async () => {
    put('x.csv', 'person_id;measure;score_date;score\nA;PHQ-9;2025-01-02;20\n\n')
    const { files } = JSON.parse(await run(inspectCommand, 'x.csv', '--json'))
    expect(files[0]).toMatchObject({
      kind: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      sheets: null,
      heading_rows: [1],
      columns: ['person_id', 'measure', 'score_date', 'score'],
      profiles_that_fit: ['plain-layout'],
      physical_lines: 3,
      blank_lines: 1,
      record_lines: 1,
    })
    expect(readdirSync(root).sort()).toEqual(['home', 'x.csv'])
    expect(await run(inspectCommand, 'x.csv')).toMatch(/fits: plain-layout/)
  })
})

describe('outcomes quarantine', () => {
  it('lists file, row, column, code, what was expected and what to do; no cell’s value', async () => {
    await run(ingestCommand, put('s.csv', SCORES))
    const { rows } = JSON.parse(await run(quarantineCommand, '--json'))
    expect(rows).toEqual([
      {
        file: 's.csv',
        sheet: '',
        row_number: 4,
        column: 'score_date',
        code: 'not_a_date',
        expected: 'a date written YYYY-MM-DD',
        what_to_do: expect.stringMatching(/--date-order/),
        file_key: expect.stringMatching(/^f[0-9a-f]{15}$/),
        row_key: expect.stringMatching(/^r[\w-]{20}$/),
      },
      {
        file: 's.csv',
        sheet: '',
        row_number: 5,
        column: 'score_date',
        code: 'missing_required',
        expected: 'a value',
        what_to_do: expect.stringMatching(/export again/),
        file_key: rows[0].file_key,
        row_key: expect.stringMatching(/^r[\w-]{20}$/),
      },
    ])
    expect(await run(quarantineCommand)).toMatch(
      /s\.csv row 4: score_date: expected a date written YYYY-MM-DD \(not_a_date\)/,
    )
  })

  it('writes a list that no spreadsheet can run: a heading that begins with = becomes text', async () => {
    put(
      'mine.yaml',
      'profile: mine\ntitle: M\nreads: csv\ndate_order: ymd\nidentity: { local_id: id, provider: X }\nyields: [{ kind: event, event_type: { constant: gp }, start_date: "=HYPERLINK(0)" }]\n',
    )
    put('gp.csv', 'id,=HYPERLINK(0)\n1,never\n')
    await run(ingestCommand, 'gp.csv', '--profile', './mine.yaml')
    await run(quarantineCommand, '--export', 'back.csv')
    const [heading, row] = readFileSync(join(root, 'back.csv'), 'utf8').split('\r\n')
    expect(heading).toBe('\ufefffile,sheet,row,column,code,expected,what to do,corrected value,file key,row key')
    expect(row).toMatch(/^gp\.csv,,2,'=HYPERLINK\(0\),not_a_date,a date written YYYY-MM-DD,/)
  })

  it('says so where there is no store, and where nothing is held back', async () => {
    expect((await refusal(run(quarantineCommand))).message).toMatch(/Nothing has been read into/)
    await run(ingestCommand, put('s.csv', 'person_id,measure,score_date,score\nA,PHQ-9,2025-01-02,20\n'))
    expect(await run(quarantineCommand)).toBe('No rows are held back.\n')
  })
})

describe('the key', () => {
  it('is 32 random bytes, the same every time, another for every project, and where OUTCOMES_KEY_FILE says', () => {
    const first = loadOrCreateSecret(world, 'a')
    expect(first).toMatchObject({ is_new: true })
    expect(first.secret).toHaveLength(32)
    expect(loadOrCreateSecret(world, 'a')).toEqual({ ...first, is_new: false })
    expect(loadOrCreateSecret(world, 'b').secret).not.toEqual(first.secret)
    const named = loadOrCreateSecret({ ...world, env: { ...world.env, OUTCOMES_KEY_FILE: 'k/x.key' } }, 'a')
    expect(named.path).toBe(join(root, 'k/x.key'))
    expect(readdirSync(join(root, 'k'))).toEqual(['x.key'])
  })

  it.each([
    ['empty', '', 0o600, /is empty/],
    ['eight bytes', '0011223344556677', 0o600, /does not hold a key/],
    ['not hexadecimal', 'z'.repeat(64), 0o600, /does not hold a key/],
    ['readable by others', 'ab'.repeat(32), 0o644, /can be read by others.*chmod 600/],
  ])('is refused when %s', (_name, text, mode, sentence) => {
    put('x.key', text)
    chmodSync(join(root, 'x.key'), mode)
    const withKey = { ...world, env: { ...world.env, OUTCOMES_KEY_FILE: 'x.key' } }
    expect(() => loadOrCreateSecret(withKey, 'a')).toThrow(sentence)
  })

  it('of another project refuses a store that it did not make', async () => {
    await run(ingestCommand, put('s.csv', SCORES))
    world = { ...world, env: { ...world.env, OUTCOMES_KEY_FILE: 'other.key' } }
    await expect(refusal(run(ingestCommand, put('t.csv', `${SCORES}C,PHQ-9,2025-03-03,4\n`)))).resolves.toMatchObject({
      message: expect.stringMatching(/other\.key is not there, and the store holds pseudonyms made with a key/),
    })
    writeFileSync(join(root, 'other.key'), `${'5a'.repeat(32)}\n`, { mode: 0o600 })
    const error = await refusal(run(ingestCommand, put('t.csv', `${SCORES}C,PHQ-9,2025-01-01,1\n`)))
    expect(error.message).toMatch(/pseudonymised with another key/)
  })
})
