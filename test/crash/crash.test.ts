import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChangingCall, CrashRoom, type Fault, HAS_STRACE, scores } from './harness.ts'

/** A few of the points that `npm run crash` tries one after the other. */
let room: CrashRoom
let before = ''
let after = ''
beforeAll(() => {
  room = new CrashRoom(200)
  before = room.dump()
  room.expectDone(room.ingest('second.csv'))
  after = room.dump()
}, 60_000)
afterAll(() => room.remove())

describe.runIf(HAS_STRACE)('reading a file is stopped', () => {
  it.each<[string, Fault, ChangingCall, number]>([
    ['killed as it writes', { signal: 'SIGKILL' }, 'pwrite64', 20],
    ['killed as it writes on', { signal: 'SIGKILL' }, 'pwrite64', 40],
    ['the disk is full', { error: 'ENOSPC' }, 'pwrite64', 30],
  ])(
    '%s: the last good state stands, and the next run completes',
    (_name, fault, call, nth) => {
      room.reset()
      const ended = room.ingestWith(fault, call, nth)
      expect(room.dump() === before).toBe(true)
      expect(ended).not.toBeNull()
      expect(ended?.said).not.toMatch(/\n\s+at /)
      room.expectDone(room.ingest('second.csv'))
      expect(room.dump() === after).toBe(true)
    },
    60_000,
  )
})

it.each([500, 900])(
  'killed after %i milliseconds: the store is as before or as after, and the next run completes',
  async (after_ms) => {
    room.reset()
    await room.ingestKilledAfter(after_ms)
    const state = room.dump()
    expect(state === before || state === after).toBe(true)
    room.expectDone(room.ingest('second.csv'))
    expect(room.dump() === after).toBe(true)
  },
  60_000,
)

describe('several at once', () => {
  it('one reads, the others read after it or are told to wait, and nothing is lost or doubled', async () => {
    room.reset()
    writeFileSync(room.file('third.csv'), scores(900, 100))
    const ended = await room.race(['second.csv', 'third.csv'])
    for (const { status, said } of ended) {
      if (status !== 0) expect(said).toContain('Another outcomes command is at work on this project')
    }
    expect(ended.some(({ status }) => status === 0)).toBe(true)
    room.expectDone(room.ingest('second.csv'))
    room.expectDone(room.ingest('third.csv'))
    const all = room.dump()
    room.reset()
    writeFileSync(room.file('third.csv'), scores(900, 100))
    room.expectDone(room.ingest('second.csv'))
    room.expectDone(room.ingest('third.csv'))
    expect(all.split('\n').length).toBe(room.dump().split('\n').length)
  }, 60_000)
})

describe('a store whose bytes have changed on the disk', () => {
  it('is refused before anything is read from it, wherever the bit is', () => {
    room.reset()
    const path = join(room.project, '.outcomes', 'store.sqlite')
    const whole = readFileSync(path)
    for (const share of [0.02, 0.9]) {
      const bytes = Buffer.from(whole)
      const at = Math.floor(bytes.length * share)
      bytes[at] = (bytes[at] as number) ^ 4
      writeFileSync(path, bytes)
      const { status, said } = room.ingest('second.csv')
      expect(status).toBe(4)
      expect(said).toContain('its bytes are not those that this program left')
    }
  }, 60_000)
})
