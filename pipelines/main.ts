import { homedir } from 'node:os'
import { Command, CommanderError } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import type { World } from './world.ts'

type MakeCommand = (world: World) => Command

/** Every command, in the order a newcomer needs them. A command's own code is loaded only when it is asked for. */
const COMMANDS: readonly { name: string; description: string; load: () => Promise<MakeCommand> }[] = [
  {
    name: 'demo',
    description: 'the whole job on the bundled South West exports',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'init',
    description: 'make a new project folder',
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'inspect',
    description: 'say what a file is; changes nothing',
    load: async () => (await import('./inspect.ts')).inspectCommand,
  },
  {
    name: 'ingest',
    description: 'read files into the store',
    load: async () => (await import('./ingest.ts')).ingestCommand,
  },
  {
    name: 'quarantine',
    description: 'rows held back, with reasons',
    load: async () => (await import('./quarantine.ts')).quarantineCommand,
  },
  {
    name: 'run',
    description: 'from exports to reports: ingest, score, pair, change, usage, cost',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'results',
    description: 'results as data',
    load: async () => (await import('./results.ts')).resultsCommand,
  },
  {
    name: 'report',
    description: 'write one audience’s report in one format',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'measures',
    description: 'the codebook: items, rule, thresholds, source, licence',
    load: async () => (await import('./measures.ts')).measuresCommand,
  },
  {
    name: 'score',
    description: 'score item responses from CSV or JSON',
    load: async () => (await import('./score.ts')).scoreCommand,
  },
  {
    name: 'analyse',
    description: 'the same analyses on an analysis-ready file, no store needed',
    load: async () => (await import('./analyse.ts')).analyseCommand,
  },
]

const world: World = {
  cwd: process.cwd(),
  env: { ...process.env, HOME: process.env.HOME ?? homedir() },
  stdin: process.stdin,
  is_terminal: process.stderr.isTTY === true,
  started_at: new Date(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  exitWith: (code) => {
    process.exitCode = code
  },
}

process.umask(0o077)
stopOnSignal()
leaveQuietlyWhenReaderGoes()

try {
  await program(process.argv[2]).then((it) => it.parseAsync(process.argv))
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

async function program(asked: string | undefined): Promise<Command> {
  const root = new Command('outcomes')
    .description('Did people get better, did their use of services change, and what did it cost?')
    .version('0.1.0')
    .showHelpAfterError('(run "outcomes --help" for the commands)')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes demo\n  outcomes <command> --help   what one command does, with an example\n',
    )
  for (const { name, description, load } of COMMANDS) {
    const command = name === asked ? (await load())(world) : new Command(name).description(description)
    root.addCommand(quietlyExiting(command))
  }
  return root.exitOverride()
}

function quietlyExiting(command: Command): Command {
  for (const child of command.commands) quietlyExiting(child)
  return command.exitOverride()
}

function exitCodeOf(error: unknown): number {
  if (error instanceof OperatorError) {
    world.err(`${error.message}\n`)
    return error.exit_code
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrong_usage
  world.err(
    `This is a fault in the program, not in your data. Please report the lines below; they hold no patient data.\n`,
  )
  world.err(`${error instanceof Error ? error.stack : String(error)}\n`)
  return EXIT.bug
}

/** SQLite rolls an unfinished transaction back by itself; a report is renamed into place only when whole. */
function stopOnSignal(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      process.stderr.write('\nStopped. Nothing was left half done: run the command again to go on.\n')
      process.exit(code)
    })
  }
}

function leaveQuietlyWhenReaderGoes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done)
    throw error
  })
}
