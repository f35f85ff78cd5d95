import { Command, Option } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { funnel } from '../src/stats/funnel.ts'
import { FUNNEL_TYPES, type FunnelRow, type FunnelType, type FunnelUnit } from '../src/stats/funnel-types.ts'
import { type AnalysisRow, type NumberColumn, readAnalysisFile, refusal } from './analysis-file.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { drawTable } from './draw-table.ts'
import { fileShown, textOf } from './text-file.ts'
import type { World } from './world.ts'

interface FunnelOptions extends AnswerOptions {
  readonly type: FunnelType
  readonly target?: number
}

const COUNT = { is_whole: true, at_least: 0 } as const
const COLUMNS: Readonly<Record<FunnelType, readonly NumberColumn[]>> = {
  proportion: [
    { name: 'numerator', ...COUNT },
    { name: 'denominator', ...COUNT },
  ],
  rate: [
    { name: 'numerator', ...COUNT },
    { name: 'denominator', at_least: 0 },
  ],
  ratio: [
    { name: 'numerator', ...COUNT },
    { name: 'denominator', at_least: 0 },
  ],
  mean: [{ name: 'mean' }, { name: 'sd', at_least: 0, may_be_blank: true }, { name: 'n', ...COUNT }],
}

/** `outcomes analyse funnel FILE`: each unit against what chance allows; in alphabetical order, never ranked. */
export function funnelCommand(world: World): Command {
  return new Command('funnel')
    .description('units against what chance allows, with overdispersion; never a ranking')
    .argument(
      '<file>',
      'CSV with columns unit, numerator, denominator (a mean: unit, mean, sd, n); - is standard input',
    )
    .addOption(
      new Option('--type <which>', 'people with of people; events over person-time; observed over expected; or a mean')
        .choices([...FUNNEL_TYPES])
        .default('proportion'),
    )
    .addOption(
      new Option('--target <value>', 'left out: all units together; for a ratio, 1').argParser((text) => target(text)),
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes analyse funnel improved.csv --type proportion --json\n')
    .action(async (file: string, options: FunnelOptions) => {
      const { type } = options
      checkTarget(options)
      const rows = readAnalysisFile(fileShown(file), await textOf(world, file, 'CSV'), COLUMNS[type], {
        name: 'unit',
        one_row_per: 'unit',
      })
      const document = funnelDocument(unitsOf(file, rows, type), options)
      answer(world, options, document, () => funnelText(document))
    })
}

function unitsOf(file: string, rows: readonly AnalysisRow[], type: FunnelType): FunnelUnit[] {
  const faults = rows.flatMap(({ row, values }) =>
    type === 'proportion' && (values.numerator ?? 0) > (values.denominator ?? 0)
      ? [`row ${row}, column numerator: is more than the denominator`]
      : [],
  )
  if (faults.length > 0) throw refusal(fileShown(file), faults)
  const units = rows.map(({ key, values }) =>
    type === 'mean'
      ? {
          unit: key,
          numerator: (values.mean as number) * (values.n as number),
          denominator: values.n as number,
          sd: values.sd ?? null,
        }
      : { unit: key, numerator: values.numerator as number, denominator: values.denominator as number },
  )
  return units.toSorted((a, b) => (a.unit < b.unit ? -1 : 1))
}

function funnelDocument(units: readonly FunnelUnit[], options: FunnelOptions) {
  const found = funnel(units, { type: options.type, target: options.target ?? null })
  const { phi, tau2, n_units, is_applied, reason } = found.overdispersion
  return {
    analysis: 'funnel',
    type: found.type,
    n_units: units.length,
    target: found.target,
    target_source: found.target_source,
    reason: found.reason,
    transformation: found.transformation,
    overdispersion: { phi, tau2, n_units, is_applied, reason },
    units: found.rows,
    method:
      'exact limits (binomial drawn between whole numbers, Poisson from chi-squared; a mean: normal, pooled SD) at 95% and 99.8%; overdispersion: winsorised phi, additive tau squared on the transformed scale, turned back',
    caveat:
      'Units are compared with what chance allows, not with one another: they see different people, so their order says nothing about how good they are.',
  } as const
}

const POSITION: Readonly<Record<NonNullable<FunnelRow['position']>, string>> = {
  within: 'within limits',
  above_95: 'above the 95% limit',
  below_95: 'below the 95% limit',
  above_998: 'above the 99.8% limit',
  below_998: 'below the 99.8% limit',
}

function funnelText(it: ReturnType<typeof funnelDocument>): string {
  const { phi, tau2, reason } = it.overdispersion
  const rows = it.units.map((unit) => {
    const limits = unit.limits_overdispersed ?? unit.limits
    return [
      unit.unit,
      shown(unit.denominator),
      shown(unit.value),
      limits === null ? '-' : `${shown(limits.lower_95)} to ${shown(limits.upper_95)}`,
      limits === null ? '-' : `${shown(limits.lower_998)} to ${shown(limits.upper_998)}`,
      unit.position === null ? words(unit.reason) : POSITION[unit.position],
    ]
  })
  return [
    `target ${shown(it.target)} (${words(it.target_source)})`,
    `overdispersion: phi ${shown(phi)}, tau squared ${shown(tau2)}${reason === null ? '; the limits allow for it' : ` (${words(reason)})`}`,
    '',
    drawTable(['unit', it.type === 'mean' ? 'n' : 'denominator', 'value', '95% limits', '99.8% limits', ''], rows, [
      'left',
      'right',
      'right',
      'left',
      'left',
      'left',
    ]),
    '',
    it.caveat,
  ].join('\n')
}

function target(text: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw wrong('a number, such as 0.5')
  return Number(text)
}

function checkTarget({ type, target }: FunnelOptions): void {
  if (target === undefined || type === 'mean') return
  if (target <= 0) throw wrong('a number above 0')
  if (type === 'proportion' && target >= 1) throw wrong('a proportion between 0 and 1')
}

function wrong(what: string): OperatorError {
  return new OperatorError(`--target takes ${what}.`, EXIT.wrong_usage)
}

function words(code: string | null): string {
  return (code ?? '').replaceAll('_', ' ')
}

function shown(value: number | null): string {
  return value === null ? '-' : Number(value.toPrecision(4)).toString()
}
