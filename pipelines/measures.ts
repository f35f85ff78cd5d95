import { resolve } from 'node:path'
import { Command } from 'commander'
import { nearestWord } from '../src/domain/nearest-word.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { codebookEntry, codebookPage } from '../src/measures/codebook.ts'
import { MEASURE_IDS, type Measure } from '../src/measures/measure.ts'
import { MEASURES, measureById } from '../src/measures/registry.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { readExistingProject } from './project.ts'
import { type ProjectThresholds, withProjectThresholds } from './project-thresholds.ts'
import type { World } from './world.ts'

/** `outcomes measures [ID]`: the codebook, one measure or all. */
export function measuresCommand(world: World): Command {
  return new Command('measures')
    .description('the codebook: items, rule, thresholds, source, licence')
    .argument('[id]', 'a measure, such as reqol-10; left out: every measure')
    .option('--project <dir>', 'show the thresholds as this project has set them')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes measures pcl-5\n  outcomes measures itq --project my-service\n')
    .action((id: string | undefined, options: AnswerOptions & { project?: string }) => {
      const thresholds = options.project === undefined ? {} : projectThresholds(world, options.project)
      const measures = (id === undefined ? MEASURES : [measureNamed(id)]).map((it) =>
        withProjectThresholds(thresholds, it),
      )
      answer(world, options, { measures: measures.map(codebookEntry) }, () =>
        id === undefined ? listing(measures, thresholds) : measures.map(codebookPage).join('\n\n'),
      )
    })
}

/** @throws OperatorError (wrong usage) listing the ids there are. */
export function measureNamed(name: string): Measure {
  const measure = measureById(name)
  if (measure !== null) return measure
  const near = nearestWord(name.toLowerCase(), MEASURE_IDS)
  const hint = near === null ? '.' : `; did you mean ${near}?`
  throw new OperatorError(`No measure has that name${hint} There are: ${MEASURE_IDS.join(', ')}.`, EXIT.wrong_usage)
}

function projectThresholds(world: World, dir: string): ProjectThresholds {
  return readExistingProject(resolve(world.cwd, dir)).measures
}

function listing(measures: readonly Measure[], thresholds: ProjectThresholds): string {
  const width = Math.max(...measures.map(({ measure_id }) => measure_id.length))
  const lines = measures.map(
    ({ measure_id, name, scales, category_scales }) =>
      `${measure_id.padEnd(width)}  ${name}: ${[...scales, ...category_scales].map(({ scale_id }) => scale_id).join(', ')}`,
  )
  const set = Object.entries(thresholds).flatMap(([measure_id, scales]) =>
    Object.keys(scales).map((scale_id) => `${measure_id} ${scale_id}`),
  )
  return [
    ...lines,
    '',
    ...(set.length === 0 ? [] : [`Set in this project: ${set.join(', ')}.`]),
    'outcomes measures ID shows one of them.',
  ].join('\n')
}
