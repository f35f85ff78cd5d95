import { Command } from 'commander'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import {
  type AdjustedIncrement,
  adjustedIncrements,
  type PersonWithBaseline,
} from '../src/economics/cea/adjusted-increment.ts'
import { analyseCea, type CeaAnalysis, DEFAULT_WTPS } from '../src/economics/cea/analyse-cea.ts'
import { bootstrapPeople, type PeopleDesign, sortPeople } from '../src/economics/cea/bootstrap-people.ts'
import type { CeaPair } from '../src/economics/cea/compare-pair.ts'
import { alignDraws, type CeaFault, type StrategyDraws } from '../src/economics/cea/strategy-draws.ts'
import { createRandom } from '../src/stats/random.ts'
import { readAnalysisFile, refusal } from './analysis-file.ts'
import { numberText } from './analysis-text.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { drawTable } from './draw-table.ts'
import { fileShown, textOf } from './text-file.ts'
import type { World } from './world.ts'

interface CeaOptions extends AnswerOptions {
  readonly people?: boolean
  readonly reference?: string
  readonly wtp: readonly number[]
  readonly replicates: number
  readonly seed: string
}

const COLUMNS = [
  { name: 'cost', may_have_exponent: true },
  { name: 'effect', may_have_exponent: true },
  { name: 'baseline', may_have_exponent: true, may_be_absent: true, may_be_blank: true },
]
const KEY = { name: 'draw', one_row_per: 'strategy and draw', within: 'strategy' } as const

/** `outcomes analyse cea FILE`: costs and effects of two or more strategies, from a model's draws or from people. */
export function ceaCommand(world: World): Command {
  return new Command('cea')
    .description('cost-effectiveness of two or more strategies, with doubt')
    .argument(
      '<file>',
      'CSV with columns strategy, draw, cost, effect and, of people, optionally baseline; - is standard input',
    )
    .option('--people', 'a draw is a person: people are resampled, their cost and effect together')
    .option('--reference <name>', 'what the others are compared with; left out: the first strategy in the file')
    .option('--wtp <pounds>', 'values of a unit of effect, with commas between', wtps, [...DEFAULT_WTPS])
    .option('--replicates <n>', 'resamples, with --people', replicates, 5000)
    .option('--seed <text>', 'the same seed gives the same resamples', 'outcomes')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText('after', '\nExample:\n  outcomes analyse cea draws.csv --reference usual --wtp 20000,30000 --json\n')
    .action(async (file: string, options: CeaOptions) => {
      const rows = readAnalysisFile(fileShown(file), await textOf(world, file, 'CSV'), COLUMNS, KEY).map(
        ({ key, group, values }) => ({ strategy: group, draw: key, ...values }) as PersonWithBaseline,
      )
      const document = ceaDocument(file, rows, options)
      answer(world, options, document, () => ceaText(document))
    })
}

function ceaDocument(file: string, rows: readonly PersonWithBaseline[], options: CeaOptions) {
  const { draws, evidence } = drawsOf(file, rows, options)
  return {
    analysis: 'cea',
    ...evidence,
    ...analyseCea(draws, options.wtp),
    adjusted: adjustedOf(rows, draws.names, evidence.design),
    method:
      'comparator less reference: a positive cost is dearer, a positive effect is better. Status: ND on the frontier, ED extended dominated, D dominated. ' +
      'Ratios of means, and only where both differences have one sign. Intervals are the middle 95% of the draws (type 7). ' +
      'ceac: draws in which the comparator is worth strictly more than the reference. p_best: a tie is shared. ' +
      'ceaf: p_best of the strategy worth most on average. evpi: for one person; the least expected loss.',
    caveat: CAVEATS[evidence.design],
  } as const
}

/** Only people of separate groups may begin unalike; null without a column of baselines. */
function adjustedOf(rows: readonly PersonWithBaseline[], names: readonly string[], design: PeopleDesign | 'model') {
  return design === 'separate' && rows.some((row) => row.baseline !== null) ? adjustedIncrements(rows, names) : null
}

const CAVEATS: Readonly<Record<PeopleDesign | 'model', string>> = {
  model: 'The draws are taken as they are: the model behind them is not checked here.',
  paired:
    'The same people before and after: without a comparison group, what would have happened in any case is in the difference.',
  separate:
    'Unless people were randomised, the strategies differ in who received them, and the difference holds that too.',
}

function drawsOf(
  file: string,
  rows: readonly PersonWithBaseline[],
  { people, reference, replicates, seed }: CeaOptions,
): {
  draws: StrategyDraws
  evidence: { design: PeopleDesign | 'model'; n_people: number | null; seed: string | null }
} {
  if (people !== true) {
    const aligned = alignDraws(rows, reference ?? null)
    if ('faults' in aligned) throw refusal(fileShown(file), aligned.faults.map(words))
    return { draws: aligned.draws, evidence: { design: 'model', n_people: null, seed: null } }
  }
  const sorted = sortPeople(rows, reference ?? null)
  if ('faults' in sorted) throw refusal(fileShown(file), sorted.faults.map(words))
  return {
    draws: bootstrapPeople(sorted.people, { replicates, random: createRandom(seed) }),
    evidence: { design: sorted.people.design, n_people: new Set(rows.map((row) => row.draw)).size, seed },
  }
}

