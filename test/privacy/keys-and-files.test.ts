import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'
import { CliRoom, ONLOOKER } from '../pipelines/cli-room.ts'

const OUTCOMES = join(import.meta.dirname, '../../pipelines/outcomes.mjs')
const ANN = '9434765919'
const SCORES = `person_id,nhs_number,measure,score_date,score\nZebedee77,${ANN},ReQoL-10,2025-01-01,10\n`
const isWindows = process.platform === 'win32'

let room: CliRoom
beforeEach(() => {
  room = new CliRoom()
  room.put('p/exports/s.csv', SCORES)
})
afterEach(() => room.leave())

const ingest = (...more: string[]) => room.type(['ingest', 'p/exports/s.csv', '--project', 'p', ...more])
const key = (name: string, text: string, mode = 0o600) => {
  writeFileSync(join(room.dir, name), text)
  chmodSync(join(room.dir, name), mode)
  return join(room.dir, name)
}
const HEX = 'ab'.repeat(32)

describe('a key that will not do is refused with a sentence, before anything is read (C4)', () => {
  const cases = [
    ['empty', '', 0o600, 'is empty'],
    ['of eight bytes', 'ab'.repeat(8), 0o600, 'at least 64 hexadecimal digits'],
    ['that is no key', 'correct horse battery staple'.repeat(4), 0o600, 'does not hold a key'],
    ...(isWindows ? [] : [['that everyone can read', HEX, 0o644, 'can be read by others. Run: chmod 600'] as const]),
    ...(isWindows ? [] : [['that the group can read', HEX, 0o640, 'can be read by others. Run: chmod 600'] as const]),
  ] as const

  it.each(cases)('of the pseudonyms: one %s', async (_title, text, mode, sentence) => {
    room.env.OUTCOMES_KEY_FILE = key('k', text, mode)
    expect(await ingest()).toMatchObject({ code: 3, err: expect.stringContaining(sentence) })
  })

  it.each(cases)('of the encryption: one %s', async (_title, text, mode, sentence) => {
    room.env.OUTCOMES_STORE_KEY_FILE = key('k', text, mode)
    expect(await ingest()).toMatchObject({ code: 3, err: expect.stringContaining(sentence) })
    expect(existsSync(join(room.dir, 'p/.outcomes/store.sqlite'))).toBe(false)
  })

  it('one that is missing, where the store was made with one: no new one is made in its place', async () => {
    await ingest()
    rmSync(join(room.dir, 'the.key'))
    const told = await room.type(['run', 'p'])
    room.put('p/exports/t.csv', SCORES.replace('2025', '2024'))
    expect(told.code).toBe(0)
    const rebuilt = await room.type(['run', 'p'])
    expect(rebuilt).toMatchObject({
      code: 3,
      err: expect.stringContaining('the.key is not there, and the store holds'),
    })
    expect(existsSync(join(room.dir, 'the.key'))).toBe(false)
  })

  it('another one, even where the store holds an opt-out list and nothing more (C3)', async () => {
    room.put('empty.csv', 'person_id,measure,score_date,score\n')
    room.put('list.txt', `${ANN}\n`)
    await room.type(['ingest', 'empty.csv', '--project', 'p', '--opt-out-list', 'list.txt'])
    room.env.OUTCOMES_KEY_FILE = key('other', HEX)
    const { key_id } = createPseudonymiser(Buffer.from(HEX, 'hex'))
    const told = await ingest()
    expect(told.code).toBe(3)
    expect(told.err).toMatch(new RegExp(`pseudonymised with another key \\(key id [0-9a-f]{8}; yours is ${key_id}\\)`))
  })
})

