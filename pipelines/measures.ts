import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { codebookEntry, codebookPage } from '../src/measures/codebook.ts'
import { MEASURE_IDS, type Measure } from '../src/measures/measure.ts'
import { MEASURES, measureById } from '../src/measures/registry.ts'
import { type AnswerOptions, answer } from './answer.ts'
import type { World } from './world.ts'

/** `outcomes measures [ID]`: the codebook, one measure or all. */
export function measuresCommand(world: World): Command {
  return new Command('measures')
    .description('the codebook: items, rule, thresholds, source, licence')
    .argument('[id]', 'a measure, such as reqol-10; left out: every measure')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes measures pcl-5\n')
    .action((id: string | undefined, options: AnswerOptions) => {
      const measures = id === undefined ? MEASURES : [measureNamed(id)]
      answer(world, options, { measures: measures.map(codebookEntry) }, () =>
        id === undefined ? listing(measures) : measures.map(codebookPage).join('\n\n'),
      )
    })
}

/** @throws OperatorError (wrong usage) listing the ids there are. */
export function measureNamed(name: string): Measure {
  const measure = measureById(name)
  if (measure !== null) return measure
  throw new OperatorError(`No measure has that name. There are: ${MEASURE_IDS.join(', ')}.`, EXIT.wrong_usage)
}

function listing(measures: readonly Measure[]): string {
  const width = Math.max(...measures.map(({ measure_id }) => measure_id.length))
  const lines = measures.map(
    ({ measure_id, name, scales, category_scales }) =>
      `${measure_id.padEnd(width)}  ${name}: ${[...scales, ...category_scales].map(({ scale_id }) => scale_id).join(', ')}`,
  )
  return [...lines, '', 'outcomes measures ID shows one of them.'].join('\n')
}
