import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { HeadlineCard, MethodNote, ReportSection } from '../../src/report/document.ts'
import { interruptedSeries } from '../../src/stats/interrupted-series.ts'
import type { Coefficient } from '../../src/stats/linear-regression.ts'
import { standardisedProportionDifference } from '../../src/stats/standardised-difference.ts'
import { caveat } from '../../src/usage/caveat.ts'
import type { BalancePair, BalanceRow, BalanceSide, ServiceContrast } from '../../src/usage/compare-services.ts'
import type { Analysis, ServiceComparison, UsageAnalysis } from '../analysis.ts'
import { CASE_MIX_WORDS, type CaseMixFact } from './case-mix-words.ts'
import { DIMENSION_WORDS, groupWords } from './group-words.ts'
import { type ReleasedContrast, type ReleasedEstimate, releaseContrast, withheldContrasts } from './release-contrast.ts'
import { estimateCell, interval, serviceWords, table } from './text.ts'
import { releaseMonth, shortUsage } from './usage-figures.ts'

type Found = NonNullable<ServiceComparison['found']>

export const COMPARISON_METHODS: readonly MethodNote[] = [
  {
    title: say`Comparison group`,
    text: say`Difference in differences: after ÷ before in the service over after ÷ before in the comparison service, and the change per person-year in one less that in the other. Intervals by bootstrap of whole people in both groups (percentile). Adjusted: pairs alike by a propensity score (logistic regression), nearest on its logit within 0.2 standard deviations, each person used once, pairs resampled together. By month: segmented regression of the difference between the two.`,
    source: say`Austin 2009 and 2011; Austin and Small 2014; Daw and Hatfield 2018; Lopez Bernal and others 2018`,
  },
]

/** Only where a comparison service is declared: unadjusted and adjusted together, whether the pairs are alike, and month by month. */
export function comparisonSections(gate: Gate, analysis: Analysis, usage: UsageAnalysis): ReportSection[] {
  const { comparison } = usage
  if (comparison === null) return []
  const title = say`Beside a comparison group: ${gate.label(serviceWords(comparison.with))}`
  const { found } = comparison
  if (found === null) {
    const lead = say`No kind of use was supplied alike for both services: nothing can be compared.`
    return [{ id: 'comparison', title, lead, figures: [], tables: [], notes: [] }]
  }
  const hidden = withheldContrasts(gate, analysis, usage)
  const unadjusted = releaseContrast(gate, found.unadjusted, hidden.unadjusted)
  const adjusted = found.adjusted === null ? null : releaseContrast(gate, found.adjusted, hidden.adjusted)
  return [
    {
      id: 'comparison',
      title,
      lead: leadWords(gate, found, unadjusted, adjusted),
      figures: [],
      tables: [
        contrastTable(gate, found, unadjusted, adjusted),
        ...(hidden.balance ? [] : [balanceTable(gate, found)]),
        ...(hidden.unadjusted ? [] : seriesTable(gate, analysis, usage, found)),
      ],
      notes: [
        gate.label(caveat(true)),
        say`What a comparison group can show: whether use fell by more here than where people joined something else over the same stretch, so that a trend in all services, or a return to usual that is alike in both, is not taken for the service’s doing. What it cannot: that the service is why. It rests on both groups having gone the same way without the service. People who join at a worse moment fall further by themselves, and choosing pairs by use before can bring in a fall of its own where the two differ in their usual use.`,
      ],
    },
  ]
}

/** Whether a comparison is on the page: without one, nothing is said to be compared. */
export function isCompared(gate: Gate, analysis: Analysis, usage: UsageAnalysis): boolean {
  const found = usage.comparison?.found ?? null
  if (found === null) return false
  const { unadjusted } = withheldContrasts(gate, analysis, usage)
  return releaseContrast(gate, found.unadjusted, unadjusted).ratio_of_ratios.estimate.is_shown
}

export function comparisonCard(gate: Gate, analysis: Analysis, usage: UsageAnalysis): HeadlineCard {
  const label = say`Comparison group`
  const found = usage.comparison?.found ?? null
  if (found === null || !isCompared(gate, analysis, usage)) {
    return {
      label,
      value: gate.absent(say`None`),
      detail: say`so a fall is not shown to be the service’s effect`,
      tone: 'caution',
    }
  }
  const { ratio_of_ratios } = releaseContrast(gate, found.unadjusted, false)
  return {
    label,
    value: ratio_of_ratios.estimate,
    detail: say`ratio of ratios, beside ${gate.label(serviceWords((usage.comparison as ServiceComparison).with))}; not randomised`,
    tone: 'caution',
  }
}

