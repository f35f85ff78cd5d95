import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import { FALL_VERDICTS, type FallVerdict, type UsageSummary } from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { type ReleasedUsage, releaseAllUsage, releaseUsage } from './release-usage.ts'
import { interval, join } from './text.ts'
import { shortUsage } from './usage-figures.ts'

export const VERDICTS: Readonly<Record<FallVerdict, ReleasedText>> = {
  no_fall: say`no clear fall`,
  fall_persists: say`lower after joining, also with the months just before joining left out and against the year before that year`,
  fall_without_an_earlier_year: say`lower after joining, but no earlier year can tell whether the whole year before was a bad one`,
  fall_not_distinguishable_from_regression_to_the_mean: say`lower after joining, but this cannot be told from people joining at their worst`,
  too_few_to_say: say`too few to say`,
}

/** The kind of use that leads: the declared group with most events, else the type with most; by tens, so that the choice gives no small count away. */
export function mainUsage(usage: Pick<UsageAnalysis, 'summaries'>): UsageSummary | undefined {
  const count = (it: UsageSummary) => Math.floor((it.events.events_before + it.events.events_after) / 10)
  const sorted = usage.summaries.toSorted((a, b) => count(b) - count(a))
  return (
    sorted.find((it) => it.is_group && it.event_types.length > 1 && count(it) > 0) ?? sorted.find((it) => !it.is_group)
  )
}

/** One sentence: how use changed, how sure that is, and what it may mean. */
export function usageFinding(gate: Gate, usage: UsageAnalysis): ReleasedText {
  const main = mainUsage(usage)
  if (main === undefined) return say`No use of services was found in the extracts supplied`
  const { rate_before, rate_after, ratio, ratio_low, ratio_high } = releaseUsage(gate, main)
  const label = gate.label(shortUsage(main.label))
  if (!ratio.is_shown) return say`${label}: too few to compare`
  const range = ratio_low.is_shown ? say`95% interval ${interval(ratio_low, ratio_high)}` : say`no interval`
  return say`${label}: ${rate_before} per person-year before joining and ${rate_after} after, ratio ${ratio} (${range}); ${verdictOf(usage, main.usage_id)}`
}

/** The verdict on each declared group, groups of one verdict said together. */
export function verdictWords(gate: Gate, usage: UsageAnalysis): ReleasedText {
  const all = releaseAllUsage(gate, usage)
  const groups = all.filter((it) => it.summary.is_group)
  const verdicts = (groups.length > 0 ? groups : all).map((it) => ({
    label: shortUsage(it.summary.label),
    verdict: shownVerdict(usage, it),
  }))
  const said = FALL_VERDICTS.flatMap((verdict) => {
    const labels = verdicts.filter((it) => it.verdict === verdict).map((it) => it.label)
    return labels.length === 0 ? [] : [say`${gate.label(labels.join('; '))}: ${VERDICTS[verdict]}.`]
  })
  return said.length === 0 ? say`There was nothing to compare.` : join(said, ' ')
}

export function verdictOf(usage: UsageAnalysis, usageId: string): ReleasedText {
  return VERDICTS[printedVerdict(usage, usageId)]
}

/** No fall is claimed of an interval that is printed as reaching 1. */
function printedVerdict(usage: UsageAnalysis, usageId: string): FallVerdict {
  const doubt = usage.doubts.find((it) => it.usage_id === usageId)
  if (doubt === undefined) return 'too_few_to_say'
  const high = doubt.excluded.find((it) => it.excluded_months === 0)?.ci95_jackknife?.[1]
  return high !== undefined && high >= 0.995 && doubt.verdict !== 'too_few_to_say' ? 'no_fall' : doubt.verdict
}

/** A verdict says something of the ratio: where that is withheld, there is none. */
export function shownVerdict(usage: UsageAnalysis, { summary, ratio }: ReleasedUsage): FallVerdict {
  if (!ratio.is_shown) return 'too_few_to_say'
  return printedVerdict(usage, summary.usage_id)
}
