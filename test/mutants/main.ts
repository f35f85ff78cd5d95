import { parseArgs } from 'node:util'
import { MutantRoom } from './read-mutant.ts'
import { runMutant, type Verdict } from './run-mutant.ts'
import { Watchdog } from './watchdog.ts'

/**
 * Damages valid files and reads them: no crash, no hang, every line and record accounted for, and no value that nobody wrote.
 * Usage: npm run mutants [-- --files 100000] [--seed 1] [--from 0]. To try one again: --seed S --from N --files 1
 */

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
})
const from = Number(values.from)
const files = Number(values.files)
const watchdog = new Watchdog(120, values.seed)
const room = new MutantRoom()
const tally = new Map<string, number>()
const count = (name: string, n = 1) => tally.set(name, (tally.get(name) ?? 0) + n)
let n_wrong = 0

try {
  for (let number = from; number < from + files; number++) {
    watchdog.begins(number)
    const verdict = await runMutant(room, values.seed, number)
    record(verdict)
    for (const violation of verdict.violations) complain(number, verdict.name, violation)
    if ((number + 1 - from) % 10_000 === 0) process.stdout.write(`${number + 1 - from} mutants, ${n_wrong} wrong\n`)
  }
} finally {
  watchdog.end()
  room.close()
}
for (const name of [...tally.keys()].sort()) process.stdout.write(`${name}: ${tally.get(name)}\n`)
process.stdout.write(n_wrong === 0 ? `${files} mutants: none wrong\n` : `${n_wrong} wrong\n`)
process.exitCode = n_wrong === 0 ? 0 : 1

function record({ level, outcome, n_loaded, n_held }: Verdict): void {
  count(`mutants of ${level}, ${outcome}`)
  count('records loaded', n_loaded)
  count('records held back', n_held)
}

function complain(number: number, name: string, violation: string): void {
  n_wrong++
  process.stdout.write(`--seed ${values.seed} --from ${number} --files 1: ${name}: ${violation}\n`)
}