function leadWords(
  gate: Gate,
  found: Found,
  unadjusted: ReleasedContrast,
  adjusted: ReleasedContrast | null,
): ReleasedText {
  const label = gate.label(shortUsage(found.label))
  const { ratio_of_ratios, service, comparator } = unadjusted
  if (!ratio_of_ratios.estimate.is_shown) return say`${label}: not compared, ${ratio_of_ratios.estimate}.`
  return say`${label}: after ÷ before is ${service.ratio} in the service and ${comparator.ratio} in the comparison group, a ratio of ${inWords(ratio_of_ratios)} unadjusted; ${adjustedWords(found, adjusted)}. 1 means that both changed alike, below 1 that use fell by more in the service.`
}

function adjustedWords(found: Found, adjusted: ReleasedContrast | null): ReleasedText {
  if (adjusted === null) return say`not adjusted: ${MATCH_REASONS[found.matching.reason ?? 'no_pairs']}`
  const { ratio_of_ratios } = adjusted
  return ratio_of_ratios.estimate.is_shown
    ? say`${inWords(ratio_of_ratios)} in matched pairs`
    : say`in matched pairs: ${ratio_of_ratios.estimate}`
}

function inWords({ estimate, low, high }: ReleasedEstimate): ReleasedText {
  return low.is_shown ? say`${estimate} (95% interval ${interval(low, high)})` : say`${estimate} (no interval)`
}

const MATCH_REASONS: Readonly<Record<NonNullable<ServiceContrast['matching']['reason']>, ReleasedText>> = {
  fewer_than_20_people: say`fewer than 20 people in one of the two with everything recorded`,
  too_few_rows: say`too few people`,
  one_outcome: say`too few people`,
  columns_not_independent: say`what is known cannot be told apart`,
  separated: say`what is known tells the two groups apart entirely, so that no two people are alike`,
  not_converged: say`the propensity model has no solution`,
  all_alike: say`nobody differs`,
  no_pairs: say`no two people are alike enough`,
}

function contrastTable(
  gate: Gate,
  found: Found,
  unadjusted: ReleasedContrast,
  adjusted: ReleasedContrast | null,
): ReleasedTable {
  const used = found.matching.covariates.filter((it) => it.is_used).map((it) => covariateWords(it.covariate))
  const left = found.matching.covariates.filter((it) => !it.is_used).map((it) => covariateWords(it.covariate))
  const why = MATCH_REASONS[found.matching.reason ?? 'no_pairs']
  return table(
    gate,
    'comparison',
    `Difference in differences: ${shortUsage(found.label)}`,
    [
      ['label', 'Compared', 'text'],
      ['service_n', 'People, service', 'count'],
      ['comparator_n', 'People, comparison', 'count'],
      ['service', 'After ÷ before, service', 'number'],
      ['comparator', 'After ÷ before, comparison', 'number'],
      ['ratio', 'Ratio of ratios (95%)', 'text'],
      ['rate', 'Difference of changes, events per person-year (95%)', 'text'],
      ['cost', 'Difference of changes, NHS and social care cost per person-year (95%)', 'text'],
    ],
    [
      contrastRow(say`Unadjusted: everybody`, unadjusted),
      adjusted === null ? absentRow(gate, why) : contrastRow(say`Adjusted: matched pairs`, adjusted),
    ],
    [
      say`Matched on: ${gate.label(used.join(', '))}.`,
      ...(left.length === 0
        ? []
        : [
            say`Not matched on, since recorded for fewer than 80% in one of the two, or alike in nearly everybody: ${gate.label(left.join(', '))}.`,
          ]),
      say`Cost is counted over the kinds of use that both supplied. Below nought means less use, or less cost, in the service than the comparison group would lead one to expect.`,
    ],
  )
}

function contrastRow(label: ReleasedText, it: ReleasedContrast): ReleasedTable['rows'][number] {
  const cell = ({ estimate, low, high }: ReleasedEstimate) => estimateCell(estimate, low, high)
  return {
    label,
    service_n: it.service.n,
    comparator_n: it.comparator.n,
    service: it.service.ratio,
    comparator: it.comparator.ratio,
    ratio: cell(it.ratio_of_ratios),
    rate: cell(it.rate_difference),
    cost: cell(it.cost_difference),
  }
}

function absentRow(gate: Gate, why: ReleasedText): ReleasedTable['rows'][number] {
  const none = gate.absent(why)
  return {
    label: say`Adjusted: matched pairs`,
    ...{ service_n: none, comparator_n: none, service: none, comparator: none, ratio: none, rate: none, cost: none },
  }
}

function covariateWords(covariate: string): string {
  return covariate === 'use_before' ? 'use before' : CASE_MIX_WORDS[covariate as CaseMixFact]
}

