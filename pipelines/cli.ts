import { resolve } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { maskDigits } from '../src/ingest/mask.ts'
import { notice } from './answer.ts'
import { COMMANDS, listedCommand, rootCommand } from './root-command.mjs'
import { VERSION } from './software.ts'
import { systemFault } from './system-fault.ts'
import { widePermissions } from './wide-permissions.ts'
import type { World } from './world.ts'

type CommandName = keyof typeof COMMANDS

/** A command's own code is loaded only when it is asked for. */
const LOAD: Readonly<Record<CommandName, () => Promise<(world: World) => Command>>> = {
  demo: async () => (await import('./demo.ts')).demoCommand,
  init: async () => (await import('./init.ts')).initCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  ingest: async () => (await import('./ingest.ts')).ingestCommand,
  quarantine: async () => (await import('./quarantine.ts')).quarantineCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  run: async () => (await import('./run.ts')).runCommand,
  people: async () => (await import('./people.ts')).peopleCommand,
  purge: async () => (await import('./purge.ts')).purgeCommand,
  results: async () => (await import('./results.ts')).resultsCommand,
  trace: async () => (await import('./trace.ts')).traceCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  measures: async () => (await import('./measures.ts')).measuresCommand,
  score: async () => (await import('./score.ts')).scoreCommand,
  analyse: async () => (await import('./analyse.ts')).analyseCommand,
}

/** Runs the command line and gives its exit code. What a person can put right is said without a stack trace. */
export async function runOutcomes(world: World, argv: readonly string[]): Promise<number> {
  try {
    const root = await program(world, argv)
    await root.parseAsync(argv, { from: 'user' })
    return EXIT.done
  } catch (error) {
    return exitCodeOf(error, world)
  }
}

async function program(world: World, argv: readonly string[]): Promise<Command> {
  const root = rootCommand(VERSION)
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    root.addCommand(argv.slice(0, 2).includes(name) ? (await LOAD[name]())(world) : listedCommand(name))
  }
  root.hook('preAction', (_root, command) => warnOfWidePermissions(world, command))
  return throughWorld(root, world)
}

/** At every start, whatever the command: a store that others can read is not a secret any more. */
function warnOfWidePermissions(world: World, command: Command): void {
  const { project, dir, quiet } = command.opts<{ project?: string; dir?: string; quiet?: boolean }>()
  const named = project ?? dir ?? (command.name() === 'run' ? command.args[0] : undefined) ?? '.'
  for (const sentence of widePermissions(resolve(world.cwd, named), world.cwd)) notice(world, { quiet }, sentence)
}

/** Commander ends the process and writes to its streams by itself unless every command is told otherwise. */
function throughWorld(command: Command, world: World): Command {
  for (const child of command.commands) throughWorld(child, world)
  return command
    .exitOverride()
    .configureOutput({ writeOut: world.out, writeErr: (text) => world.err(maskDigits(text)) })
}

function exitCodeOf(error: unknown, world: World): number {
  const fault = error instanceof OperatorError ? error : systemFault(error)
  if (fault !== null) {
    world.err(`${maskDigits(fault.message)}\n`)
    return fault.exit_code
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrong_usage
  world.err(
    'This is a fault in the program, not in your data. Please report the lines below; they hold no patient data.\n',
  )
  world.err(`${maskDigits(error instanceof Error ? String(error.stack) : String(error))}\n`)
  return EXIT.bug
}
