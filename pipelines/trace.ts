import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { createGate } from '../src/disclosure/gate.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { createRandom } from '../src/stats/random.ts'
import type { TracedRow } from '../src/store/queries/trace.ts'
import { analyseStore } from './analyse-store.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { derive } from './derive-store.ts'
import { drawTable } from './draw-table.ts'
import { type MoneyFigure, moneyFigures } from './money-figures.ts'
import { readProject } from './project.ts'
import { openProjectStore, requireStore } from './project-store.ts'
import { type TracedFigure, type TracedPart, traceFigure } from './trace-figure.ts'
import type { World } from './world.ts'
import { composeReports } from './write-reports.ts'

interface Options extends AnswerOptions {
  project: string
  internal?: boolean
  sample?: number
  seed: string
}

/** `outcomes trace [METRIC]`: what an amount of an internal report is made of, down to the lines of the exports. */
export function traceCommand(world: World): Command {
  return new Command('trace')
    .description('what a pound in a report is made of: events × unit cost, source, payer, and the rows behind them')
    .argument('[metric]', 'an amount by its name; left out: the list of names')
    .option('--project <dir>', 'the project folder', '.')
    .option('--internal', 'say that rows of single events stay with the team: needed')
    .option('--sample <n>', 'instead: so many amounts at random; exit code 4 where one does not add up', wholeNumber)
    .option('--seed <text>', 'with --sample: the same seed picks the same amounts', 'outcomes')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes trace --internal --project my-service\n  outcomes trace --internal commissioner/cost-categories-oats/1/before\n  outcomes trace --internal --sample 20\n',
    )
    .action(async (metric: string | undefined, options: Options) => {
      if (options.internal !== true) {
        throw new OperatorError(
          'A trace names the rows of single events. Add --internal to say that it stays with those who may see such rows.',
          EXIT.wrong_usage,
        )
      }
      const project = readProject(resolve(world.cwd, options.project))
      requireStore(world, project.dir)
      const store = openProjectStore(world, project.dir)
      try {
        await derive(store, project)
        const analysis = await analyseStore(store, project)
        const figures = moneyFigures(analysis, composeReports(analysis, createGate('internal')))
        const picked = pick(figures, metric, options)
        if (picked === null) return answer(world, options, { metrics: figures.map(listed) }, () => listText(figures))
        const traced: TracedFigure[] = []
        for (const figure of picked) traced.push(await traceFigure(store.kysely, figure))
        answer(world, options, { figures: traced }, () => traced.map(figureText).join('\n\n'))
        const broken = traced.filter((it) => !it.adds_up)
        if (broken.length > 0) {
          throw new OperatorError(
            `These do not add up: ${broken.map((it) => it.metric).join(', ')}. Build the store again with "outcomes run"; where that does not help, this is a fault of the program.`,
            EXIT.check_failed,
          )
        }
      } finally {
        store.close()
      }
    })
}

/** Null: none was asked for. */
function pick(
  figures: readonly MoneyFigure[],
  metric: string | undefined,
  { sample, seed }: Options,
): readonly MoneyFigure[] | null {
  if (sample !== undefined) return sampleOf(figures, sample, seed)
  if (metric === undefined) return null
  const found = figures.filter((it) => it.metric === metric)
  if (found.length > 0) return found
  throw new OperatorError(
    `There is no amount "${metric}" that can be traced. "outcomes trace --internal" lists those there are.`,
    EXIT.wrong_usage,
  )
}

/** Without putting back; all of them where there are no more. */
function sampleOf(figures: readonly MoneyFigure[], n: number, seed: string): readonly MoneyFigure[] {
  const random = createRandom(seed)
  const left = [...figures]
  return Array.from({ length: Math.min(n, figures.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat()
}

function listed({ metric, title, row_label, column_label, printed }: MoneyFigure) {
  return { metric, title, row: row_label, column: column_label, printed }
}

function listText(figures: readonly MoneyFigure[]): string {
  return drawTable(
    ['Name', 'Row', 'Column', 'Amount'],
    figures.map((it) => [it.metric, it.row_label, it.column_label, it.printed]),
    ['left', 'left', 'left', 'right'],
  )
}

function figureText(it: TracedFigure): string {
  const own =
    it.programme === null ? [] : [`The service itself: £${it.programme.pounds} a person (${it.programme.source})`]
  return [
    `${it.metric}: ${it.printed}`,
    `${it.title}. ${it.row}, ${it.column}.`,
    `Person-years: ${it.person_years_before.toFixed(4)} before joining, ${it.person_years_after.toFixed(4)} after.`,
    ...it.parts.map(partText),
    ...own,
    `Worked out again: £${it.recomputed_pounds.toFixed(2)}. ${it.adds_up ? 'It adds up.' : 'It does not add up.'}`,
  ].join('\n')
}

function partText(part: TracedPart): string {
  const [low, high] = part.quoted_pounds
  const quoted = low === high ? `£${low}` : `£${low} to £${high}`
  const where = [part.source, part.edition, part.table === null ? null : `table ${part.table}`].filter((it) => it)
  const shared = part.days_in_two_stays === 0 ? '' : `; ${part.days_in_two_stays} days in two stays counted once`
  return [
    `  ${part.times === 1 ? '' : `${part.times} × `}${part.item}, ${part.period}: ${part.quantity} × £${part.unit_cost_pounds} ÷ person-years ${part.period} = £${part.pounds.toFixed(2)}`,
    `    £${part.unit_cost_pounds} is ${quoted} per ${part.unit} in ${part.price_year} × ${part.factor.toFixed(4)}; ${where.join(', ')}; paid by ${part.payer}, ${part.cash_releasing}`,
    `    rows: ${rowsText(part)}${shared}`,
  ].join('\n')
}

/** `ae.csv 3, 7, 12; stays.csv 4 (9 days)`. */
function rowsText({ rows, item }: TracedPart): string {
  const byFile = new Map<string, TracedRow[]>()
  for (const row of rows) {
    const file = row.sheet === '' ? row.file_name : `${row.file_name} (${row.sheet})`
    byFile.set(file, [...(byFile.get(file) ?? []), row])
  }
  const isDays = item.startsWith('bed_day:')
  const files = [...byFile].map(
    ([file, own]) =>
      `${file} ${own.map((row) => (isDays ? `${row.row_number} (${row.days} days)` : row.row_number)).join(', ')}`,
  )
  return files.length === 0 ? 'none' : files.join('; ')
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.')
  return Number(text)
}
