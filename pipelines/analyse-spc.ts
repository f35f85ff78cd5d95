import { Command, Option } from 'commander'
import { type IsoDate, isIsoDate } from '../src/domain/iso-date.ts'
import { EXIT, OperatorError } from '../src/domain/operator-error.ts'
import { type RegularSeries, regularSeries } from '../src/domain/regular-dates.ts'
import { interruptedSeries } from '../src/stats/interrupted-series.ts'
import { gChart, type RareEventChart, tChart } from '../src/stats/rare-event-charts.ts'
import { xmrChart } from '../src/stats/xmr.ts'
import type { Better, XmrChart, XmrFlag, XmrSegment } from '../src/stats/xmr-types.ts'
import { type AnalysisRow, readAnalysisFile, refusal } from './analysis-file.ts'
import { type AnswerOptions, answer } from './answer.ts'
import { drawTable } from './draw-table.ts'
import { fileShown, textOf } from './text-file.ts'
import type { World } from './world.ts'

interface SpcOptions extends AnswerOptions {
  readonly chart: 'xmr' | 'g' | 't'
  readonly better?: Better
  readonly screen?: boolean
  readonly target?: number
  readonly rebase: readonly IsoDate[]
  readonly interruption?: IsoDate
}

/** `outcomes analyse spc FILE`: one value a period, and whether it changes by more than chance. */
export function spcCommand(world: World): Command {
  return new Command('spc')
    .description('a chart over time (XmR, by NHS Making Data Count), charts of rare events, interrupted time series')
    .argument('<file>', 'CSV with columns date, value; a blank value is a period without a number; - is standard input')
    .addOption(
      new Option('--chart <which>', 'xmr; or g or t, where a value is what passed between two rare events')
        .choices(['xmr', 'g', 't'])
        .default('xmr'),
    )
    .addOption(new Option('--better <way>', 'which way is better').choices(['higher', 'lower']))
    .option('--screen', 'leave moving ranges of 3.267 times their mean or more out of the limits')
    .addOption(new Option('--target <value>', 'what the values are to reach; needs --better').argParser(target))
    .addOption(
      new Option('--rebase <date>', 'new mean and limits from this date on; may be given again')
        .argParser(rebaseDate)
        .default([], 'never'),
    )
    .addOption(
      new Option('--interruption <date>', 'also: segmented regression, from this date on against before').argParser(
        (text) => dateOf(text, '--interruption'),
      ),
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no notices')
    .addHelpText(
      'after',
      '\nExample:\n  outcomes analyse spc referrals.csv --better higher --target 40 --rebase 2025-04-01 --json\n',
    )
    .action(async (file: string, options: SpcOptions) => {
      if (options.target !== undefined && options.better === undefined) throw wrong('--target needs --better.')
      const rows = readAnalysisFile(
        fileShown(file),
        await textOf(world, file, 'CSV'),
        [{ name: 'value', may_be_blank: true }],
        { name: 'date', one_row_per: 'date' },
      )
      const series = regularSeries(dated(file, rows))
      if (options.chart !== 'xmr') {
        const chart = rareEvents(file, rows, series, options.chart)
        answer(world, options, chart, () => rareText(chart))
        return
      }
      const document = spcDocument(series, options)
      answer(world, options, document, () => spcText(document))
    })
}

function spcDocument(series: RegularSeries, options: SpcOptions) {
  const { screen = false } = options
  const better = options.better ?? null
  const dates = series.rows.map((row) => row.date)
  const chart = xmrChart(
    series.rows.map(({ date, value }) => ({ period: date, value })),
    {
      better,
      screen,
      target: options.target ?? null,
      rebase_at: options.rebase.map((date) => firstFrom(dates, date, '--rebase')),
    },
  )
  const last = chart.segments.at(-1)
  return {
    analysis: 'spc',
    chart: 'xmr',
    n: chart.n_points,
    n_missing: chart.n_gaps,
    every: series.every,
    better,
    screen,
    mean: last?.mean ?? null,
    lower_limit: last?.lower_limit ?? null,
    upper_limit: last?.upper_limit ?? null,
    limits: last?.limits ?? 'none',
    reason: last?.reason ?? 'no_points',
    variation: chart.variation,
    variation_reason: chart.variation_reason,
    target: chart.target,
    assurance: chart.assurance,
    assurance_reason: chart.assurance_reason,
    points: pointsOf(chart),
    segments: chart.segments.map(({ from, to, n_gaps, ...segment }) => ({
      ...segment,
      n_missing: n_gaps,
      from_date: from,
      to_date: to,
    })),
    interruption: options.interruption === undefined ? null : interruptionOf(series, options.interruption),
    method:
      'XmR by NHS England Making Data Count: mean ± 2.66 × mean moving range; 7 on one side, 7 rising or falling, 2 of 3 near a limit (November 2023), outside a limit; a missing period is no point and gives no moving range',
  } as const
}

function pointsOf({ points, segments }: XmrChart) {
  return points.map(({ period, value, moving_range, segment, flags }) => {
    const { mean, lower_limit, upper_limit } = segments[segment - 1] as XmrSegment
    return { date: period, value, moving_range, segment, mean, lower_limit, upper_limit, flags }
  })
}

function interruptionOf({ rows }: RegularSeries, date: IsoDate) {
  const first = firstFrom(
    rows.map((row) => row.date),
    date,
    '--interruption',
  )
  const points = rows.flatMap(({ value }, time) => (value === null ? [] : [{ time, value }]))
  const at = rows.findIndex((row) => row.date === first)
  return { date: first, ...interruptedSeries(points, at) }
}

function rareEvents(file: string, rows: readonly AnalysisRow[], series: RegularSeries, chart: 'g' | 't') {
  const faults = rows.flatMap(({ row, values: { value = null } }) => {
    if (value === null) return [`row ${row}, column value: is blank`]
    if (value < 0) return [`row ${row}, column value: is below 0`]
    return chart === 'g' && !Number.isInteger(value) ? [`row ${row}, column value: is not a whole number`] : []
  })
  if (faults.length > 0) throw refusal(fileShown(file), faults)
  const dated = series.rows.filter((row) => row.value !== null)
  const { kind, values, above, below, ...found } = (chart === 'g' ? gChart : tChart)(
    dated.map((row) => row.value as number),
  )
  return {
    analysis: 'spc',
    chart: kind,
    ...found,
    points: dated.map(({ date, value }, at) => ({ date, value, position: positionOf(at, { above, below }) })),
    method:
      chart === 'g'
        ? 'g chart: mean ± 3 √(mean (mean + 1)), centre ln 2 × mean; above the upper limit events have become rarer'
        : 't chart: XmR limits of the values to the power 1/3.6, turned back; above the upper limit events have become rarer',
  } as const
}

function positionOf(at: number, { above, below }: Pick<RareEventChart, 'above' | 'below'>) {
  if (above.includes(at)) return 'above'
  return below.includes(at) ? 'below' : 'within'
}

function dated(file: string, rows: readonly AnalysisRow[]) {
  const read = rows.map(({ row, key, values }) => ({ row, date: isoOf(key), value: values.value ?? null }))
  const faults = read.flatMap(({ row, date }) =>
    date === null ? [`row ${row}, column date: is not a day (2025-04-30) or a month (2025-04)`] : [],
  )
  if (faults.length > 0) throw refusal(fileShown(file), faults)
  const twice = read.flatMap(({ row, date }, at) =>
    read.slice(0, at).some((it) => it.date === date)
      ? [`row ${row}, column date: is a date that an earlier row has`]
      : [],
  )
  if (twice.length > 0) throw refusal(fileShown(file), twice)
  return read.map(({ date, value }) => ({ date: date as IsoDate, value }))
}

function isoOf(text: string): IsoDate | null {
  const date = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
  return isIsoDate(date) ? date : null
}

function dateOf(text: string, option: string): IsoDate {
  const date = isoOf(text)
  if (date === null) throw wrong(`${option} takes a day such as 2025-04-01 or a month such as 2025-04.`)
  return date
}

function rebaseDate(text: string, earlier: readonly IsoDate[]): IsoDate[] {
  return [...earlier, dateOf(text, '--rebase')]
}

/** The first date of the series on or after one that a person named. */
function firstFrom(dates: readonly IsoDate[], date: IsoDate, option: string): IsoDate {
  const found = dates.find((it) => it >= date)
  if (found === undefined || found === dates[0]) {
    throw wrong(`${option} takes a date after the first of the file and not after its last.`)
  }
  return found
}

function target(text: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw wrong('--target takes a number, such as 40.')
  return Number(text)
}

function wrong(message: string): OperatorError {
  return new OperatorError(message, EXIT.wrong_usage)
}

type SpcDocument = ReturnType<typeof spcDocument>

const VARIATION = {
  improvement: 'special cause, improvement',
  concern: 'special cause, concern',
  neutral: 'special cause, neither better nor worse by itself',
  common_cause: 'common cause: no more than the usual variation',
} as const

const ASSURANCE = {
  pass: 'met, by chance alone, every time',
  fail: 'not met, by chance alone, any time, unless the process changes',
  inconsistent: 'met at some times and not at others, by chance',
} as const

function spcText(it: SpcDocument): string {
  const rows = it.points.map((point) => [
    point.date,
    point.value === null ? 'missing' : shown(point.value),
    shown(point.mean),
    shown(point.lower_limit),
    shown(point.upper_limit),
    whyFlagged(point.flags),
  ])
  return [
    `points ${it.n}, periods without a number ${it.n_missing}`,
    `mean ${shown(it.mean)}, limits ${shown(it.lower_limit)} to ${shown(it.upper_limit)}${it.limits === 'trial' ? ' (trial limits: under 13 points)' : ''}`,
    `newest point: ${it.variation === null ? `no verdict (${words(it.variation_reason)})` : VARIATION[it.variation]}`,
    ...(it.target === null
      ? []
      : [
          `target ${shown(it.target)}: ${it.assurance === null ? `no verdict (${words(it.assurance_reason)})` : ASSURANCE[it.assurance]}`,
        ]),
    ...(it.interruption === null ? [] : interruptionLines(it.interruption)),
    '',
    drawTable(['date', 'value', 'mean', 'lower', 'upper', 'why flagged'], rows, SIDES),
  ].join('\n')
}

function whyFlagged(flags: readonly XmrFlag[]): string {
  const [first] = flags
  if (first === undefined) return ''
  const reasons = flags.map((flag) => flag.words).join('; ')
  return first.meaning === 'neutral' ? reasons : `${first.meaning}: ${reasons}`
}

const SIDES = ['left', 'right', 'right', 'right', 'right', 'left'] as const

function interruptionLines(it: NonNullable<SpcDocument['interruption']>): string[] {
  if (it.level_change === null || it.slope_change === null) {
    return [`from ${it.date}: not estimated (${words(it.reason)})`]
  }
  const said = ({ estimate, ci95 }: NonNullable<typeof it.level_change>) =>
    `${shown(estimate)} (95% ${shown(ci95[0])} to ${shown(ci95[1])})`
  return [
    `from ${it.date}: level ${said(it.level_change)}, slope a period ${said(it.slope_change)}; ${it.standard_errors === 'ols' ? 'least-squares' : 'Newey–West'} standard errors`,
  ]
}

function rareText(it: ReturnType<typeof rareEvents>): string {
  const rows = it.points.map(({ date, value, position }) => [date, shown(value), position])
  return [
    `${it.chart} chart: centre ${shown(it.centre)}, limits ${shown(it.lower_limit)} to ${shown(it.upper_limit)}${it.reason === null ? '' : ` (${words(it.reason)})`}`,
    '',
    drawTable(['date', 'since the one before', 'against the limits'], rows, ['left', 'right', 'left']),
  ].join('\n')
}

function words(code: string | null): string {
  return (code ?? '').replaceAll('_', ' ')
}

function shown(value: number | null): string {
  return value === null ? '-' : Number(value.toPrecision(4)).toString()
}
