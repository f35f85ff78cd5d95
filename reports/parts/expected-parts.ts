import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedCell, ReleasedTable } from '../../src/disclosure/released-table.ts'
import type {
  ExpectedComparison,
  FallDoubt,
  PlaceboDates,
  RateComparison,
  UsageSummary,
} from '../../src/usage/usage-result.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { type ReleasedUsage, releaseAllUsage } from './release-usage.ts'
import { estimateCell, inSentence, table } from './text.ts'
import { shortUsage } from './usage-figures.ts'
import { mainUsage } from './usage-words.ts'

type Row = ReleasedTable['rows'][number]

/** The leading kind of use, unadjusted and by each way of asking what would have happened anyway; nothing where its ratio is withheld. */
export function expectedTable(gate: Gate, usage: UsageAnalysis): ReleasedTable[] {
  const found = leading(gate, usage)
  if (found === null) return []
  const { main, doubt, it } = found
  const without = (months: number) => doubt.excluded.find((each) => each.excluded_months === months)
  const rows: (Row | null)[] = [
    comparisonRow(gate, 'Unadjusted: the whole window before', without(0)),
    comparisonRow(gate, 'Last 3 months before joining left out', without(3)),
    comparisonRow(gate, 'Last 6 months before joining left out', without(6)),
    doubt.earlier_year === null
      ? { label: say`Against the year before that year`, ...ABSENT_EARLIER }
      : comparisonRow(gate, 'Against the year before that year', doubt.earlier_year),
    doubt.expected === null
      ? { label: gate.label(EXPECTED_LABEL), ...ABSENT_EARLIER }
      : expectedRow(gate, EXPECTED_LABEL, doubt.expected),
    doubt.most_used === null
      ? null
      : expectedRow(
          gate,
          'The tenth with most use before (ten people at least): what picking them out brings',
          doubt.most_used,
        ),
    doubt.placebo === null ? null : placeboRow(gate, it, doubt.placebo),
  ]
  return [
    table(
      gate,
      'expected-anyway',
      `How much of the fall would be expected anyway? ${shortUsage(main.label)}`,
      [
        ['label', 'Compared', 'text'],
        ['unadjusted', 'Ratio as it is, after ÷ before (95%)', 'text'],
        ['expected', 'Ratio expected anyway', 'text'],
        ['left', 'What is left, after ÷ expected (95%)', 'text'],
      ],
      rows.filter((row) => row !== null),
      [
        say`Expected anyway: by empirical Bayes. People with many events in a year are expected to have fewer in the next, and people with few more, whatever is done, because part of any year is chance. 1 in the last column means that the whole fall was to be expected.`,
        ...signWords(gate, main, doubt),
        ...meeChuaWords(gate, it, doubt),
      ],
    ),
  ]
}

const EXPECTED_LABEL = 'By each person’s own earlier year (empirical Bayes)'
const ABSENT_EARLIER = {
  unadjusted: say`–`,
  expected: say`no earlier year could be seen`,
  left: say`–`,
}

function leading(gate: Gate, usage: UsageAnalysis): { main: UsageSummary; doubt: FallDoubt; it: ReleasedUsage } | null {
  const main = mainUsage(usage)
  const doubt = usage.doubts.find((each) => each.usage_id === main?.usage_id)
  const it = releaseAllUsage(gate, usage).find((each) => each.summary.usage_id === main?.usage_id)
  return main === undefined || doubt === undefined || it === undefined || !it.ratio.is_shown
    ? null
    : { main, doubt, it }
}

/** A number that rests on the people who had events: on the fewer of both sides. */
function number(gate: Gate, value: number | null, users: { n_users_before: number; n_users_after: number }): Released {
  const n = Math.min(users.n_users_before, users.n_users_after)
  return gate.statistic(value, { n, decimals: 2, reason: say`does not exist` })
}

function ratioCell(
  gate: Gate,
  ratio: number | null,
  ci95: readonly [number, number] | null,
  users: { n_users_before: number; n_users_after: number },
): ReleasedCell {
  return estimateCell(
    number(gate, ratio, users),
    number(gate, ci95?.[0] ?? null, users),
    number(gate, ci95?.[1] ?? null, users),
  )
}

function comparisonRow(gate: Gate, label: string, it: RateComparison | undefined): Row | null {
  if (it === undefined) return null
  return {
    label: gate.label(label),
    unadjusted: ratioCell(gate, it.rate_ratio, it.ci95_jackknife, it),
    expected: say`–`,
    left: say`–`,
  }
}

function expectedRow(gate: Gate, label: string, it: ExpectedComparison): Row {
  return {
    label: gate.label(label),
    unadjusted: ratioCell(gate, it.ratio, it.ci95, it),
    expected: number(gate, it.expected_ratio, it),
    left: ratioCell(gate, it.remaining_ratio, it.remaining_ci95, it),
  }
}

function placeboRow(gate: Gate, { summary }: ReleasedUsage, it: PlaceboDates): Row {
  const whole = (value: number) => {
    const n = Math.min(summary.events.n_users_before, summary.events.n_users_after)
    return gate.statistic(value, { n, decimals: 0 })
  }
  return {
    label: say`Dates before joining on which nobody joined: three months after ÷ three before`,
    unadjusted: say`${number(gate, it.ratio, summary.events)} on the real date`,
    expected: say`as low or lower on ${whole(it.n_as_low)} of ${whole(it.n_dates)} other dates`,
    left: say`–`,
  }
}

/** What shows that people were taken because of their use; nothing where nothing does. */
function signWords(gate: Gate, main: UsageSummary, { signs }: FallDoubt): ReleasedText[] {
  const label = gate.label(inSentence(shortUsage(main.label)))
  return signs.map((it) =>
    it.sign === 'everyone_used_before'
      ? say`Warning: everybody compared had ${label} before joining, as where people are taken because of their use (“the most costly patients”). Some fall then follows whatever is done.`
      : say`Warning: the year before joining ran above the year before that. People joined after a worse year than usual, and some fall follows whatever is done.`,
  )
}

/** Mee and Chua: the usual rate at which nothing would be left of the fall. */
function meeChuaWords(gate: Gate, { summary }: ReleasedUsage, { mee_chua }: FallDoubt): ReleasedText[] {
  if (mee_chua === null || mee_chua.mu_of_no_effect === null || mee_chua.mu_of_no_effect < 0) return []
  const usual = number(gate, mee_chua.mu_of_no_effect, summary.events)
  const earlier = number(gate, mee_chua.mu, summary.events)
  if (!usual.is_shown || !earlier.is_shown) return []
  return [
    say`By the method of Mee and Chua the whole fall would be regression to the mean if the usual rate of such people were ${usual} per person-year; in the earlier year it was ${earlier}.`,
  ]
}