describe('keys stay where they are (C5)', () => {
  it('neither a message, nor a report, nor the store holds a digit run of a key', async () => {
    const told = [await ingest('--json'), await room.type(['run', 'p']), await room.type(['run', 'p', '--nonsense'])]
    room.env.OUTCOMES_KEY_FILE = key('bad', `${HEX}zz`)
    told.push(await room.type(['run', 'p']))
    const secret = readFileSync(join(room.dir, 'the.key'), 'utf8').trim()
    for (const { out, err } of told) expect(out + err).not.toMatch(new RegExp(`${secret}|${HEX}`, 'i'))
    if (!isWindows) expect(statSync(join(room.dir, 'p/reports/internal')).mode & 0o077).toBe(0)
    const bytes = Buffer.from(secret, 'hex')
    for (const [name, content] of Object.entries(room.contents())) {
      if (name.endsWith('.key') || name === 'bad') continue
      expect([name, content.includes(secret), content.includes(bytes.toString('latin1'))]).toEqual([name, false, false])
    }
  })

  it.skipIf(!existsSync('/proc'))('the command line of a running command holds no key and no identifier', async () => {
    const child = spawn(process.execPath, [OUTCOMES, 'purge', '--person', '-', '--project', 'p'], {
      cwd: room.dir,
      env: { ...process.env, ...room.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const commandLine = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')
    child.stdin.end(`${ANN}\n`)
    await new Promise((done) => child.on('exit', done))
    expect(commandLine).toContain('purge')
    expect(commandLine).not.toContain(ANN)
  })
})

describe.skipIf(isWindows)('files are their owner’s alone (C6)', () => {
  it('whatever is made under umask 000: store, lock, keys', () => {
    mkdirSync(join(room.dir, 'home'))
    execFileSync(
      'sh',
      ['-c', `umask 000 && exec "${process.execPath}" "${OUTCOMES}" ingest p/exports/s.csv --project p`],
      {
        cwd: room.dir,
        env: { ...process.env, HOME: join(room.dir, 'home'), OUTCOMES_KEY_FILE: '', OUTCOMES_STORE_KEY_FILE: '' },
      },
    )
    const open = ['p/.outcomes', 'home/.outcomes'].flatMap((folder) =>
      below(join(room.dir, folder)).filter((path) => (statSync(path).mode & 0o077) !== 0),
    )
    expect(open).toEqual([])
    expect(below(join(room.dir, 'p/.outcomes')).length).toBeGreaterThan(2)
  })

  it.each([
    ['the folder of the store', 'p/.outcomes', 0o755],
    ['the store', 'p/.outcomes/store.sqlite', 0o640],
  ])('is checked at every start: %s opened to others is said, with what puts it right', async (_title, path, mode) => {
    await ingest()
    expect((await room.type(['quarantine', '--project', 'p'])).err).toBe('')
    chmodSync(join(room.dir, path), mode)
    for (const args of [
      ['quarantine', '--project', 'p'],
      ['run', 'p'],
      ['ingest', 'p/exports/s.csv', '--project', 'p'],
    ]) {
      expect((await room.type(args)).err).toContain('Others can look into p/.outcomes')
    }
    execFileSync('chmod', ['-R', 'go-rwx', join(room.dir, 'p/.outcomes')])
    expect((await room.type(['quarantine', '--project', 'p'])).err).toBe('')
  })
})

describe('pseudonyms (C2, C3)', () => {
  it('are matched by nobody who tries every planted number without the key, or with another; with it, all are', async () => {
    const numbers = ['9434765919', '9434765870', '9434765889', '4010000004', '4010079193']
    room.put(
      'p/exports/s.csv',
      `person_id,nhs_number,measure,score_date,score\n${numbers.map((it) => `,${it},ReQoL-10,2025-01-01,10`).join('\n')}\n`,
    )
    await ingest()
    const store = openProjectStore(ONLOOKER, join(room.dir, 'p'), { readonly: true })
    const held = new Set(store.sqlite.prepare('select pseudonym from identity').pluck().all())
    store.close()
    const valid = held.size
    const tries = (secret: Buffer) =>
      numbers.filter((number) => held.has(createPseudonymiser(secret).pseudonym('nhs_number', number))).length
    expect(valid).toBeGreaterThan(2)
    expect(tries(Buffer.alloc(32))).toBe(0)
    expect(tries(Buffer.from(HEX, 'hex'))).toBe(0)
    expect(tries(Buffer.from(readFileSync(join(room.dir, 'the.key'), 'utf8').trim(), 'hex'))).toBe(valid)
  })
})

function below(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return [folder, ...names.map((name) => join(folder, relative('', name)))]
}
