import { resolve } from 'node:path'
import { Command } from 'commander'
import { type AnswerOptions, answer } from './answer.ts'
import { readExistingProject } from './project.ts'
import { runProject } from './run-project.ts'
import { summaryDocument, summaryText } from './run-summary.ts'
import type { World } from './world.ts'

/** `outcomes run [PROJECT]`: from exports to reports. */
export function runCommand(world: World): Command {
  return new Command('run')
    .description('from exports to reports: ingest, score, pair, change, usage, cost')
    .argument('[project]', 'the project folder')
    .option('--project <dir>', 'the project folder, named as in the other commands')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress or notices')
    .addHelpText('after', '\nExample:\n  outcomes run my-service\n')
    .action(async (dir: string | undefined, options: AnswerOptions & { project?: string }) => {
      const path = resolve(world.cwd, dir ?? options.project ?? '.')
      const project = readExistingProject(path)
      const outcome = await runProject(world, project, options)
      answer(world, options, summaryDocument(outcome, project), () => summaryText(outcome, project, world.cwd))
    })
}
