import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadOrCreateSecret } from '../../pipelines/secret-key.ts'
import { OperatorError } from '../../src/domain/operator-error.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'
import { openStore } from '../../src/store/open.ts'
import { deleteChosenRecords, planPersonPurge } from '../../src/store/purge.ts'
import { pseudonymiser } from '../ingest/reading-room.ts'
import { CliRoom, ONLOOKER } from '../pipelines/cli-room.ts'
import { type Case, csv, GOOD, HEAD, outcome, read } from './outcome.ts'

const [ANN, BOB] = ['9434765919', '9434765870']
const PLANTED = [
  '9434765919',
  '943 476 5919',
  '9195674349',
  'Zebedee',
  'Quarkington',
  'GL5 4ZZ',
  '07700 900123',
  '1951-03-17',
]
const FORMS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '')),
  (text) => Buffer.from(Buffer.from(text).toString('hex')),
]

const shows = (id: string, title: string, check: Case['check'], expected: RegExp | string): Case => ({
  id,
  title,
  check,
  expected,
})

/** Installations that leave optional packages out have none; the continuous build has it: see encryption.test.ts. */
const NO_DRIVER = 'no encrypting driver is installed here'

const TWO = `nhs_number,${HEAD}\n${ANN},${GOOD}\n${BOB},B,GAD-7,2025-01-02,8\n`

