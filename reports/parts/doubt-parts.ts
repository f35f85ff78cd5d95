import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { FallDoubt } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { spikeRatio } from './release-spike.ts'
import { releaseRates } from './release-usage.ts'
import { interval, table } from './text.ts'
import { labelOf } from './usage-figures.ts'

/** Ratios with the last 0, 1, 3 and 6 months before joining left out, and the verdict. */
export function doubtTable(gate: Gate, usage: UsageAnalysis, doubts: readonly FallDoubt[]): ReleasedTable {
  return table(
    gate,
    'doubt',
    'Does the fall survive leaving out the months just before joining?',
    [
      ['label', 'Service use', 'text'],
      ...[0, 1, 3, 6].map((months) => [`without_${months}`, excludedHeading(months), 'text'] as const),
      ['spike', 'Last 3 months before, against the 9 before those', 'text'],
      ['verdict', 'What may be said', 'text'],
    ],
    doubts.map((doubt) => ({
      label: gate.label(labelOf(usage.summaries, doubt.usage_id)),
      ...Object.fromEntries(
        doubt.excluded.map((it) => {
          const { ratio, ratio_low, ratio_high } = releaseRates(gate, it)
          return [`without_${it.excluded_months}`, say`${ratio} (${interval(ratio_low, ratio_high)})`]
        }),
      ),
      spike: spikeWords(gate, doubt),
      verdict: gate.label(doubt.words),
    })),
    doubts.slice(0, 1).map((doubt) => gate.label(doubt.rule)),
  )
}

function excludedHeading(months: number): string {
  if (months === 0) return 'Rate ratio, whole year before'
  return months === 1 ? 'Last month left out' : `Last ${months} months left out`
}

function spikeWords(gate: Gate, doubt: FallDoubt): ReleasedText {
  const ratio = spikeRatio(gate, doubt)
  if (ratio === null) return say`not available`
  if (!ratio.is_shown) return say`${ratio}`
  return doubt.spike?.is_spike === true
    ? say`${ratio} times: people joined after a rise`
    : say`${ratio} times: no rise shown`
}
