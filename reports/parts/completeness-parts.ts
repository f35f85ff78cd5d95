import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure } from '../../src/report/document.ts'
import type { MeasureQuality, RunFacts } from '../analysis.ts'
import { monthsBetween } from './periods.ts'
import { type PeriodRow, releaseCompleteness, releasePeriods, releaseTeams } from './release-completeness.ts'
import { monthInWords, table } from './text.ts'

const COUNTED_FROM = say`Counted are episodes that started since the measure came into use: its first form here, or the day that the project file states (measure_starts).`

/** Why two tables may give the same episodes two numbers; nothing to say where every count is exact. */
export function roundedApart(gate: Gate): readonly ReleasedText[] {
  return gate.policy.is_internal
    ? []
    : [
        say`Each count is added up from rounded ones, so the same episodes may differ by five or ten between rows and tables.`,
      ]
}

/** Who has scores, by measure: where no measure has any, so that no chart can be drawn. */
export function completenessTable(gate: Gate, measures: readonly MeasureQuality[]): ReleasedTable | null {
  if (measures.length === 0) return null
  return table(
    gate,
    'completeness',
    'Who has scores',
    [
      ['label', 'Measure', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['first', 'First score', 'count'],
      ['two', 'Two scores', 'count'],
      ['two_percent', 'Two scores, of eligible', 'percent'],
    ],
    measures.map(({ measure_name, completeness }) => ({
      label: gate.label(measure_name),
      ...releaseCompleteness(gate, completeness),
    })),
    [COUNTED_FROM, ...roundedApart(gate)],
  )
}

/** Who has scores, by team; null where no measure has two teams to show. */
export function teamsTable(gate: Gate, measures: readonly MeasureQuality[]): ReleasedTable | null {
  const rows = measures.flatMap((measure) =>
    releaseTeams(gate, measure).map((row) => ({ label: gate.label(measure.measure_name), ...row })),
  )
  if (rows.length === 0) return null
  return table(
    gate,
    'completeness-by-team',
    'Who has scores, by team',
    [
      ['label', 'Measure', 'text'],
      ['team', 'Team', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['first_percent', 'First score, of eligible', 'percent'],
      ['two_percent', 'Two scores, of eligible', 'percent'],
    ],
    rows,
    [
      say`The team is that of the episode’s first referral. Teams differ in whom they see and for how long: this says where forms are missing, not which team is better.`,
      ...roundedApart(gate),
    ],
  )
}

const STAGES = [
  ['First score', 'first_percent'],
  ['Two scores', 'two_percent'],
] as const

/** The share of episodes with scores, by when they started; null where there are too few in every year. */
export function completenessTrend(gate: Gate, measure: MeasureQuality): Figure | null {
  const rows = releasePeriods(gate, measure)
  const [first] = rows
  if (first === undefined) return null
  const name = gate.label(measure.measure_name)
  return {
    id: 'completeness-trend',
    title: trendTitle(gate, name, rows),
    summary: say`Of the episodes that started in each ${PERIODS[first.period.months] ?? 'month'}, the share with a first ${name} score, and with two. The newest episodes have had less time for a second.`,
    chart: 'completeness_trend',
    rows: rows.flatMap((row) =>
      STAGES.map(([stage, key]) => ({
        month: gate.label(row.period.start),
        stage: gate.label(stage),
        share: row[key],
      })),
    ),
    params: { y_title: say`Share of episodes (%)` },
    table: table(
      gate,
      'completeness-by-period',
      'Who has scores, by start of the episode',
      [
        ['period', first.period.months === 3 ? 'Quarter from' : 'Started in', 'text'],
        ['eligible', 'Eligible', 'count'],
        ['first_percent', 'First score, of eligible', 'percent'],
        ['two_percent', 'Two scores, of eligible', 'percent'],
      ],
      rows.map((row) => ({
        ...row,
        period: row.period.months === 3 ? monthInWords(gate, row.period.start) : periodWords(gate, row),
      })),
    ),
  }
}

function trendTitle(gate: Gate, name: ReleasedText, rows: readonly PeriodRow[]): ReleasedText {
  const shown = rows.filter((row) => row.first_percent.is_shown)
  const [from] = shown
  const to = shown.at(-1)
  if (from === undefined || to === undefined) return say`${name} scores by start of the episode`
  if (from.first_percent.value === to.first_percent.value) {
    return say`${name}: ${to.first_percent} of episodes have a first score, in ${periodWords(gate, from)} as in ${periodWords(gate, to)}`
  }
  return say`${name}: ${to.first_percent} of episodes from ${periodWords(gate, to)} have a first score; ${from.first_percent} of those from ${periodWords(gate, from)}`
}

function periodWords(gate: Gate, { period }: PeriodRow): ReleasedText {
  if (period.months === 12) return gate.label(period.start.slice(0, 4))
  const month = monthInWords(gate, period.start)
  return period.months === 3 ? say`the quarter from ${month}` : month
}

const PERIODS: Readonly<Record<number, 'month' | 'quarter' | 'year'>> = { 1: 'month', 3: 'quarter', 12: 'year' }

/** From when each measure is counted, how new its forms are, and how long the first score takes. */
export function timelinessTable(
  gate: Gate,
  facts: RunFacts,
  measures: readonly MeasureQuality[],
): ReleasedTable | null {
  if (measures.length === 0) return null
  return table(
    gate,
    'timeliness',
    'In use since when, and how soon scores come',
    [
      ['label', 'Measure', 'text'],
      ['started', 'In use since', 'text'],
      ['newest', 'Newest form', 'text'],
      ['age', 'Months from it to the end of the data', 'number'],
      ['wait', 'Days from referral to first score (median)', 'number'],
    ],
    measures.map(({ measure_name, started, is_start_declared, newest_form, wait }) => ({
      label: gate.label(measure_name),
      started: is_start_declared
        ? say`${monthInWords(gate, started)} (as the project states)`
        : monthInWords(gate, started),
      newest: newest_form === null ? say`none` : monthInWords(gate, newest_form),
      age:
        newest_form === null
          ? gate.absent(say`no form`)
          : gate.fact(Math.max(0, monthsBetween(newest_form, facts.data_end))),
      wait: gate.statistic(wait.median_days, { n: wait.n, decimals: 0, reason: say`no episode has both dates` }),
    })),
    [
      COUNTED_FROM,
      say`A form may come some weeks before the referral. Where the newest form is months older than the end of the data, an export is missing or the measure is no longer used.`,
    ],
  )
}
