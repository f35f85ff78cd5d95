import { Command, Option } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { VALUE_SET_IDS, type ValueSetId } from '../src/measures/eq-5d-5l.ts'
import type { Coding, Measure } from '../src/measures/measure.ts'
import { readAnswers } from '../src/measures/read-answers.ts'
import { MISSING_POLICIES, type MissingPolicy } from '../src/measures/score-scale.ts'
import { type ScoredRow, scoredRow } from '../src/measures/scored-row.ts'
import { withThresholds } from '../src/measures/with-thresholds.ts'
import { type AnswerOptions, answer, notice } from './answer.ts'
import { measureNamed } from './measures.ts'
import { textOf } from './text-file.ts'
import type { World } from './world.ts'

interface ScoreCommandOptions extends AnswerOptions {
  readonly coding?: Coding
  readonly missing: MissingPolicy
  readonly valueSet: ValueSetId
  readonly cutoff?: number
}

/** `outcomes score MEASURE [FILE]`: answers in, scores out; keeps nothing. */
export function scoreCommand(world: World): Command {
  return new Command('score')
    .description('score item responses from CSV or JSON')
    .argument('<measure>', 'a measure, such as pcl-5 (outcomes measures lists them)')
    .argument('[file]', 'CSV with columns item1 … itemN, or a JSON array of arrays; - is standard input', '-')
    .addOption(
      new Option('--coding <coding>', 'whether the digits already point the measure’s way').choices(['scored', 'raw']),
    )
    .addOption(
      new Option('--missing <policy>', 'missing answers: strict, by confirmed rules, or by every listed rule')
        .choices(MISSING_POLICIES)
        .default('confirmed'),
    )
    .addOption(new Option('--value-set <id>', 'for eq-5d-5l').choices(VALUE_SET_IDS).default('uk-2026'))
    .addOption(new Option('--cutoff <points>', 'another cut-off than the codebook’s').argParser(points))
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes score reqol-10 answers.csv --coding scored --json\n')
    .action(async (name: string, file: string, options: ScoreCommandOptions) => {
      const measure = withCutoff(measureNamed(name), options.cutoff)
      const coding = codingOf(measure, options.coding)
      const { forms, n_unused_columns } = readAnswers(measure, await textOf(world, file, 'CSV or JSON'))
      if (n_unused_columns > 0)
        notice(world, options, `Columns that are no item and were left out: ${n_unused_columns}.`)
      const { missing, valueSet: value_set } = options
      const rows = forms.map((form, index) => scoredRow(measure, form, index + 1, { coding, missing, value_set }))
      answer(world, options, { measure: measure.measure_id, rows }, () => rows.map(line).join('\n'))
    })
}

/** Wrongly coded digits pass every range check, so where it matters the reader must say. */
function codingOf(measure: Measure, coding: Coding | undefined): Coding {
  if (measure.needs_coding && coding === undefined) {
    throw new OperatorError(
      `${measure.measure_id} needs --coding: scored if every digit already points the measure's way, raw if some items are still to be reversed. It cannot be told from the digits.`,
      EXIT.wrong_usage,
    )
  }
  if (measure.reversed === null && coding === 'raw') {
    throw new OperatorError(
      `Which items of ${measure.measure_id} are reversed is not confirmed: supply scored digits, with --coding scored.`,
      EXIT.wrong_usage,
    )
  }
  return coding ?? 'scored'
}

function withCutoff(measure: Measure, cutoff: number | undefined): Measure {
  if (cutoff === undefined) return measure
  const scale = measure.scales.find((it) => it.cutoff !== null) ?? measure.scales.find((it) => it.scale_id === 'total')
  if (scale !== undefined) return withThresholds(measure, scale.scale_id, { cutoff })
  throw new OperatorError(
    `${measure.measure_id} has no score that a cut-off applies to: leave --cutoff out.`,
    EXIT.wrong_usage,
  )
}

function points(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new OperatorError('--cutoff takes a number of points, such as 33.', EXIT.wrong_usage)
}

function line({ row, scores, flags, issues }: ScoredRow): string {
  const said = (values: object) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value === null ? '-' : String(value)}`)
      .join(', ')
  const faults = issues.map((issue) => issue.message).join('; ')
  return [`row ${row}: ${said(scores)}`, said(flags), faults].filter((part) => part !== '').join(' | ')
}
