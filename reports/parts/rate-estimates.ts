import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { ESTIMANDS, type RateEstimate, type RateMethod } from '../../src/usage/estimate-rates.ts'
import type { UsageAnalysis } from '../analysis.ts'
import { type ReleasedUsage, releaseAllUsage, tooFew } from './release-usage.ts'
import { intervalCell, table } from './text.ts'
import { shortUsage } from './usage-figures.ts'

const METHOD_LABELS: Readonly<Record<RateMethod, string>> = {
  jackknife: 'One person left out at a time, t(n − 1)',
  clustered: 'People as clusters, t(n − 1)',
  bootstrap_bca: 'People drawn again and again (BCa)',
  exact: 'Exact, events taken as independent',
  negative_binomial: 'Negative binomial (NB2)',
  conditional_poisson: 'Conditional Poisson',
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  fewer_than_6_people: 'fewer than 6 people',
  fewer_than_20_people: 'fewer than 20 people',
  more_than_5000_people: 'more than 5,000 people: the others serve',
  undefined_in_resamples: 'some draws hold no events before',
  one_person_has_all_events: 'one person has all events of a side',
  degenerate: 'does not exist for these numbers',
  no_variation: 'no spread between people',
  no_events_before: 'none before',
  no_events_after: 'none after',
  no_events: 'no events',
  no_ratio: 'no ratio exists',
  no_person_time: 'no person-time',
  no_people: 'nobody to compare',
  one_person: 'too few people',
  fewer_than_2_people: 'too few people',
  events_without_person_time: 'no person-time',
  not_overdispersed: 'counts vary no more than by chance: Poisson instead',
}

/** The rate ratio of each kind of use by every method, each beside what it is a ratio of; none where no ratio is shown. */
export function rateEstimatesTable(gate: Gate, usage: UsageAnalysis): ReleasedTable[] {
  const all = releaseAllUsage(gate, usage).filter((it) => it.ratio.is_shown && it.summary.estimates.length > 0)
  if (all.length === 0) return []
  return [
    table(
      gate,
      'rate-estimates',
      'The same ratio by other methods',
      [
        ['label', 'Service use', 'text'],
        ['method', 'Method', 'text'],
        ['estimand', 'Ratio of', 'text'],
        ['ratio', 'Rate ratio', 'number'],
        ['range', '95% interval', 'text'],
        ['dispersion', 'Dispersion', 'number'],
      ],
      all.flatMap((it) => it.summary.estimates.map((estimate) => row(gate, it, estimate))),
      [
        say`The first line of each kind of use is the one that this report prints elsewhere. Methods with one and the same “ratio of” differ only in their interval; where the words differ, the numbers may rightly differ too.`,
        say`Dispersion: the spread of people’s counts over what chance alone would give; above 1, a few people have many events, and the exact interval is too narrow. The negative binomial takes a person’s two windows for independent, so its interval is wide where people keep their own level.`,
      ],
    ),
  ]
}

function row(gate: Gate, it: ReleasedUsage, estimate: RateEstimate): ReleasedTable['rows'][number] {
  const { n_users_before, n_users_after } = it.summary.events
  // A ratio of people is released where the events of both sides are, and rests on those who had them.
  const n = Math.min(estimate.n, Math.max(n_users_before, n_users_after))
  const reason = gate.label(REASON_WORDS[estimate.reason ?? ''] ?? 'not available')
  const number = (value: number | null) => gate.statistic(value, { n, decimals: 2, reason })
  const [low, high] = estimate.ci95 ?? [null, null]
  const isPoisson = estimate.reason === 'not_overdispersed'
  return {
    label: gate.label(shortUsage(it.summary.label)),
    method: gate.label(isPoisson ? 'Poisson: counts vary no more than by chance' : METHOD_LABELS[estimate.method]),
    estimand: gate.label(ESTIMANDS[estimate.estimand]),
    ratio: it.is_withheld ? tooFew(gate) : number(estimate.ratio),
    range: it.is_withheld ? tooFew(gate) : intervalCell(number(low), number(high)),
    dispersion: it.dispersion,
  }
}