export const PRIVACY_CASES: readonly Case[] = [
  shows(
    'C1',
    'planted identifiers, in four ways of writing: none in the store, a message or a list of rows held back',
    planted,
    '0 found, 2 records',
  ),
  shows(
    'C2',
    'pseudonyms are matched by nobody without the key, or with another; with it, all are',
    async () => {
      const { rows } = await read(TWO)
      const held = new Set(rows('identity').map((row) => row.pseudonym))
      const tries = (key: ReturnType<typeof createPseudonymiser>) =>
        [ANN, BOB].filter((number) => held.has(key.pseudonym('nhs_number', number as string))).length
      const keys = [createPseudonymiser(Buffer.alloc(32)), createPseudonymiser(Buffer.alloc(32, 8)), pseudonymiser]
      return keys.map(tries).join(', ')
    },
    '0, 0, 2',
  ),
  shows(
    'C3',
    'two extracts of one key meet; another key is refused by its id',
    async () => {
      const { store, rows } = await read(TWO)
      await read(`nhs_number,${HEAD}\n${ANN},A,GAD-7,2025-02-02,7\n`, { store })
      store.sqlite.prepare(`update pseudonym_key set key_id = '0badbeef'`).run()
      return `${rows('identity').length} identifiers; ${await outcome(csv(GOOD, 'C,GAD-7,2025-01-04,1')).then(() => outcomeIn(store))}`
    },
    /^4 identifiers; .*pseudonymised with another key \(key id 0badbeef/,
  ),
  ...(
    [
      ['empty', '', 0o600, /is empty/],
      ['of eight bytes', 'ab'.repeat(8), 0o600, /at least 64 hexadecimal digits/],
      ['that everyone can read', 'ab'.repeat(32), 0o644, /can be read by others/],
    ] as const
  ).map(([title, text, mode, expected]) => shows('C4', `a key ${title}`, () => keyFile(text, mode, null), expected)),
  shows(
    'C4',
    'a key that is missing where the store has pseudonyms',
    () => keyFile(null, 0o600, '0badbeef'),
    /is not there, and the store/,
  ),
  shows(
    'C5',
    'a key that will not do is not repeated in the message',
    () => keyFile(`${'cafe'.repeat(16)}zz`, 0o600, null),
    /^(?!.*cafe)/,
  ),
  shows('C5', 'no command takes a key as an argument', keyOptions, 'none'),
  shows('C6', 'the store is its owner’s alone, whatever the umask', modes, process.platform === 'win32' ? /./ : '600'),
  shows(
    'C7',
    'an encrypted store: wrong key, no key, a page changed',
    encrypted,
    new RegExp(`^refused, refused, refused$|^${NO_DRIVER}$`),
  ),
  shows(
    'C8',
    'a person purged: no byte of their pseudonym is left in the store',
    purged,
    '1 before, 0 after; 1 person left',
  ),
  shows(
    'C9',
    'a person who has opted out is excluded, accounted for, and in no count',
    optedOut,
    '2 = 1 loaded + 1 held back as opted_out',
  ),
  shows(
    'C10',
    'people who stand alone are listed to the owner, and to nobody else',
    alone,
    'listed with --internal, absent without',
  ),
]

async function planted(): Promise<string> {
  const [nhs, , , first, last, postcode, phone, born] = PLANTED
  const headings = `${HEAD},nhs_number,name,address,telephone,date_of_birth,gender`
  const row = (id: string, number: string, score: string, gender: string) =>
    `${id},GAD-7,2025-01-02,${score},${number},${first} ${last},${postcode},${phone},${born},${gender}`
  const text = [headings, row('R1', nhs ?? '', '9', 'F'), row('R2', '', '99', postcode ?? ''), ''].join('\n')
  const { store, report } = await read(text, { name: `${first}-${nhs}.csv` })
  const told = `${JSON.stringify(report.issues)}${report.notes.join()}${report.columns_left_out.join()}`
  const bytes = Buffer.concat([store.sqlite.serialize(), Buffer.from(told)])
  const found = PLANTED.slice(0, 3)
    .concat(last ?? '', postcode ?? '', phone ?? '', born ?? '')
    .filter((word) => FORMS.some((form) => bytes.includes(form(word))))
  return `${found.length} found, ${report.records} records`
}

async function outcomeIn(store: ReturnType<typeof openStore>): Promise<string> {
  return outcome(csv('C,GAD-7,2025-01-04,1'), { store })
}

function inFolder<Result>(work: (dir: string) => Result): Result {
  const dir = mkdtempSync(join(tmpdir(), 'safety-'))
  try {
    return work(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'taken'
  } catch (error) {
    if (error instanceof OperatorError) return error.message
    throw error
  }
}

function keyFile(text: string | null, mode: number, heldKeyId: string | null): string {
  return inFolder((dir) => {
    const path = join(dir, 'k')
    if (text !== null) {
      writeFileSync(path, text)
      chmodSync(path, mode)
    }
    return refusalOf(() =>
      loadOrCreateSecret({ ...ONLOOKER, cwd: dir, env: { OUTCOMES_KEY_FILE: path } }, dir, heldKeyId),
    )
  })
}

async function keyOptions(): Promise<string> {
  const folder = join(import.meta.dirname, '../../pipelines')
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  const found = texts.flatMap((text) => text.match(/option\(\s*'--[\w-]*(key|secret|password)\b[^']*'/g) ?? [])
  return found.length === 0 ? 'none' : found.join()
}

function modes(): string {
  const before = process.umask(0)
  try {
    return inFolder((dir) => {
      openStore(join(dir, 's.sqlite')).close()
      return (statSync(join(dir, 's.sqlite')).mode & 0o777).toString(8)
    })
  } finally {
    process.umask(before)
  }
}

function encrypted(): string {
  try {
    createRequire(import.meta.url).resolve('better-sqlite3-multiple-ciphers')
  } catch {
    return NO_DRIVER
  }
  return inFolder((dir) => {
    const path = join(dir, 's.sqlite')
    const encryption_key = new Uint8Array(32).fill(7)
    openStore(path, { encryption_key }).close()
    const open = (key?: Uint8Array) =>
      refusalOf(() =>
        openStore(path, key === undefined ? {} : { encryption_key: key }).sqlite.pragma('integrity_check'),
      )
    const told = [open(new Uint8Array(32).fill(8)), open()]
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] as number) ^ 1
    writeFileSync(path, bytes)
    return [...told, open(encryption_key)].map((text) => (text === 'taken' ? text : 'refused')).join(', ')
  })
}

async function purged(): Promise<string> {
  const { store, rows } = await read(TWO)
  const { sqlite } = store
  const pseudonym = pseudonymiser.pseudonym('nhs_number', ANN as string)
  const key = sqlite.prepare('select identity_key from identity where pseudonym = ?').pluck().get(pseudonym) as number
  const count = () => Number(sqlite.serialize().includes(pseudonym))
  const before = count()
  planPersonPurge(sqlite, [key])
  sqlite.transaction(() => deleteChosenRecords(sqlite))()
  sqlite.exec('vacuum')
  return `${before} before, ${count()} after; ${rows('assessment_record').length} person left`
}

async function optedOut(): Promise<string> {
  const room = new CliRoom()
  try {
    room.put('p/exports/s.csv', TWO)
    room.put('list.txt', `${ANN}\n`)
    const args = ['ingest', 'p/exports/s.csv', '--project', 'p', '--opt-out-list', 'list.txt']
    const { files } = (await room.json(...args)) as { files: Record<string, unknown>[] }
    const { records, loaded, quarantined, issues } = files[0] ?? {}
    return `${records} = ${loaded} loaded + ${quarantined} held back as ${Object.keys(issues as object).join()}`
  } finally {
    room.leave()
  }
}

async function alone(): Promise<string> {
  const room = new CliRoom()
  try {
    mkdirSync(join(room.dir, 'p'))
    room.put('p/exports/s.csv', TWO.replace('score\n', 'score\n'))
    await room.json('ingest', 'p/exports/s.csv', '--project', 'p')
    const own = JSON.stringify(await room.json('people', '--project', 'p', '--internal'))
    const others = JSON.stringify(await room.json('people', '--project', 'p'))
    const lists = (text: string) => /"sets":\[\{/.test(text)
    return `${lists(own) ? 'listed' : 'absent'} with --internal, ${lists(others) ? 'listed' : 'absent'} without`
  } finally {
    room.leave()
  }
}
