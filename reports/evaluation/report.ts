import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, HeadlineCard, ReportDocument, ReportSection } from '../../src/report/document.ts'
import { caveat } from '../../src/usage/caveat.ts'
import type { UsageSummary } from '../../src/usage/usage-result.ts'
import type { Analysis, ServiceAnalysis, UsageAnalysis } from '../analysis.ts'
import { dataPeriod, outcomeCohort, usageCohort } from '../parts/cohort-words.ts'
import { costCategories, costPayers, costTrace, releaseCost, releaseLines } from '../parts/cost-figures.ts'
import { costLead, costTable } from '../parts/cost-words.ts'
import { doubtTable } from '../parts/doubt-parts.ts'
import { headlineOutcomes } from '../parts/headline-scales.ts'
import { CHANGE_METHODS, COST_METHODS, GLOSSARY, thresholdNotes, USAGE_METHODS } from '../parts/method-notes.ts'
import { categoryBars, changeForest, improvementTitle } from '../parts/outcome-figures.ts'
import { releaseOutcome } from '../parts/release-outcome.ts'
import { releaseRates, releaseUsage } from '../parts/release-usage.ts'
import { interval, pValue, table } from '../parts/text.ts'
import { eventTime, rateRatioForest, shortUsage, useDistribution } from '../parts/usage-figures.ts'
import { usageFinding, verdictWords } from '../parts/usage-words.ts'

/** Use of services before and after joining, for one service: what an evaluator sends to a reviewer. */
export function composeEvaluationReport(
  analysis: Analysis,
  usage: UsageAnalysis,
  service: ServiceAnalysis | undefined,
  gate: Gate,
): ReportDocument {
  const outcomes = service === undefined ? [] : headlineOutcomes(service.outcomes)
  return {
    id: `evaluation-${usage.service.code}`,
    audience: 'evaluation',
    title: say`${gate.label(usage.service.name)}: before and after joining`,
    subtitle: say`Evaluation report: use of services, outcomes and cost in the ${gate.fact(analysis.facts.window_months)} months before and after`,
    finding: usageFinding(gate, usage),
    policy: gate.policy,
    generated_from: { data_period: dataPeriod(gate, analysis.facts), software: gate.label(analysis.facts.software) },
    cohort: [...usageCohort(gate, analysis.facts), ...outcomeCohort(gate, analysis.facts).slice(1)],
    headlines: headlines(gate, usage),
    sections: [
      useSection(gate, usage),
      doubtSection(gate, usage),
      ...outcomeSection(gate, service),
      costSection(gate, usage),
    ],
    methods: [...USAGE_METHODS, ...CHANGE_METHODS, ...COST_METHODS, ...thresholdNotes(gate, outcomes)],
    glossary: GLOSSARY,
  }
}

/** The summaries that lead: declared groups first, then single types, those with events only. */
function leading(usage: UsageAnalysis): readonly UsageSummary[] {
  const withEvents = usage.summaries.filter((it) => it.events.events_before + it.events.events_after > 0)
  return [...withEvents.filter((it) => it.is_group), ...withEvents.filter((it) => !it.is_group)]
}

function headlines(gate: Gate, usage: UsageAnalysis): HeadlineCard[] {
  const cards = leading(usage)
    .filter((it) => it.is_group)
    .slice(0, 2)
    .map((summary): HeadlineCard => {
      const { ratio, ratio_low, ratio_high } = releaseUsage(gate, summary)
      return {
        label: gate.label(shortUsage(summary.label)),
        value: ratio,
        detail: say`rate ratio, after ÷ before; 95% interval ${interval(ratio_low, ratio_high)}`,
        tone: 'neutral',
      }
    })
  const [main] = usage.summaries
  const followUp = main?.follow_up ?? { full: 0, partial: 0, zero: 0 }
  const { cells, total } = gate.partition(followUp)
  return [
    {
      label: say`People who joined`,
      value: total,
      detail: say`${cells.full} seen for the whole window on both sides, ${cells.partial} for part, ${cells.zero} with no time on one side`,
      tone: 'neutral',
    },
    ...cards,
    {
      label: say`Comparison group`,
      value: gate.absent(say`None`),
      detail: say`so a fall is not shown to be the service’s effect`,
      tone: 'caution',
    },
  ]
}

function useSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const [main] = leading(usage)
  return {
    id: 'use',
    title: say`Use of services before and after joining`,
    lead: say`${usageFinding(gate, usage)}.`,
    figures: [
      ...(main === undefined ? [] : [eventTime(gate, usage, main.usage_id)]),
      rateRatioForest(gate, usage),
      ...(main === undefined ? [] : [useDistribution(gate, main)]),
    ],
    tables: [anyUseTable(gate, usage), fullFollowUpTable(gate, usage), bedDaysTable(gate, usage)],
    notes: [gate.label(caveat(false)), ...notSupplied(gate, usage)],
  }
}

function notSupplied(gate: Gate, usage: UsageAnalysis): ReleasedText[] {
  return usage.summaries
    .filter((it) => it.event_types_not_supplied.length > 0)
    .map(
      (it) =>
        say`${gate.label(it.label)}: not supplied, and so not counted: ${gate.label(it.event_types_not_supplied.join(', ').replaceAll('_', ' '))}.`,
    )
}

