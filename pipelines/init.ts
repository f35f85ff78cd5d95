import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { PROJECT_FILE } from './project.ts'
import { starterProject, starterReadme } from './starter-files.ts'
import type { World } from './world.ts'

const UNIT_COSTS = new URL('../src/economics/data/unit-costs.csv', import.meta.url)

/** `outcomes init DIR`: a new project folder that `outcomes run DIR` can use at once. */
export function initCommand(world: World): Command {
  return new Command('init')
    .description('make a new project folder')
    .argument('<dir>', 'the folder to make, or an empty one')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes init my-service\n')
    .action((dir: string, options: AnswerOptions) => {
      const made = makeProject(resolve(world.cwd, dir))
      const shown = relative(world.cwd, made) || '.'
      answer(world, options, { project_dir: made }, () =>
        [
          `Made ${shown}. Next:`,
          `  1. Put your exports into ${join(shown, 'exports')}`,
          `  2. Open ${join(shown, PROJECT_FILE)} if the settings need changing`,
          `  3. npx outcomes run ${shown}`,
        ].join('\n'),
      )
    })
}

function makeProject(dir: string): string {
  if (existsSync(join(dir, PROJECT_FILE))) {
    throw new OperatorError(
      `${dir} already holds a project (${PROJECT_FILE}). Nothing was changed: choose another folder.`,
      EXIT.wrong_usage,
    )
  }
  if (existsSync(dir) && !statSync(dir).isDirectory()) {
    throw new OperatorError(`${dir} is a file. Name a folder to make, or an empty one.`, EXIT.wrong_usage)
  }
  mkdirSync(join(dir, 'exports'), { recursive: true, mode: 0o700 })
  writeFileSync(join(dir, PROJECT_FILE), starterProject())
  writeFileSync(join(dir, 'README.md'), starterReadme())
  writeFileSync(join(dir, 'unit-costs.csv'), readFileSync(UNIT_COSTS))
  return dir
}
