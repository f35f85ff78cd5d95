import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { FallVerdict, UsageSummary } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { releaseUsage } from './release-usage.ts'
import { interval, join } from './text.ts'
import { labelOf, shortUsage } from './usage-figures.ts'

const VERDICTS: Readonly<Record<FallVerdict, ReleasedText>> = {
  no_fall: say`no clear fall`,
  fall_persists: say`lower after joining, also with the months just before joining left out`,
  fall_not_distinguishable_from_regression_to_the_mean: say`lower after joining, but this cannot be told from people joining at their worst`,
  too_few_to_say: say`too few to say`,
}

/** The kind of use that leads: the widest declared group with events, else the type with most. */
export function mainUsage(usage: UsageAnalysis): UsageSummary | undefined {
  const count = (it: UsageSummary) => it.events.events_before + it.events.events_after
  const sorted = usage.summaries.filter((it) => count(it) > 0).toSorted((a, b) => count(b) - count(a))
  return sorted.find((it) => it.is_group) ?? sorted[0]
}

/** One sentence: how use changed, how sure that is, and what it may mean. */
export function usageFinding(gate: Gate, usage: UsageAnalysis): ReleasedText {
  const main = mainUsage(usage)
  if (main === undefined) return say`No use of services was found in the extracts supplied`
  const { rate_before, rate_after, ratio, ratio_low, ratio_high } = releaseUsage(gate, main)
  const label = gate.label(shortUsage(main.label))
  if (!ratio.is_shown) return say`${label}: ${ratio} for a comparison`
  return say`${label}: ${rate_before} per person-year before joining and ${rate_after} after, ratio ${ratio} (95% interval ${interval(ratio_low, ratio_high)}); ${verdictOf(usage, main.usage_id)}`
}

/** The verdict on each declared group. */
export function verdictWords(gate: Gate, usage: UsageAnalysis): ReleasedText {
  const groups = usage.doubts.filter((it) => usage.summaries.some((s) => s.is_group && s.usage_id === it.usage_id))
  const said = (groups.length > 0 ? groups : usage.doubts).map(
    (it) => say`${gate.label(shortUsage(labelOf(usage.summaries, it.usage_id)))}: ${VERDICTS[it.verdict]}`,
  )
  return said.length === 0 ? say`There was nothing to compare.` : say`${join(said, '; ')}.`
}

export function verdictOf(usage: UsageAnalysis, usageId: string): ReleasedText {
  return VERDICTS[usage.doubts.find((it) => it.usage_id === usageId)?.verdict ?? 'too_few_to_say']
}
