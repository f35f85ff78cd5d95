import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { dateOfDay } from '../../src/domain/iso-date.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure } from '../../src/report/document.ts'
import type { RareUse } from '../over-time.ts'
import { dateInWords, inSentence, table } from './text.ts'
import { KINDS } from './xmr-figure.ts'

/**
 * Events that most months have none of: what lies between one and the next. A point is one event of one person, so that the
 * charts are in the internal report alone; elsewhere the centre and the limit stand, as figures of the people behind them.
 */
export function rareUseParts(
  gate: Gate,
  rare: readonly RareUse[],
): {
  readonly figures: readonly Figure[]
  readonly tables: readonly ReleasedTable[]
  readonly notes: readonly ReleasedText[]
} {
  const shown = rare.filter((it) => gate.count(it.n_events, { people: it.n_users }).is_shown)
  if (shown.length === 0) return { figures: [], tables: [], notes: [] }
  return {
    figures: gate.policy.is_internal
      ? shown.filter((it) => it.chart.limits !== 'none').map((it) => figureOf(gate, it))
      : [],
    tables: [tableOf(gate, shown)],
    notes: [
      say`More than half the months had none of these events, so that a chart of months would say nothing: what lies between one event and the next is looked at instead. About as many people followed throughout: days (t chart). More or fewer people later: the months that all of them were followed, added up (g chart). Above the upper limit the events have become rarer; what is more often is seen late, as no gap can be below 0.`,
      ...(gate.policy.is_internal
        ? []
        : [say`Each point of such a chart is one event of one person: the charts are in the internal report.`]),
    ],
  }
}

const UNITS = { t: 'Days', g: 'Months of people followed' } as const

function tableOf(gate: Gate, rare: readonly RareUse[]): ReleasedTable {
  return table(
    gate,
    'over-time-rare',
    'Rare events: what lies between one and the next',
    [
      ['label', 'Event', 'text'],
      ['chart', 'Chart, and its unit', 'text'],
      ['events', 'Events', 'count'],
      ['months', 'Months followed', 'number'],
      ['centre', 'Usual gap', 'number'],
      ['upper', 'Upper limit', 'number'],
      ['beyond', 'Gaps beyond a limit', 'count'],
      ['said', 'In words', 'text'],
    ],
    rare.map((it) => {
      const of = (value: number | null) => gate.statistic(value, { n: it.n_users, decimals: 0, reason: say`none` })
      const beyond = it.chart.above.length + it.chart.below.length
      return {
        label: gate.label(it.label),
        chart: gate.label(`${it.chart.kind} chart: ${inSentence(UNITS[it.chart.kind])}`),
        events: gate.count(it.n_events, { people: it.n_users }),
        months: gate.fact(it.n_months),
        centre: of(it.chart.centre),
        upper: of(it.chart.upper_limit),
        beyond: gate.count(beyond),
        said: gate.policy.is_internal
          ? verdict(gate, it)
          : gate.label(it.chart.limits === 'trial' ? 'limits on trial' : ''),
      }
    }),
  )
}

function verdict(gate: Gate, { chart, since_last }: RareUse): ReleasedText {
  const upper = chart.upper_limit
  const trial = chart.limits === 'trial' ? say` (limits on trial: they count from 13 gaps)` : say``
  if (upper === null) return gate.label('no limits')
  if (since_last > upper) return say`rarer of late: longer than the upper limit since the last one${trial}`
  if (chart.above.length > 0) return say`a gap beyond what is usual${trial}`
  return chart.below.length > 0
    ? say`some sooner after one another than is usual${trial}`
    : say`no more than the usual variation${trial}`
}

function figureOf(gate: Gate, it: RareUse): Figure {
  const { chart } = it
  const number = (value: number | null, reason: ReleasedText) =>
    value === null ? gate.absent(reason) : gate.statistic(value, { n: it.n_users, decimals: 0 })
  const centre = number(chart.centre, say`none`)
  const lower = number(chart.lower_limit, say`none: no gap is too short`)
  const upper = number(chart.upper_limit, say`none`)
  const rows = chart.values.map((value, at) => ({
    nth: gate.fact(at + 1),
    event_date: dateInWords(gate, dateOfDay(it.event_days[at] as number)),
    value: gate.count(value, { people: it.n_users }),
    ...{ centre, lower, upper },
    kind: gate.label(kindAt(it, at).label),
  }))
  const kinds = [KINDS.usual, RARER, OFTENER]
  const [, high] = axisEnds(gate, [...rows.map((row) => row.value), upper])
  return {
    id: `over-time-rare-${it.event_type.replaceAll('_', '-')}`,
    title: say`${gate.label(it.label)}: ${verdict(gate, it)}`,
    summary: say`${gate.label(UNITS[chart.kind])} between one event and the next, in order, with the centre (solid) and the limits of usual variation (dashed). ${gate.count(it.n_events)} events of ${gate.count(it.n_users)} people; ${gate.fact(it.n_months_without)} of ${gate.fact(it.n_months)} months had none. Since the last one: ${gate.fact(it.since_last)}.`,
    chart: 'rare_events',
    internal_only: true,
    rows: rows.map((row) => ({ ...row, y_title: gate.label(UNITS[chart.kind]), y_low: gate.fact(0), y_high: high })),
    params: {
      kinds: kinds.map((kind) => gate.label(kind.label)),
      kind_shapes: kinds.map((kind) => gate.label(kind.shape)),
      kind_colours: kinds.map((kind) => gate.label(kind.colour)),
    },
    table: table(
      gate,
      `over-time-rare-${it.event_type.replaceAll('_', '-')}`,
      `${it.label}: ${inSentence(UNITS[chart.kind])} since the one before`,
      [
        ['nth', 'Event after the first', 'number'],
        ['event_date', 'Day', 'text'],
        ['value', 'Since the one before', 'number'],
        ['centre', 'Centre', 'number'],
        ['lower', 'Lower limit', 'number'],
        ['upper', 'Upper limit', 'number'],
        ['kind', 'Against the limits', 'text'],
      ],
      rows,
    ),
  }
}

const RARER = { label: 'Above the limit: rarer', shape: 'triangle-up', colour: '#003087' } as const
const OFTENER = { label: 'Below the limit: more often', shape: 'triangle-down', colour: '#b35a00' } as const

function kindAt({ chart }: RareUse, at: number) {
  if (chart.above.includes(at)) return RARER
  return chart.below.includes(at) ? OFTENER : KINDS.usual
}
