import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src/stats/random.ts'
import { CHANGING_CALLS, type ChangingCall, CrashRoom, type Ended, type Fault, HAS_STRACE, scores } from './harness.ts'

/**
 * Stops the reading of a file at every call by which it changes the disk, fills the disk there, and breaks it (where there is strace);
 * kills it at random moments; then lets eight processes loose on one project.
 * Usage: npm run crash [-- --every 1] [-- --records 600] [-- --kills 60]
 */

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    records: { type: 'string', default: '600' },
    kills: { type: 'string', default: '60' },
  },
})
const every = Number(values.every)
const room = new CrashRoom(Number(values.records))
const failures: string[] = []

try {
  const before = room.dump()
  const start = performance.now()
  room.expectDone(room.ingest('second.csv'))
  const longest = performance.now() - start
  const after = room.dump()
  if (before === after) throw new Error('the second file changed nothing, so nothing would be proved')
  if (HAS_STRACE) {
    const counts = room.countCalls()
    process.stdout.write(`calls: ${CHANGING_CALLS.map((call) => `${call} ${counts[call]}`).join(', ')}\n`)
    const faults: readonly Fault[] = [{ signal: 'SIGKILL' }, { error: 'ENOSPC' }, { error: 'EIO' }]
    for (const fault of faults) tryFault(fault, counts, before, after)
  } else process.stdout.write('no strace here: kills come at random moments only\n')
  await tryKills(Number(values.kills), longest, before, after)
  await tryWriters(after)
} finally {
  room.remove()
}
for (const failure of failures) process.stdout.write(`${failure}\n`)
process.stdout.write(failures.length === 0 ? 'nothing torn, nothing lost\n' : `${failures.length} failures\n`)
process.exitCode = failures.length === 0 ? 0 : 1

function tryFault(fault: Fault, counts: Record<ChangingCall, number>, before: string, after: string): void {
  const name = 'signal' in fault ? fault.signal : fault.error
  const tally = { points: 0, not_met: 0, stood_before: 0, stood_after: 0 }
  for (const call of CHANGING_CALLS) {
    for (let nth = 1; nth <= counts[call]; nth += every) {
      room.reset()
      const ended = room.ingestWith(fault, call, nth)
      if (ended === null) {
        tally.not_met++
        continue
      }
      const state = room.dump()
      tally.points++
      if (state === before) tally.stood_before++
      else if (state === after) tally.stood_after++
      else failures.push(`${name} at ${call} ${nth}: the store is in neither state (${state.slice(0, 200)})`)
      judge(`${name} at ${call} ${nth}`, fault, ended, state === after)
      expectWhole(`${name} at ${call} ${nth}`, after)
    }
  }
  if (tally.stood_before === 0) failures.push(`${name}: no fault kept the second file out, so nothing is shown`)
  process.stdout.write(
    `${name}: ${tally.points} points; store as before in ${tally.stood_before}, as after in ${tally.stood_after}; ${tally.not_met} calls were not made\n`,
  )
}

/** At moments spread evenly, each moved a little, over the time that the command takes. */
async function tryKills(kills: number, longest: number, before: string, after: string): Promise<void> {
  const random = createRandom('kills')
  let stood_before = 0
  for (let nth = 0; nth < kills; nth++) {
    room.reset()
    await room.ingestKilledAfter(((nth + random()) / kills) * longest)
    const state = room.dump()
    if (state === before) stood_before++
    else if (state !== after) failures.push(`kill ${nth}: the store is in neither state (${state.slice(0, 200)})`)
    expectWhole(`kill ${nth}`, after)
  }
  process.stdout.write(`${kills} kills at random moments: store as before in ${stood_before}\n`)
}

function expectWhole(point: string, after: string): void {
  const { status, said } = room.ingest('second.csv')
  if (status !== 0) failures.push(`${point}: run again, it ended with ${status}: ${said}`)
  else if (room.dump() !== after) failures.push(`${point}: run again, the store is not as after an undisturbed run`)
}

function judge(point: string, fault: Fault, { status, said }: Ended, isLoaded: boolean): void {
  if ('signal' in fault) return
  if (/\n\s+at /.test(said)) failures.push(`${point}: a stack trace was shown`)
  if (status === 0 && !isLoaded) failures.push(`${point}: it said that all was well, and nothing was loaded`)
}

async function tryWriters(after: string): Promise<void> {
  const names = Array.from({ length: 8 }, () => 'second.csv')
  room.reset()
  const same = await room.race(names)
  complain('eight writers of one file', same)
  if (room.dump() !== after) failures.push('eight writers of one file: the store is not as after one')
  room.reset()
  const different = Array.from({ length: 8 }, (_, n) => `other-${n}.csv`)
  for (const [n, name] of different.entries()) writeFileSync(room.file(name), scores(5000 + n * 400, 300))
  complain('eight writers of eight files', await room.race(different))
  for (const name of different) room.expectDone(room.ingest(name))
  const raced = room.dump()
  room.reset()
  for (const [n, name] of different.entries()) writeFileSync(room.file(name), scores(5000 + n * 400, 300))
  for (const name of different) room.expectDone(room.ingest(name))
  const count = (dump: string) => dump.split('\n').length
  if (count(raced) !== count(room.dump())) failures.push('eight writers of eight files: records were lost or doubled')
}

/** Each ends well, or says that another is at work; nobody is shown a stack trace. */
function complain(what: string, ended: readonly Ended[]): void {
  const well = ended.filter(({ status }) => status === 0).length
  const busy = ended.filter(({ status, said }) => status === 3 && said.includes('Another outcomes command')).length
  process.stdout.write(`${what}: ${well} read it or found it read, ${busy} were told to wait\n`)
  if (well + busy !== ended.length || well === 0) {
    failures.push(`${what}: ${ended.map(({ status, said }) => `${status} ${said.slice(0, 120)}`).join(' / ')}`)
  }
}