function balanceTable(gate: Gate, { balance }: Found): ReleasedTable {
  return table(
    gate,
    'comparison-balance',
    'Are the two groups alike at joining? Before and after matching',
    [
      ['label', 'At joining', 'text'],
      ['service', 'Service', 'number'],
      ['comparator', 'Comparison', 'number'],
      ['difference', 'Difference, SD', 'number'],
      ['service_matched', 'Service, matched', 'number'],
      ['comparator_matched', 'Comparison, matched', 'number'],
      ['difference_matched', 'Difference matched, SD', 'number'],
    ],
    balance.map((row) => {
      const [before, after] = [balanceCells(gate, row.before), balanceCells(gate, row.after)]
      return {
        label: gate.label(rowWords(row)),
        ...before,
        service_matched: after.service,
        comparator_matched: after.comparator,
        difference_matched: after.difference,
      }
    }),
    [
      say`Of people of whom all this is recorded. Difference: the service less the comparison group, in standard deviations. Beyond 0.1 either way after matching, the pairs are still not alike in it (Austin 2009). What is not recorded may differ all the same.`,
    ],
  )
}

function rowWords({ covariate, levels }: BalanceRow): string {
  if (levels === null) return 'Use before, per person-year (mean)'
  const dimension = covariate as Exclude<CaseMixFact, 'pathway'>
  return `${DIMENSION_WORDS[dimension]}: ${levels.map((level) => groupWords(dimension, level)).join(' or ')}`
}

interface BalanceCells {
  readonly service: Released
  readonly comparator: Released
  readonly difference: Released
}

function balanceCells(gate: Gate, pair: BalancePair | null): BalanceCells {
  if (pair === null) {
    const none = gate.absent(say`not matched`)
    return { service: none, comparator: none, difference: none }
  }
  const [n1, n2] = [pair.service.n, pair.comparator.n]
  if (pair.service.x === null) {
    const mean = (side: BalanceSide) => gate.statistic(side.value, { n: side.n, decimals: 2 })
    return {
      service: mean(pair.service),
      comparator: mean(pair.comparator),
      difference: gate.statistic(pair.difference, { n: Math.min(n1, n2), decimals: 2, reason: say`no spread` }),
    }
  }
  return shareCells(gate, pair)
}

/** Worked out from the released counts: from the exact ones it would give them away. */
function shareCells(gate: Gate, pair: BalancePair): BalanceCells {
  const parted = ({ n, x }: BalanceSide) => gate.partition({ so: x ?? 0, not_so: n - (x ?? 0) })
  const [first, second] = [parted(pair.service), parted(pair.comparator)]
  return {
    service: gate.percentage(first.cells.so, first.total),
    comparator: gate.percentage(second.cells.so, second.total),
    difference: gate.derive(
      [first.cells.so, first.total, second.cells.so, second.total],
      (x1, m1, x2, m2) => standardisedProportionDifference(Math.min(x1, m1), m1, Math.min(x2, m2), m2),
      { decimals: 2, reason: say`no spread` },
    ),
  }
}

/** Months -12..11 of the difference of the two rates, from the rates shown and nothing else; none where too few are. */
function seriesTable(gate: Gate, { usage: all }: Analysis, usage: UsageAnalysis, found: Found): ReleasedTable[] {
  const other = all.find((it) => it.service.code === usage.comparison?.with.code)
  const rates = (it: UsageAnalysis | undefined) =>
    new Map(
      (it?.months ?? [])
        .filter((month) => month.usage_id === found.usage_id)
        .map((month) => [month.month_offset, releaseMonth(gate, month).rate]),
    )
  const [own, theirs] = [rates(usage), rates(other)]
  const shown = [...own].flatMap(([offset, rate]) => {
    const beside = theirs.get(offset)
    if (beside === undefined || offset < -12 || offset > 11) return []
    const difference = gate.derive([rate, beside], (a, b) => a - b, { decimals: 2 })
    return difference.value === null ? [] : [{ time: offset + 12, value: difference.value, difference }]
  })
  const series = interruptedSeries(shown, 12)
  const released = (value: number | null | undefined) =>
    gate.derive(
      shown.map((it) => it.difference),
      () => value ?? null,
      { decimals: 2, reason: say`too few months can be shown, or nothing varies` },
    )
  const cell = (it: Coefficient | null) =>
    estimateCell(released(it?.estimate), released(it?.ci95[0]), released(it?.ci95[1]))
  return [
    table(
      gate,
      'comparison-series',
      'Month by month: the service’s rate less the comparison group’s',
      [
        ['before', 'Months before', 'number'],
        ['after', 'Months after', 'number'],
        ['slope', 'Slope before, a month (95%)', 'text'],
        ['jump', 'Jump at joining (95%)', 'text'],
        ['bend', 'Change of slope, a month (95%)', 'text'],
      ],
      [
        {
          before: gate.fact(series.n_before),
          after: gate.fact(series.n_after),
          slope: cell(series.slope_before),
          jump: cell(series.level_change),
          bend: cell(series.slope_change),
        },
      ],
      [
        say`Interrupted time series with a control: events per person-year in each of the twelve months before and after joining, one group less the other, with a line before and one after. A slope before that is not level means that the two were already going different ways.`,
        ...(found.n_in_both === 0 ? [] : [say`People of both services are in both series.`]),
      ],
    ),
  ]
}
