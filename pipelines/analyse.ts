import { Command, Option } from 'commander'
import { analyseChange, type ChangeAnalysis, type ChangeOptions } from '../src/change/analyse-change.ts'
import type { Norm } from '../src/change/jacobson-truax.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { analyseUsage, type UsageAnalysis, type UsageRow } from '../src/usage/analyse-usage.ts'
import { readAnalysisFile, refusal } from './analysis-file.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { fileShown, textOf } from './text-file.ts'
import type { World } from './world.ts'

/** `outcomes analyse change|usage FILE`: the same analyses on an analysis-ready file; keeps nothing. */
export function analyseCommand(world: World): Command {
  return new Command('analyse')
    .description('the same analyses on an analysis-ready file, no store needed')
    .addCommand(changeCommand(world))
    .addCommand(usageCommand(world))
    .addHelpText('after', '\nExample:\n  outcomes analyse change pairs.csv --better lower --json\n')
}

interface ChangeCommandOptions extends AnswerOptions {
  readonly better?: 'higher' | 'lower'
  readonly reliability?: number
  readonly sd?: number
  readonly clinical?: Norm
  readonly functional?: Norm
  readonly cutoff?: ChangeOptions['cutoff']
}

function changeCommand(world: World): Command {
  return new Command('change')
    .description('mean change, effect sizes, reliable and clinically significant change')
    .argument('<file>', 'CSV with columns person_id, pre, post and optionally group; - is standard input')
    .addOption(
      new Option('--better <way>', 'which way a score moves when people get better').choices(['higher', 'lower']),
    )
    .addOption(new Option('--reliability <r>', 'from 0 to below 1; with it people are counted').argParser(reliability))
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
      answer(world, given, document, () => [document.boundaries, ...sections(document, changeLines)].join('\n'))
    })
}

function usageCommand(world: World): Command {
  const whole = { is_whole: true, at_least: 0 }
  return new Command('usage')
    .description('service use before and after, in person-time')
    .argument(
      '<file>',
      'CSV with columns person_id, events_before, days_before, events_after, days_after and optionally group; - is standard input',
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes analyse usage events.csv --json\n')
    .action(async (file: string, given: AnswerOptions) => {
      const rows = readAnalysisFile(fileShown(file), await textOf(world, file, 'CSV'), [
        { name: 'events_before', ...whole },
        { name: 'days_before', at_least: 0 },
        { name: 'events_after', ...whole },
        { name: 'days_after', at_least: 0 },
      ]).map(({ row, values, group }) => ({ row, ...values, group }) as UsageRow & { row: number })
      refuseEventsWithoutTime(file, rows)
      const document = analyseUsage(rows)
      answer(world, given, document, () => [...sections(document, usageLines), document.caveat].join('\n'))
    })
}

function refuseEventsWithoutTime(file: string, rows: readonly (UsageRow & { row: number })[]): void {
  const faults = rows.flatMap((row) =>
    (['before', 'after'] as const).flatMap((side) =>
      row[`events_${side}`] > 0 && row[`days_${side}`] === 0
        ? [`row ${row.row}, column days_${side}: is 0 although there are events`]
        : [],
    ),
  )
  if (faults.length > 0) throw refusal(fileShown(file), faults)
}

/** Commander leaves an option that was not given out; the analysis wants to be told that it is absent. */
function checked(given: ChangeCommandOptions): ChangeOptions {
  const { better = null, reliability = null, sd = null, clinical = null, functional = null, cutoff = null } = given
  if (better === null && (reliability !== null || cutoff !== null)) {
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
  }
}

function reliability(text: string): number {
  const value = decimal(text)
  if (value === null || value < 0 || value >= 1)
    throw wrong('--reliability', 'takes a number from 0 to below 1, such as 0.85')
  return value
}

function sd(text: string): number {
  const value = decimal(text)
  if (value === null || value <= 0) throw wrong('--sd', 'takes a number above 0, such as 7.5')
  return value
}

function norm(option: string): (text: string) => Norm {
  return (text) => {
    const [mean = null, spread = null, ...rest] = text.split(',').map((part) => decimal(part.trim()))
    if (mean === null || spread === null || spread <= 0 || rest.length > 0) {
      throw wrong(option, 'takes a mean and an SD above 0, such as 40,7.5')
    }
    return { mean, sd: spread }
  }
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

function cutoff(text: string): 'a' | 'b' | 'c' | number {
  if (text === 'a' || text === 'b' || text === 'c') return text
  const value = decimal(text)
  if (value === null) throw wrong('--cutoff', 'takes a, b, c or a score such as 25')
  return value
}

function decimal(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}

function wrong(option: string, what: string): OperatorError {
  return new OperatorError(`${option} ${what}.`, EXIT.wrong_usage)
}

function sections<Part>(
  document: Part & { groups: readonly (Part & { group: string })[] },
  lines: (part: Part) => string[],
) {
  return ['Everyone', ...lines(document), ...document.groups.flatMap((part) => ['', part.group, ...lines(part)])]
}

function changeLines(it: ChangeAnalysis): string[] {
  const counts = it.counts === null ? `not counted (${it.counts_reason})` : said(it.counts)
  return [
    `  people ${it.n}, with both scores ${it.n_complete}`,
    `  mean ${shown(it.mean_pre)} to ${shown(it.mean_post)}, change ${shown(it.mean_change)} (95% ${interval(it.ci95)}), p ${shown(it.p)}`,
    `  dz ${shown(it.dz)}, d_pre ${shown(it.d_pre)}, d_av ${shown(it.d_av)}, Hedges g ${shown(it.hedges_g)}${because(it.reason)}`,
    `  reliable change ${shown(it.reliable_change_points)}, cut-off ${shown(it.cutoff)}: ${counts}`,
  ]
}

function usageLines(it: UsageAnalysis): string[] {
  return [
    `  people ${it.n}, left out without time ${it.n_without_time}`,
    `  events per person-year ${shown(it.rate_before)} to ${shown(it.rate_after)}, ratio ${shown(it.rate_ratio)}`,
    `  95% ${interval(it.ci95_clustered)} with people as clusters, ${interval(it.ci95_exact)} exact${because(it.reason)}`,
    `  any use: ${it.any_use.n_before} people before, ${it.any_use.n_after} after`,
  ]
}

function said(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value ?? '-'}`)
    .join(', ')
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`
}

function interval(it: readonly (number | null)[] | null): string {
  return it === null ? 'no interval' : `${shown(it[0] ?? null)} to ${shown(it[1] ?? null)}`
}

function shown(value: number | null): string {
  return value === null ? '-' : Number(value.toPrecision(4)).toString()
}
