import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildStore } from '../../pipelines/build-store.ts'
import { readProject } from '../../pipelines/project.ts'
import { openStore } from '../../src/store/open.ts'
import { CliRoom, ONLOOKER } from '../pipelines/cli-room.ts'

/** Part of every installation but one that left optional packages out; the continuous build has it. */
const hasDriver = (() => {
  try {
    createRequire(import.meta.url).resolve('better-sqlite3-multiple-ciphers')
    return true
  } catch {
    return false
  }
})()

const ANN = '9434765919'
const SCORES = `person_id,nhs_number,measure,score_date,score
a1,${ANN},ReQoL-10,2025-01-01,10
a1,${ANN},ReQoL-10,2025-06-01,20
b1,9434765870,ReQoL-10,2025-06-01,22
`
/** Words that a plain store holds for certain. */
const PLAIN = ['SQLite format 3', 'reqol-10', '2025-06-01', 'assessment_record', 'CREATE TABLE']

let room: CliRoom
beforeEach(() => {
  room = new CliRoom()
  room.put('p/exports/s.csv', SCORES)
})
afterEach(() => room.leave())

it('the encrypting driver is installed wherever the continuous build runs', () => {
  expect(hasDriver || process.env.CI === undefined).toBe(true)
})

describe.skipIf(!hasDriver)('a store encrypted at rest (C7)', () => {
  const ingest = () => room.type(['ingest', 'p/exports/s.csv', '--project', 'p'])
  const withKey = () => {
    room.env.OUTCOMES_STORE_KEY_FILE = join(room.dir, 'store.key')
  }
  const storeBytes = () => {
    const folder = join(room.dir, 'p/.outcomes')
    return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
  }

  it('holds nothing in plain words, in no file, at no stage of a run; without a key the same search finds them', async () => {
    withKey()
    await ingest()
    room.put('p/exports/t.csv', SCORES.replaceAll('2025', '2024'))
    const world = { ...ONLOOKER, env: room.env, cwd: room.dir }
    const store = await buildStore(world, readProject(join(room.dir, 'p')), {})
    expect(store.sqlite.prepare('select count(*) from assessment_score').pluck().get()).toBe(6)
    expect(PLAIN.filter((word) => storeBytes().includes(word))).toEqual([])
    store.close()
    expect(PLAIN.filter((word) => storeBytes().includes(word))).toEqual([])
    expect(existsSync(join(room.dir, 'p/.outcomes/store.sqlite.building'))).toBe(false)

    delete room.env.OUTCOMES_STORE_KEY_FILE
    rmSync(join(room.dir, 'p/.outcomes'), { recursive: true })
    await ingest()
    expect(PLAIN.filter((word) => storeBytes().includes(word))).toEqual(PLAIN)
  })

  it('its log holds nothing in plain words either, while a transaction is on its way', () => {
    const path = join(room.dir, 'x.sqlite')
    const store = openStore(path, { encryption_key: new Uint8Array(32).fill(7) })
    store.sqlite.exec(`insert into service (service_code, service_name, area) values ('zebedee', 'Zebedee', 'Glos')`)
    expect(readFileSync(`${path}-wal`).length).toBeGreaterThan(4096)
    for (const file of [path, `${path}-wal`]) {
      expect([file, readFileSync(file).includes('ebedee'), readFileSync(file).includes('CREATE TABLE')]).toEqual([
        file,
        false,
        false,
      ])
    }
    store.close()
  })

  it.each([
    ['without its key', () => delete room.env.OUTCOMES_STORE_KEY_FILE, 'or it is encrypted'],
    [
      'with another key',
      () => writeFileSync(join(room.dir, 'store.key'), 'cd'.repeat(32), { mode: 0o600 }),
      'cannot be opened with this key',
    ],
    ['with its key file gone', () => rmSync(join(room.dir, 'store.key')), 'store.key of the store is not there'],
  ])('is refused %s, with a sentence, and left as it is', async (_title, spoil, sentence) => {
    withKey()
    await ingest()
    const before = storeBytes()
    spoil()
    for (const args of [['quarantine'], ['ingest', 'p/exports/s.csv'], ['results']]) {
      const told = await room.type([...args, '--project', 'p'])
      expect(told).toMatchObject({ code: 3, err: expect.stringContaining(sentence) })
    }
    expect(storeBytes().equals(before)).toBe(true)
  })

  it('a key for a store that is not encrypted is refused: what is there would stay readable', async () => {
    await ingest()
    withKey()
    writeFileSync(join(room.dir, 'store.key'), 'cd'.repeat(32), { mode: 0o600 })
    expect(await ingest()).toMatchObject({ code: 3, err: expect.stringContaining('is not encrypted, and a key') })
  })

  it('one changed bit in any page is found, where a plain store may not notice', async () => {
    withKey()
    await ingest()
    const path = join(room.dir, 'p/.outcomes/store.sqlite')
    const whole = readFileSync(path)
    const encryption_key = Buffer.from(readFileSync(join(room.dir, 'store.key'), 'utf8').trim(), 'hex')
    const readAll = () => {
      const store = openStore(path, { readonly: true, encryption_key })
      try {
        return store.sqlite.pragma('integrity_check', { simple: true })
      } finally {
        store.close()
      }
    }
    expect(readAll()).toBe('ok')
    const pages = whole.length / 4096
    let found = 0
    for (let page = 0; page < pages; page++) {
      const spoilt = Buffer.from(whole)
      const at = page * 4096 + 1000 + page
      spoilt[at] = (spoilt[at] as number) ^ 1
      writeFileSync(path, spoilt)
      try {
        if (readAll() !== 'ok') found++
      } catch {
        found++
      }
    }
    expect([found, pages > 20]).toEqual([pages, true])
    whole[20] = (whole[20] as number) ^ 1
    whole[900] = (whole[900] as number) ^ 1
    writeFileSync(path, whole)
    expect(await room.type(['quarantine', '--project', 'p'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('or is damaged'),
    })
  })

  it('a purge is proved on the pages as they are without encryption', async () => {
    withKey()
    await ingest()
    room.put('who.txt', ANN)
    const proved = await room.json('purge', '--person', 'who.txt', '--project', 'p')
    expect(proved).toMatchObject({ records: 2, is_proved: true })
    const pages = (proved.searched as { name: string; n_bytes: number }[]).find((it) => it.name.includes('decrypted'))
    expect(pages?.n_bytes).toBeGreaterThan(4096)
    expect(proved.seen_before).toBe(proved.n_searched_for)
    expect(PLAIN.filter((word) => storeBytes().includes(word))).toEqual([])
  })

  it('two stores of the same rows under one key have no page in common', async () => {
    const key = new Uint8Array(32).fill(3)
    const [one, other] = ['one', 'other'].map((name) => {
      const path = join(room.dir, `${name}.sqlite`)
      openStore(path, { encryption_key: key }).close()
      copyFileSync(path, `${path}.copy`)
      return readFileSync(`${path}.copy`)
    }) as [Buffer, Buffer]
    expect(one.length).toBe(other.length)
    expect(one.subarray(4096, 8192).equals(other.subarray(4096, 8192))).toBe(false)
  })
})
