import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { Figure } from '../../src/report/document.ts'
import type { XmrChart } from '../../src/stats/xmr-types.ts'
import type { ReleasedSeries } from './release-series.ts'
import { monthInWords, table } from './text.ts'
import { KINDS, type SeriesWords, step } from './xmr-figure.ts'

export interface NamedSeries {
  readonly series: ReleasedSeries
  readonly words: SeriesWords
}

/** Squares that a grey printer keeps apart: full, half full, empty, and a stroke where there is nothing to say. */
const TARGETS = {
  pass: { shape: 'M-1,-1H1V1H-1Z', words: 'Target met every time, as things are' },
  inconsistent: { shape: 'M-1,-1H1V1H-1ZM-0.75,-0.75V0H0.75V-0.75Z', words: 'Target met now and then, by chance' },
  fail: { shape: 'M-1,-1H1V1H-1ZM-0.75,-0.75V0.75H0.75V-0.75Z', words: 'Target missed every time, as things are' },
  none: { shape: 'M-1,-0.15H1V0.15H-1Z', words: 'No target declared' },
  early: { shape: 'M-1,-0.15H1V0.15H-1Z', words: 'Too early to say of the target' },
} as const

const EARLY = { label: 'Too early to say', shape: TARGETS.early.shape, colour: '#4c6272' } as const

/** What the newest point of each series says, and whether the series as it is meets its target: a shape and words for each. */
export function spcSummary(gate: Gate, all: readonly NamedSeries[]): Figure {
  const rows = all.map(({ series, words }) => {
    const variation = variationOf(series.chart)
    const target = TARGETS[targetOf(series.chart)]
    return {
      series: gate.label(words.short),
      variation_shape: gate.label(variation.shape),
      variation_colour: gate.label(variation.colour),
      variation: gate.label(variation.label),
      target_shape: gate.label(target.shape),
      target: gate.label(target.words),
    }
  })
  return {
    id: 'over-time-summary',
    title: titleOf(gate, all),
    summary: say`For each series, on the left what the newest ${newestWord(all)} is (circle: usual variation; triangle up: unusual and better; triangle down: unusual and worse; diamond: unusual), on the right whether its target would be met by the process as it is now (full square: every time; half full: now and then; empty: never). A stroke: nothing can be said yet.`,
    chart: 'spc_summary',
    rows,
    table: table(
      gate,
      'over-time-summary',
      'What the charts over time say',
      [
        ['series', 'Series', 'text'],
        ['newest', 'Newest point', 'text'],
        ['value', 'Its value', 'number'],
        ['variation', 'Variation', 'text'],
        ['aim', 'Target', 'number'],
        ['target', 'Against the target', 'text'],
      ],
      all.map(({ series }, at) => {
        const newest = series.rows.findLast((it) => it.value.is_shown) as ReleasedSeries['rows'][number]
        return {
          series: (rows[at] as (typeof rows)[number]).series,
          newest: monthInWords(gate, newest.period.start),
          value: newest.value,
          variation: (rows[at] as (typeof rows)[number]).variation,
          aim: series.chart.target === null ? gate.absent(say`none`) : gate.fact(series.chart.target),
          target: (rows[at] as (typeof rows)[number]).target,
        }
      }),
    ),
  }
}

function newestWord(all: readonly NamedSeries[]): 'month' | 'month or quarter' | 'quarter' {
  const steps = new Set(all.map(({ series }) => step(series)))
  if (steps.size > 1) return 'month or quarter'
  return steps.has('quarter') ? 'quarter' : 'month'
}

function variationOf({ variation }: XmrChart) {
  if (variation === null) return EARLY
  return variation === 'common_cause' ? KINDS.usual : KINDS[variation]
}

function targetOf({ assurance, target }: XmrChart): keyof typeof TARGETS {
  if (target === null) return 'none'
  return assurance ?? 'early'
}

function titleOf(gate: Gate, all: readonly NamedSeries[]): ReleasedText {
  const judged = all.filter(({ series }) => series.chart.variation !== null)
  const unusual = judged.filter(({ series }) => series.chart.variation !== 'common_cause')
  const missed = all.filter(({ series }) => series.chart.assurance === 'fail')
  const aims = missed.length === 0 ? say`` : say`; ${gate.fact(missed.length)} will miss the target as things are`
  if (judged.length === 0) return say`Too few months yet to say what is usual${aims}`
  if (unusual.length === 0) return say`Nothing unusual in the newest points${aims}`
  return say`The newest point is unusual in ${gate.fact(unusual.length)} of ${gate.fact(judged.length)} series${aims}`
}