function words(fault: CeaFault): string {
  switch (fault.code) {
    case 'one_strategy':
      return 'column strategy: holds one strategy; two at least are needed, one of them perhaps "usual care" or "before"'
    case 'no_such_reference':
      return `--reference: is none of the strategies, which are ${fault.strategies.join(', ')}`
    case 'draw_missing':
      return `strategy ${fault.strategy}: lacks ${fault.n_missing} draws that other strategies have; where draws are people, add --people`
    case 'draw_repeated':
      return `strategy ${fault.strategy}: has ${fault.n_repeated} draws more than once`
    case 'people_partly_shared':
      return `column draw: ${fault.n_shared} of ${fault.n_people} people are in every strategy and the others are not; either everyone is in all (before and after), or everyone is in one (arms)`
    case 'too_few_people':
      return `strategy ${fault.strategy}: has ${fault.n} people; below 6 no interval is trustworthy`
  }
}

function ceaText(it: ReturnType<typeof ceaDocument>): string {
  return [
    it.n_people === null ? `${it.n_draws} draws of a model` : `${it.n_people} people, ${it.n_draws} resamples`,
    '',
    strategyTable(it),
    '',
    ...it.pairs.flatMap(pairLines),
    ...it.switching_values.map(
      ({ from, to, wtp }) => `${to} is worth more than ${from} from ${pounds(wtp)} for a unit of effect.`,
    ),
    ...(it.adjusted ?? []).map(adjustedLine),
    '',
    decisionTable(it),
    '',
    it.caveat,
  ].join('\n')
}

function strategyTable({ strategies }: CeaAnalysis): string {
  const rows = strategies.map((row) => [
    row.name,
    pounds(row.mean_cost),
    numberText(row.mean_effect),
    row.icer === null ? '-' : pounds(row.icer),
    STATUS[row.status],
  ])
  return drawTable(['strategy', 'mean cost', 'mean effect', 'cost of one more', ''], rows, [
    'left',
    'right',
    'right',
    'right',
    'left',
  ])
}

const STATUS = { ND: 'on the frontier', ED: 'extended dominated', D: 'dominated' } as const

function pairLines(pair: CeaPair): string[] {
  return [
    `${pair.comparator} against ${pair.reference}`,
    `  cost ${pounds(pair.delta_cost)}${between(pair.delta_cost_ci95, pounds)}, effect ${numberText(pair.delta_effect)}${between(pair.delta_effect_ci95, numberText)}`,
    `  ${ratioWords(pair)}`,
  ]
}

function ratioWords(pair: CeaPair): string {
  if (pair.icer === null) return NO_RATIO[pair.icer_reason ?? 'no_difference_in_effect']
  const what = pair.quadrant === 'SW' ? 'freed for each unit of effect given up' : 'for one more unit of effect'
  if (!pair.is_icer_uncertain) return `${pounds(pair.icer)} ${what}`
  return `${pounds(pair.icer)} ${what} on average; the draws do not settle whether it costs more, or does more: do not publish the ratio alone`
}

function adjustedLine(it: AdjustedIncrement): string {
  const who = `${it.comparator} against ${it.reference}, had they begun alike`
  if (it.delta_effect === null) return `${who}: not worked out (${it.reason?.replaceAll('_', ' ')})`
  return `${who}: effect ${numberText(it.delta_effect)}${between(it.ci95, numberText)}, ${it.n} people with a baseline, ${it.n_without_baseline} without`
}

const NO_RATIO = {
  comparator_dominates: 'costs no more and does more: it dominates, and there is no ratio',
  comparator_is_dominated: 'costs no less and does less: it is dominated, and there is no ratio',
  no_difference_in_effect: 'no difference in effect, so there is no ratio',
} as const

function decisionTable({ wtp, pairs }: CeaAnalysis): string {
  const rows = wtp.flatMap((at) =>
    pairs.map(({ comparator }) => [
      pounds(at.wtp),
      comparator,
      pounds(at.eib[comparator] as number),
      between(at.eib_ci95[comparator] ?? null, pounds).trim(),
      numberText(at.ceac[comparator] as number),
      at.best,
      numberText(at.ceaf),
      pounds(at.evpi),
    ]),
  )
  return drawTable(
    ['value of a unit', 'comparator', 'net benefit', '95%', 'P(worth it)', 'worth most', 'P(it is)', 'EVPI'],
    rows,
    ['right', 'left', 'right', 'left', 'right', 'left', 'right', 'right'],
  )
}

function between(interval: readonly [number, number] | null, shown: (value: number) => string): string {
  return interval === null ? '' : ` (${shown(interval[0])} to ${shown(interval[1])})`
}

function pounds(value: number): string {
  const whole = Math.round(Math.abs(value))
  return `${value < 0 && whole > 0 ? '-' : ''}£${whole.toLocaleString('en-GB')}`
}

function wtps(text: string): number[] {
  const values = text.split(',').map((part) => part.trim())
  if (!values.every((value) => /^\d+(\.\d+)?$/.test(value))) {
    throw new OperatorError('--wtp takes pounds with commas between, such as 20000,30000.', EXIT.wrong_usage)
  }
  return [...new Set(values.map(Number))].toSorted((a, b) => a - b)
}

function replicates(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0
  if (value >= 200 && value <= 1_000_000) return value
  throw new OperatorError('--replicates takes a whole number from 200 to 1000000.', EXIT.wrong_usage)
}
