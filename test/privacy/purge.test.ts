import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildStore } from '../../pipelines/build-store.ts'
import { readProject } from '../../pipelines/project.ts'
import { openProjectStore } from '../../pipelines/project-store.ts'
import { createPseudonymiser } from '../../src/domain/pseudonym.ts'
import { checkAccounting } from '../../src/store/check-accounting.ts'
import { lines } from '../ingest/reading-room.ts'
import { CliRoom, ONLOOKER } from '../pipelines/cli-room.ts'

const ANN = '9434765919'
const BOB = '9434765870'
const SCORES = lines(`
  person_id,nhs_number,measure,score_date,score,date_of_birth,gender,referral_date,discharge_date
  a1,${ANN},ReQoL-10,2005-01-01,10,1950-03-03,F,2004-12-01,2005-09-09
  a1,${ANN},ReQoL-10,2005-06-01,20,1950-03-03,F,2004-12-01,2005-09-09
  b1,${BOB},ReQoL-10,2005-02-02,11,1991-01-01,M,2005-01-01,
  b1,${BOB},ReQoL-10,2025-06-01,22,1991-01-01,M,2024-12-01,2025-09-09
  a1,${ANN},ReQoL-10,2005-06-01,20,1950-03-03,F,2004-12-01,2005-09-09`)
/** The same person by their local number alone. */
const LATER = 'person_id,measure,score_date,score\na1,ReQoL-10,2005-07-01,30\n'
const SERVICE = 'services: [{ code: rio, name: RIO service, provider: RIO }]\n'

let room: CliRoom
const enter = async () => {
  room = new CliRoom()
  room.put('p/outcomes.yaml', SERVICE)
  room.put('p/exports/a.csv', SCORES)
  room.put('p/exports/b.csv', LATER)
  await build()
}
const leave = () => room.leave()

describe('purging a person', () => {
  beforeEach(enter)
  afterEach(leave)

  it.each([
    ['by NHS number, from a file', ['--person', 'who.txt'], '943 476 5919\n', ''],
    ['by NHS number, from standard input', ['--person', '-'], '', `${ANN}\r\n`],
    ['by local id of a service', ['--person', 'who.txt', '--service', 'rio'], 'a1', ''],
  ])('%s, deletes every row of theirs and proves that no byte is left', async (_title, args, file, stdin) => {
    room.put('who.txt', file)
    const pseudonym = pseudonymOf(ANN)
    expect(bytesOfStore().some((bytes) => bytes.includes(pseudonym))).toBe(true)
    const told = await room.type(['purge', ...args, '--project', 'p', '--json'], stdin)
    expect(told).toMatchObject({ code: 0, err: '' })
    const certificate = JSON.parse(told.out)
    expect(certificate).toMatchObject({ purged: 'person', records: 4, is_proved: true, ambiguous_records: 0 })
    expect(certificate.deleted.rows).toMatchObject({ assessment_record: 3, import_row: 4, identity: 2 })
    expect(certificate.seen_before).toBe(certificate.n_searched_for)
    expect(certificate.searched.map((it: { name: string }) => it.name)).toContain('store.sqlite')
    expect(bytesOfStore().some((bytes) => bytes.includes(pseudonym))).toBe(false)
    expect(told.out).not.toContain(ANN)
    expect(told.out).not.toMatch(/\ba1\b/)
    expect(await build()).toEqual({ scores: [11, 22], people: 1, accounts: [] })
  })

  it('finds the rows it has to look for while they are there: the proof can fail', async () => {
    room.put('who.txt', ANN)
    const trial = await room.json('purge', '--person', 'who.txt', '--project', 'p', '--dry-run')
    expect(trial).toMatchObject({ dry_run: true, records: 4, is_proved: false })
    expect(trial.seen_before).toBe(trial.n_searched_for)
    expect(await build()).toMatchObject({ scores: [10, 11, 20, 22, 30] })

    // a copy that someone put beside the store
    writeFileSync(join(room.dir, 'p/.outcomes/copy.sqlite'), readFileSync(join(room.dir, 'p/.outcomes/store.sqlite')))
    const told = await room.type(['purge', '--person', 'who.txt', '--project', 'p'])
    expect(told.code).toBe(4)
    expect(told.out).toContain('NOT PROVED')
    expect(told.out).toMatch(/found after it in copy.sqlite \([\d,]+ bytes\): [1-9]/)
    expect(told.out).toMatch(/found after it in store.sqlite \([\d,]+ bytes\): 0/)
  })

  it('writes a certificate for its owner only, which says what was deleted, how it was proved and what it does not reach', async () => {
    room.put('who.txt', ANN)
    const told = await room.type(['purge', '--person', 'who.txt', '--project', 'p', '--certificate', 'c.txt'])
    const text = readFileSync(join(room.dir, 'c.txt'), 'utf8')
    expect(text).toBe(told.out)
    expect(statSync(join(room.dir, 'c.txt')).mode & 0o077).toBe(0)
    for (const sentence of [
      'Certificate of deletion: one person',
      'exports/a.csv: 3',
      'Proved: no byte of them is left in the store.',
      'The export files above still hold these records.',
      'Reports made before still count them',
    ]) {
      expect(text).toContain(sentence)
    }
  })

  it('holds them back when a later file brings them again, by whatever identifier', async () => {
    room.put('who.txt', ANN)
    await room.json('purge', '--person', 'who.txt', '--project', 'p')
    room.put('p/exports/c.csv', LATER.replaceAll('2005-07-01,30', '2025-07-01,31'))
    expect(await build()).toEqual({ scores: [11, 22], people: 1, accounts: [] })
    const codes = ask('select code, count(*) as n from quarantine_row group by code')
    expect(codes).toEqual([{ code: 'purged', n: 5 }])
    expect(bytesOfStore().some((bytes) => bytes.includes(pseudonymOf(ANN)))).toBe(false)
  })

  it('leaves records of a local id that two NHS numbers came with, and says how many', async () => {
    room.put('p/exports/c.csv', SCORES.split('\n').slice(0, 2).join('\n').replace(ANN, '9434765889'))
    await build()
    room.put('who.txt', ANN)
    const certificate = await room.json('purge', '--person', 'who.txt', '--project', 'p')
    expect(certificate).toMatchObject({ records: 3, ambiguous_records: 1, is_proved: true })
    expect(await build()).toMatchObject({ scores: [10, 11, 22, 30] })
  })
})

