import { homedir } from 'node:os'
import { EXIT } from '../src/domain/operator-error.ts'
import { runOutcomes } from './cli.ts'
import type { World } from './world.ts'

const world: World = {
  cwd: process.cwd(),
  env: { ...process.env, HOME: process.env.HOME ?? homedir() },
  stdin: process.stdin,
  is_terminal: process.stderr.isTTY === true,
  can_ask: process.stdin.isTTY === true && process.stdout.isTTY === true,
  started_at: new Date(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  exitWith: (code) => {
    process.exitCode = code
  },
}

/** Whatever is made from here on is its owner's alone; Windows keeps no such bits. */
if (process.platform !== 'win32') process.umask(0o077)
stopOnSignal()
leaveQuietlyWhenReaderGoes()

world.exitWith(await runOutcomes(world, process.argv.slice(2)))

/** SQLite rolls an unfinished transaction back by itself; a report is renamed into place only when whole. */
function stopOnSignal(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      process.stderr.write('\nStopped. Nothing was left half done: run the command again to go on.\n')
      process.exit(code)
    })
  }
}

function leaveQuietlyWhenReaderGoes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.done)
      throw error
    })
  }
}
