import { readFileSync } from 'node:fs'
import { CommanderError } from 'commander'
import { COMMANDS, listedCommand, rootCommand } from './root-command.mjs'

/** The list of commands, or the version, before any TypeScript is compiled: a newcomer's first answer comes at once. */
export function printHelp(asked) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const root = rootCommand(version)
  for (const name of Object.keys(COMMANDS)) root.addCommand(listedCommand(name))
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    root.parse(asked, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? 0 : 2
  }
}
