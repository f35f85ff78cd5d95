import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { FallDoubt, FallVerdict } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { spikeRatio } from './release-spike.ts'
import { type ReleasedUsage, releaseAllUsage, releaseRates, tooFew } from './release-usage.ts'
import { estimateCell, table } from './text.ts'
import { shortUsage } from './usage-figures.ts'
import { shownVerdict } from './usage-words.ts'

/** A column’s worth of each verdict; the rule below the table says what it rests on. */
const SHORT_VERDICTS: Readonly<Record<FallVerdict, ReleasedText>> = {
  no_fall: say`no clear fall`,
  fall_persists: say`a fall that persists`,
  fall_without_an_earlier_year: say`a fall; no earlier year to tell whether the whole year was bad`,
  fall_not_distinguishable_from_regression_to_the_mean: say`a fall that may be regression to the mean`,
  too_few_to_say: say`too few to say`,
}

const EXCLUDED_MONTHS = [0, 1, 3, 6]

/** Ratios with the last 0, 1, 3 and 6 months before joining left out, and the verdict; declared groups first. */
export function doubtTable(gate: Gate, usage: UsageAnalysis): ReleasedTable {
  const all = releaseAllUsage(gate, usage)
  const ordered = [...all.filter((it) => it.summary.is_group), ...all.filter((it) => !it.summary.is_group)]
  return table(
    gate,
    'doubt',
    'Does the fall survive leaving out the months just before joining?',
    [
      ['label', 'Service use', 'text'],
      ...EXCLUDED_MONTHS.map((months) => [`without_${months}`, excludedHeading(months), 'text'] as const),
      ['spike', 'Rise before joining', 'text'],
      ['verdict', 'What may be said', 'text'],
    ],
    ordered.flatMap((it) => {
      const doubt = usage.doubts.find(({ usage_id }) => usage_id === it.summary.usage_id)
      return doubt === undefined ? [] : [doubtRow(gate, usage, it, doubt)]
    }),
    [
      say`Each column is the rate ratio, after ÷ before, with its 95% interval, person as unit. The first uses the whole window; each of the others leaves out the last months before joining, when a crisis may have brought people in, and keeps their time out of the rate as well.`,
      say`Rise before joining: the rate in the last three months before joining over the rate in the nine before those. Above 1, with a rise shown, people joined when use was higher than usual for them.`,
      ...usage.doubts.slice(0, 1).map((doubt) => gate.label(doubt.rule)),
    ],
  )
}

function doubtRow(
  gate: Gate,
  usage: UsageAnalysis,
  it: ReleasedUsage,
  doubt: FallDoubt,
): ReleasedTable['rows'][number] {
  const { n_before, n_after } = it.summary.any_use
  const ratios = doubt.excluded.map((comparison): [string, ReleasedCell] => {
    const behind = { before: n_before, after: n_after, is_withheld: it.is_withheld }
    const { ratio, ratio_low, ratio_high } = releaseRates(gate, comparison, behind)
    return [`without_${comparison.excluded_months}`, estimateCell(ratio, ratio_low, ratio_high)]
  })
  const none = EXCLUDED_MONTHS.map((months) => [`without_${months}`, say`not looked at`])
  return {
    label: gate.label(shortUsage(it.summary.label)),
    ...Object.fromEntries(none),
    ...Object.fromEntries(ratios),
    spike: it.ratio.is_shown ? spikeWords(gate, doubt) : tooFewOr(gate, it),
    verdict: SHORT_VERDICTS[shownVerdict(usage, it)],
  }
}

/** Withheld where the ratio is withheld, else the reason why there is no ratio. */
function tooFewOr(gate: Gate, { ratio }: ReleasedUsage): ReleasedCell {
  return ratio.is_suppressed ? tooFew(gate) : ratio
}

function excludedHeading(months: number): string {
  if (months === 0) return 'Whole window before'
  return months === 1 ? 'Last month left out' : `Last ${months} months left out`
}

function spikeWords(gate: Gate, doubt: FallDoubt): ReleasedCell {
  const ratio = spikeRatio(gate, doubt)
  if (ratio === null) return say`not looked at`
  if (!ratio.is_shown) return ratio
  const words: ReleasedText = doubt.spike?.is_spike === true ? say`a rise` : say`no rise shown`
  return say`${ratio} times: ${words}`
}