function anyUseTable(gate: Gate, usage: UsageAnalysis): ReleasedTable {
  return table(
    gate,
    'any-use',
    'People with any use, among those seen for the whole window on both sides',
    [
      ['label', 'Service use', 'text'],
      ['before', 'Any before', 'percent'],
      ['after', 'Any after', 'percent'],
      ['stopped', 'Before only', 'count'],
      ['started', 'After only', 'count'],
      ['p', 'McNemar mid-p', 'number'],
    ],
    leading(usage).map((summary) => {
      const it = summary.any_use_full_follow_up
      const { cells, total } = gate.partition({
        both: it.n_both,
        before_only: it.n_before_only,
        after_only: it.n_after_only,
        neither: it.n_neither,
      })
      const add = (a: typeof total, b: typeof total) => gate.derive([a, b], (x, y) => x + y)
      return {
        label: gate.label(summary.label),
        before: gate.percentage(add(cells.both, cells.before_only), total),
        after: gate.percentage(add(cells.both, cells.after_only), total),
        stopped: cells.before_only,
        started: cells.after_only,
        p: pValue(gate.statistic(it.p, { n: it.n, decimals: 3, reason: say`nobody changed` })),
      }
    }),
  )
}

function fullFollowUpTable(gate: Gate, usage: UsageAnalysis): ReleasedTable {
  return table(
    gate,
    'full-follow-up',
    'The same comparison among people seen for the whole window on both sides',
    [
      ['label', 'Service use', 'text'],
      ['people', 'People', 'count'],
      ['rate_before', 'Per person-year before', 'number'],
      ['rate_after', 'Per person-year after', 'number'],
      ['ratio', 'Rate ratio', 'number'],
      ['range', '95% interval', 'text'],
    ],
    leading(usage).map((summary) => {
      const it = releaseRates(gate, summary.events_full_follow_up)
      return {
        label: gate.label(summary.label),
        people: it.n,
        rate_before: it.rate_before,
        rate_after: it.rate_after,
        ratio: it.ratio,
        range: interval(it.ratio_low, it.ratio_high),
      }
    }),
    [say`A check: if these differ much from the rates above, people followed for less time were different.`],
  )
}

function bedDaysTable(gate: Gate, usage: UsageAnalysis): ReleasedTable {
  const stays = leading(usage).flatMap((it) => (it.bed_days === null ? [] : [{ it, days: it.bed_days }]))
  return table(
    gate,
    'bed-days',
    'Bed days',
    [
      ['label', 'Stays', 'text'],
      ['before', 'Bed days before', 'count'],
      ['after', 'Bed days after', 'count'],
      ['rate_before', 'Per person-year before', 'number'],
      ['rate_after', 'Per person-year after', 'number'],
      ['ratio', 'Ratio', 'number'],
      ['range', '95% interval', 'text'],
    ],
    stays.map(({ it, days }) => {
      const rates = releaseRates(gate, days, it.any_use.n_before, it.any_use.n_after)
      return {
        label: gate.label(it.label),
        before: rates.events_before,
        after: rates.events_after,
        rate_before: rates.rate_before,
        rate_after: rates.rate_after,
        ratio: rates.ratio,
        range: interval(rates.ratio_low, rates.ratio_high),
      }
    }),
  )
}

function doubtSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const ids = new Set(leading(usage).map((it) => it.usage_id))
  const doubts = usage.doubts.filter((it) => ids.has(it.usage_id))
  return {
    id: 'doubt',
    title: say`Could it be people joining at their worst?`,
    lead: verdictWords(gate, usage),
    figures: leading(usage)
      .slice(1, 3)
      .map((it) => eventTime(gate, usage, it.usage_id)),
    tables: [doubtTable(gate, usage, doubts)],
    notes: [
      say`Even a fall that persists here may be regression to the mean over a longer time, a trend in all services, or people moving their care elsewhere. Only a comparison group can tell.`,
    ],
  }
}

function outcomeSection(gate: Gate, service: ServiceAnalysis | undefined): ReportSection[] {
  if (service === undefined) return []
  const outcomes = headlineOutcomes(service.outcomes).map((it) => releaseOutcome(gate, it))
  const [main] = outcomes
  if (main === undefined) return []
  const figures: (Figure | null)[] = [changeForest(gate, outcomes), categoryBars(gate, outcomes)]
  return [
    {
      id: 'outcomes',
      title: say`Outcome measures of the same service`,
      lead: say`${improvementTitle(gate, main)}.`,
      figures: figures.filter((figure) => figure !== null),
      tables: [],
      notes: [
        say`These are episodes with two scores, not the same people as above: the service report shows who is missing.`,
      ],
    },
  ]
}

function costSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const lines = releaseLines(gate, usage)
  const cost = releaseCost(gate, usage.cost)
  const categories = costCategories(gate, usage.service, lines)
  return {
    id: 'cost',
    title: say`What it cost`,
    lead: costLead(cost),
    figures: [...(categories === null ? [] : [categories]), costPayers(gate, usage.service, usage.cost, lines)],
    tables: [costTable(gate, usage.service, cost, usage.cost), costTrace(gate, usage.service, usage.cost, lines)],
    notes: [
      say`A bed day not used frees capacity; it releases cash only where a bed closes.`,
      gate.label(caveat(false)),
    ],
  }
}
