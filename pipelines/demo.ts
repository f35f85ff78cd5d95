import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type AnswerOptions, answer, notice } from './answer.ts'
import { PROJECT_FILE, readProject } from './project.ts'
import { runProject } from './run-project.ts'
import { summaryDocument, summaryText } from './run-summary.ts'
import type { World } from './world.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** `outcomes demo`: the real pipeline on the bundled, made-up South West exports. */
export function demoCommand(world: World): Command {
  return new Command('demo')
    .description('the whole job on the bundled South West exports')
    .option('--dir <dir>', 'the folder to make the demonstration project in', 'outcomes-demo')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress or notices')
    .addHelpText('after', '\nExample:\n  outcomes demo\n')
    .action(async (options: AnswerOptions & { dir: string }) => {
      const dir = resolve(world.cwd, options.dir)
      makeDemoProject(dir)
      notice(world, options, `Demonstration project with made-up exports: ${dir}`)
      const project = readProject(dir)
      const outcome = await runProject(world, project, options)
      answer(world, options, summaryDocument(outcome, project), () => summaryText(outcome, project, world.cwd))
    })
}

/** The bundled exports, copied: the demonstration is a project like any other, and its files may be played with. */
export function makeDemoProject(dir: string): void {
  if (existsSync(dir) && !statSync(dir).isDirectory()) {
    throw new OperatorError(`${dir} is a file. Name a folder with --dir.`, EXIT.wrong_usage)
  }
  if (existsSync(dir) && readdirSync(dir).length > 0 && !existsSync(join(dir, PROJECT_FILE))) {
    throw new OperatorError(
      `${dir} holds files that are not a project. Nothing was changed: name another folder with --dir.`,
      EXIT.wrong_usage,
    )
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  cpSync(join(FIXTURES, PROJECT_FILE), join(dir, PROJECT_FILE))
  cpSync(join(FIXTURES, 'exports'), join(dir, 'exports'), { recursive: true })
}
