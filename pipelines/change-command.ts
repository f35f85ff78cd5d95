import { Command, Option } from 'commander'
import { analyseChange, type ChangeOptions } from '../src/change/analyse-change.ts'
import { CHANGE_INDICES, type ChangeIndexId } from '../src/change/change-index.ts'
import { BOUNDARIES, type Boundary } from '../src/change/change-rule.ts'
import type { Norm } from '../src/change/jacobson-truax.ts'
import { readAnalysisFile } from './analysis-file.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { above0, cutoff, measure, norm, range, reliability, sd, wrong } from './change-options.ts'
import { changeText } from './change-text.ts'
import { fileShown, textOf } from './text-file.ts'
import type { World } from './world.ts'

interface ChangeCommandOptions extends AnswerOptions {
  readonly better?: 'higher' | 'lower'
  readonly reliability?: number
  readonly sd?: number
  readonly clinical?: Norm
  readonly functional?: Norm
  readonly cutoff?: ChangeOptions['cutoff']
  readonly measure?: NonNullable<ChangeOptions['scale']>
  readonly index?: ChangeIndexId
  readonly reliabilityPost?: number
  readonly points?: number
  readonly percent?: number
  readonly boundary?: Boundary
  readonly range?: readonly [number, number]
  readonly seed?: string
}

/** `outcomes analyse change FILE`. */
export function changeCommand(world: World): Command {
  return new Command('change')
    .description('mean change, effect sizes, reliable and clinically significant change')
    .argument('<file>', 'CSV with columns person_id, pre, post and optionally group; - is standard input')
    .addOption(
      new Option('--better <way>', 'which way a score moves when people get better').choices(['higher', 'lower']),
    )
    .addOption(
      new Option('--reliability <r>', 'from 0 to below 1; with it people are counted').argParser(
        reliability('--reliability'),
      ),
    )
    .addOption(new Option('--sd <s>', 'for reliable change; left out: the baseline SD of the sample').argParser(sd))
    .addOption(
      new Option('--clinical <m,sd>', 'clinical norm; left out: the baseline of the sample').argParser(
        norm('--clinical'),
      ),
    )
    .addOption(new Option('--functional <m,sd>', 'norm of people who are well').argParser(norm('--functional')))
    .addOption(
      new Option(
        '--cutoff <which>',
        'a, b or c of Jacobson and Truax, or a score; left out: c with both norms, b or a with one',
      ).argParser(cutoff),
    )
    .addOption(
      new Option(
        '--measure <id>',
        'a measure of the codebook, such as phq-9 or itq:dso: its direction, threshold, cut-off and range',
      ).argParser(measure),
    )
    .addOption(new Option('--index <which>', 'index of reliable change; left out: jt').choices(CHANGE_INDICES))
    .addOption(
      new Option('--reliability-post <r>', 'of last scores, for the index nk').argParser(
        reliability('--reliability-post'),
      ),
    )
    .addOption(
      new Option('--points <n>', 'an anchor instead of an index: points that count, such as a published MID').argParser(
        above0('--points'),
      ),
    )
    .addOption(
      new Option('--percent <n>', 'an anchor instead of an index: per cent of the first score').argParser(
        above0('--percent'),
      ),
    )
    .addOption(
      new Option('--boundary <kind>', 'whether a change of exactly the threshold counts; left out: inclusive').choices(
        BOUNDARIES,
      ),
    )
    .addOption(new Option('--range <min,max>', 'of the scale: who could not change reliably').argParser(range))
    .option('--seed <text>', 'of the bootstrap; left out: outcomes')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes analyse change pairs.csv --better lower --reliability 0.9 --functional 12,4 --cutoff c --json\n',
    )
    .action(async (file: string, given: ChangeCommandOptions) => {
      const options = checked(given)
      const rows = readAnalysisFile(fileShown(file), await textOf(world, file, 'CSV'), [
        { name: 'pre', may_be_blank: true },
        { name: 'post', may_be_blank: true },
      ]).map(({ values, group }) => ({ pre: values.pre ?? null, post: values.post ?? null, group }))
      const document = analyseChange(rows, options)
      answer(world, given, document, () => changeText(document))
    })
}

/** Commander leaves an option that was not given out; the analysis wants to be told that it is absent. */
function checked(given: ChangeCommandOptions): ChangeOptions {
  const { reliability = null, sd = null, clinical = null, functional = null, cutoff = null } = given
  const { points = null, percent = null, measure: scale = null } = given
  const better = given.better ?? scale?.scale.better ?? null
  refuseContradictions(given)
  if (better === null && [reliability, cutoff, points, percent].some((it) => it !== null)) {
    throw wrong('--better', 'is needed to count people: higher or lower')
  }
  if ((cutoff === 'b' || cutoff === 'c') && functional === null) {
    throw wrong('--functional', `is needed for cut-off ${cutoff}: the mean and SD of people who are well`)
  }
  return {
    better,
    reliability,
    sd,
    clinical,
    functional,
    cutoff: cutoff ?? (better === null ? null : impliedCutoff(clinical, functional)),
    reliability_post: given.reliabilityPost ?? null,
    points,
    percent,
    scale,
    range: given.range ?? null,
    ...(given.index === undefined ? {} : { index: given.index }),
    ...(given.boundary === undefined ? {} : { boundary: given.boundary }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
  }
}

function refuseContradictions({ better, measure, index, reliability, points, percent }: ChangeCommandOptions): void {
  if (measure !== undefined && better !== undefined && measure.scale.better !== better) {
    throw wrong('--better', `is ${measure.scale.better} for ${measure.measure_id}: leave it out`)
  }
  if (index !== undefined && reliability === undefined) throw wrong('--reliability', 'is needed for an index')
  const rules = [
    points === undefined ? null : '--points',
    percent === undefined ? null : '--percent',
    reliability === undefined ? null : '--reliability',
  ].filter((it) => it !== null)
  if (rules.length > 1) throw wrong(rules.join(' and '), 'are different rules: give one of them')
}

/** The cut-off that the norms given allow: both c, one of them a or b (Jacobson and Truax 1991). */
function impliedCutoff(
  clinical: ChangeOptions['clinical'],
  functional: ChangeOptions['functional'],
): 'a' | 'b' | 'c' | null {
  if (clinical !== null && functional !== null) return 'c'
  if (functional !== null) return 'b'
  return clinical === null ? null : 'a'
}