describe('what cannot be purged', () => {
  beforeAll(enter)
  afterAll(leave)

  it.each([
    ['an NHS number typed on the command line', ['--person', ANN], '', 2, 'can be seen by others'],
    ['nobody', [], '', 2, 'either --person FILE or --before DATE'],
    ['two people at once', ['--person', '-'], `${ANN}\n${BOB}\n`, 2, 'one identifier on one line; found 2 lines'],
    ['a number that nobody has', ['--person', '-'], '9434765889\n', 3, 'holds nobody with that identifier'],
    ['a day and a person', ['--person', '-', '--before', '2006-01-01'], '', 2, 'either --person FILE or'],
    ['a day that is none', ['--before', '01/02/2006'], '', 2, 'is not a YYYY-MM-DD date'],
  ])('is refused with a sentence that repeats no identifier: %s', async (_title, args, stdin, code, sentence) => {
    const told = await room.type(['purge', '--project', 'p', ...args], stdin)
    expect(told.code).toBe(code)
    expect(told.err).toContain(sentence)
    expect(told.err + told.out).not.toMatch(/9434765/)
    expect(ask('select count(*) as n from assessment_record')).toEqual([{ n: 5 }])
  })

  it('is refused under another key, by which the person would not be found', async () => {
    writeFileSync(join(room.dir, 'other.key'), 'ab'.repeat(32), { mode: 0o600 })
    const own = room.env.OUTCOMES_KEY_FILE as string
    room.env.OUTCOMES_KEY_FILE = join(room.dir, 'other.key')
    const told = await room.type(['purge', '--person', '-', '--project', 'p'], ANN)
    room.env.OUTCOMES_KEY_FILE = own
    expect(told).toMatchObject({ code: 3, err: expect.stringContaining('pseudonymised with another key') })
  })
})

describe('purging all before a day', () => {
  beforeEach(enter)
  afterEach(leave)

  it('deletes what ended before it, with people of whom nothing is left; what lasts into it stays', async () => {
    const certificate = await room.json('purge', '--before', '2006-01-01', '--project', 'p')
    // Bob's first referral never ended, and Bob is still here: it lasts, and his score of 2005 is in one row with it
    expect(certificate).toMatchObject({ purged: 'before', before: '2006-01-01', records: 4, is_proved: true })
    expect(await build()).toEqual({ scores: [11, 22], people: 1, accounts: [] })
    expect(bytesOfStore().some((bytes) => bytes.includes(pseudonymOf(ANN)))).toBe(false)
  })

  it('holds such records back when they come again, and lets newer ones of the same person in', async () => {
    await room.json('purge', '--before', '2006-01-01', '--project', 'p')
    room.put('p/exports/c.csv', LATER.replaceAll('2005-07-01,30', '2025-07-01,31'))
    expect(await build()).toEqual({ scores: [11, 22, 31], people: 2, accounts: [] })
    const codes = ask('select code, count(*) as n from quarantine_row group by code')
    expect(codes).toEqual([{ code: 'past_retention', n: 4 }])
  })
})

async function build(): Promise<{ scores: unknown[]; people: unknown; accounts: string[] }> {
  const world = { ...ONLOOKER, env: room.env, cwd: room.dir }
  const store = await buildStore(world, readProject(join(room.dir, 'p')), {})
  try {
    return {
      scores: store.sqlite.prepare('select score from assessment_score order by score').pluck().all(),
      people: store.sqlite.prepare('select count(*) from persons').pluck().get(),
      accounts: checkAccounting(store.sqlite),
    }
  } finally {
    store.close()
  }
}

function ask(sql: string): unknown[] {
  const store = openProjectStore(ONLOOKER, join(room.dir, 'p'), { readonly: true })
  try {
    return store.sqlite.prepare(sql).all()
  } finally {
    store.close()
  }
}

function bytesOfStore(): Buffer[] {
  const folder = join(room.dir, 'p/.outcomes')
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name))) : []
}

function pseudonymOf(number: string): string {
  const secret = Buffer.from(readFileSync(join(room.dir, 'the.key'), 'utf8').trim(), 'hex')
  return createPseudonymiser(Uint8Array.from(secret)).pseudonym('nhs_number', number)
}
