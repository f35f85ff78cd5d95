import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, HeadlineCard, ReportDocument, ReportSection } from '../../src/report/document.ts'
import { mcnemarMidP } from '../../src/stats/proportion.ts'
import { caveat } from '../../src/usage/caveat.ts'
import type { Analysis, RunFacts, ServiceAnalysis, UsageAnalysis } from '../analysis.ts'
import { afterSection } from '../parts/after-section.ts'
import { armSections } from '../parts/arms-section.ts'
import { CHANGE_DETAIL_METHODS, changeDetailSections } from '../parts/change-detail.ts'
import { generatedFrom, outcomeCohort, usageCohort } from '../parts/cohort-words.ts'
import { COMPARISON_METHODS, comparisonCard, comparisonSections, isCompared } from '../parts/comparison-section.ts'
import { costCategories, costPayers, releaseCost } from '../parts/cost-figures.ts'
import { costGroups, releaseLines } from '../parts/cost-lines.ts'
import { cashWords, costAppendix } from '../parts/cost-panels.ts'
import { costLead, costTable } from '../parts/cost-words.ts'
import { doubtTable } from '../parts/doubt-parts.ts'
import { expectedTable } from '../parts/expected-parts.ts'
import { flowsSection } from '../parts/flows-section.ts'
import { groupSections } from '../parts/groups-section.ts'
import { headlineOutcomes } from '../parts/headline-scales.ts'
import { measureSections } from '../parts/measures-section.ts'
import {
  CHANGE_METHODS,
  COST_METHODS,
  GLOSSARY,
  OVER_TIME_METHODS,
  SERVICES_METHODS,
  thresholdNotes,
  USAGE_METHODS,
} from '../parts/method-notes.ts'
import { missingSection } from '../parts/missing-section.ts'
import { netTornado } from '../parts/net-swings.ts'
import { categoryBars, changeForest, scaleName } from '../parts/outcome-figures.ts'
import { overTimeSections } from '../parts/over-time-section.ts'
import { ownNationalSections } from '../parts/own-national-section.ts'
import { qualityOverview } from '../parts/quality-overview.ts'
import { fixFirstSection } from '../parts/quality-section.ts'
import { rateEstimatesTable } from '../parts/rate-estimates.ts'
import { releaseOutcome } from '../parts/release-outcome.ts'
import { type ReleasedUsage, releaseAllUsage, releaseFollowUp, releaseRates, tooFew } from '../parts/release-usage.ts'
import { servicesSections } from '../parts/services-section.ts'
import { sessionsSection } from '../parts/sessions-section.ts'
import { shortWindowTable } from '../parts/short-window.ts'
import { interval, intervalCell, pValue, serviceWords, table } from '../parts/text.ts'
import { eventTime, rateRatioForest, shortUsage, useDistribution } from '../parts/usage-figures.ts'
import { mainUsage, usageFinding, verdictWords } from '../parts/usage-words.ts'
import { useChoicesSection } from '../parts/use-choices.ts'
import { VALUE_METHODS, valueSections } from '../parts/value-section.ts'

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
    title: say`${gate.label(serviceWords(usage.service))}: before and after joining`,
    subtitle: say`Use of services, outcomes and cost in the ${gate.fact(analysis.facts.window_months)} months before and after`,
    finding: say`${usageFinding(gate, usage)}.`,
    policy: gate.policy,
    generated_from: generatedFrom(gate, analysis.facts, service?.files ?? []),
    cohort: [...usageCohort(gate, analysis.facts), ...outcomeCohort(gate, analysis.facts).slice(1)],
    headlines: headlines(gate, analysis, usage),
    sections: [
      ...(service === undefined
        ? []
        : [fixFirstSection(gate, service), qualityOverview(gate, [service], { ...analysis, shared_files: [] })]),
      useSection(gate, analysis, usage),
      doubtSection(gate, usage),
      ...comparisonSections(gate, analysis, usage),
      ...useChoicesSection(gate, analysis.facts, usage),
      ...outcomeSection(gate, service),
      ...changeDetailSections(gate, service, 'evaluator'),
      ...(service === undefined ? [] : closerSections(gate, analysis.facts, service)),
      ...servicesSections(gate, analysis.services, analysis.facts),
      costSection(gate, usage),
      ...valueSections(gate, usage, outcomes[0] === undefined ? undefined : releaseOutcome(gate, outcomes[0])),
      ...(service === undefined ? [] : armSections(gate, analysis, service)),
    ],
    methods: [
      ...USAGE_METHODS,
      ...(usage.comparison === null ? [] : COMPARISON_METHODS),
      ...CHANGE_METHODS,
      ...CHANGE_DETAIL_METHODS,
      ...OVER_TIME_METHODS,
      ...SERVICES_METHODS,
      ...COST_METHODS,
      ...VALUE_METHODS,
      ...thresholdNotes(gate, outcomes),
    ],
    glossary: GLOSSARY,
  }
}

/** Declared groups first, then single types. All that were supplied: to leave out those with no events would tell none from few. */
function leading(gate: Gate, usage: UsageAnalysis): readonly ReleasedUsage[] {
  const all = releaseAllUsage(gate, usage)
  return [...all.filter((it) => it.summary.is_group), ...all.filter((it) => !it.summary.is_group)]
}

function headlines(gate: Gate, analysis: Analysis, usage: UsageAnalysis): HeadlineCard[] {
  const cards = leading(gate, usage)
    .filter((it) => it.summary.is_group)
    .slice(0, 2)
    .map(({ summary, ratio, ratio_low, ratio_high }): HeadlineCard => {
      const range = ratio_low.is_shown ? say`; 95% interval ${interval(ratio_low, ratio_high)}` : say``
      return {
        label: gate.label(shortUsage(summary.label)),
        value: ratio,
        detail: say`rate ratio, after ÷ before${range}`,
        tone: 'neutral',
      }
    })
  const { cells, total } = releaseFollowUp(gate, usage)
  return [
    {
      label: say`People who joined`,
      value: total,
      detail: say`${cells.full} seen for the whole window on both sides, ${cells.partial} for part, ${cells.zero} with no time on one side`,
      tone: 'neutral',
    },
    ...cards,
    comparisonCard(gate, analysis, usage),
  ]
}

function useSection(gate: Gate, analysis: Analysis, usage: UsageAnalysis): ReportSection {
  const main = mainUsage(usage)
  return {
    id: 'use',
    title: say`Use of services before and after joining`,
    lead: followUpLead(gate, usage),
    figures: [
      rateRatioForest(gate, usage),
      ...(main === undefined ? [] : [eventTime(gate, usage, main.usage_id), useDistribution(gate, main)]),
    ].filter((figure) => figure !== null),
    tables: [...bedDaysTable(gate, usage)],
    appendix: [...fullFollowUpTable(gate, usage), anyUseTable(gate, usage), ...rateEstimatesTable(gate, usage)],
    notes: [gate.label(caveat(isCompared(gate, analysis, usage))), ...notSupplied(gate, usage)],
  }
}

/** Person-time and partial follow-up, before any rate. */
function followUpLead(gate: Gate, usage: UsageAnalysis): ReleasedText {
  const { cells, total } = releaseFollowUp(gate, usage)
  const [first] = releaseAllUsage(gate, usage)
  const people = say`${total} people joined: ${cells.full} could be observed for the whole window on both sides, ${cells.partial} for part of it, and ${cells.zero} had no time on one side.`
  if (first === undefined) return people
  return say`${people} Together they give ${first.person_years_before} person-years before joining and ${first.person_years_after} after. Nobody is dropped for being followed less long: each counts for the time observed, and those with no time on one side are in no comparison.`
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
    leading(gate, usage).map((released) => anyUseRow(gate, released)),
    gate.policy.is_internal
      ? []
      : [
          say`Everything here is worked out from the rounded counts, the test too: a test of exact counts would give the counts away.`,
        ],
  )
}

function anyUseRow(gate: Gate, { summary, is_withheld }: ReleasedUsage): ReleasedTable['rows'][number] {
  const it = summary.any_use_full_follow_up
  const label = gate.label(shortUsage(summary.label))
  const hidden = tooFew(gate)
  if (is_withheld) return { label, before: hidden, after: hidden, stopped: hidden, started: hidden, p: hidden }
  const { cells, total } = gate.partition({
    both: it.n_both,
    before_only: it.n_before_only,
    after_only: it.n_after_only,
    neither: it.n_neither,
  })
  const add = (a: Released, b: Released) => gate.derive([a, b], (x, y) => x + y)
  const p = gate.derive([cells.before_only, cells.after_only], (before, after) => mcnemarMidP(before, after).p, {
    decimals: 3,
    reason: say`nobody changed`,
  })
  return {
    label,
    before: gate.percentage(add(cells.both, cells.before_only), total),
    after: gate.percentage(add(cells.both, cells.after_only), total),
    stopped: cells.before_only,
    started: cells.after_only,
    p: pValue(p),
  }
}

/** None where a few people only were followed in part: all less these would be a figure about those few. */
function fullFollowUpTable(gate: Gate, usage: UsageAnalysis): ReleasedTable[] {
  const { partial, zero } = releaseFollowUp(gate, usage).cells
  if (partial.is_suppressed || zero.is_suppressed || partial.value === 0) return []
  return [
    table(
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
      leading(gate, usage).map(({ summary, is_withheld }) => {
        const { n_before, n_after } = summary.any_use_full_follow_up
        const it = releaseRates(gate, summary.events_full_follow_up, { before: n_before, after: n_after, is_withheld })
        return {
          label: gate.label(shortUsage(summary.label)),
          people: it.n,
          rate_before: it.rate_before,
          rate_after: it.rate_after,
          ratio: it.ratio,
          range: intervalCell(it.ratio_low, it.ratio_high),
        }
      }),
      [say`A check: if these differ much from the rates of everyone, people followed for less time were different.`],
    ),
  ]
}

/** None where no extract of stays was supplied. */
function bedDaysTable(gate: Gate, usage: UsageAnalysis): ReleasedTable[] {
  const stays = leading(gate, usage).flatMap((it) =>
    it.summary.bed_days === null ? [] : [{ it, days: it.summary.bed_days }],
  )
  if (stays.length === 0) return []
  return [
    table(
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
        const { n_before, n_after } = it.summary.any_use
        const rates = releaseRates(gate, days, { before: n_before, after: n_after, is_withheld: it.is_withheld })
        return {
          label: gate.label(it.summary.label),
          before: rates.events_before,
          after: rates.events_after,
          rate_before: rates.rate_before,
          rate_after: rates.rate_after,
          ratio: rates.ratio,
          range: intervalCell(rates.ratio_low, rates.ratio_high),
        }
      }),
      [say`A stay that straddles the joining day is split there by day.`],
    ),
  ]
}

const TOO_FEW_BY_MONTH = say`Where most months hold too few events to show, no chart by month is drawn.`

function doubtSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const main = mainUsage(usage)
  const others = leading(gate, usage).filter((it) => it.ratio.is_shown && it.summary.usage_id !== main?.usage_id)
  const series = others.slice(0, 2).map((it) => eventTime(gate, usage, it.summary.usage_id))
  return {
    id: 'doubt',
    title: say`Could it be people joining at their worst?`,
    lead: verdictWords(gate, usage),
    figures: series.filter((figure) => figure !== null),
    tables: [...expectedTable(gate, usage), doubtTable(gate, usage), ...shortWindowTable(gate, usage)],
    notes: [
      ...(series.includes(null) ? [TOO_FEW_BY_MONTH] : []),
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
      lead: say`Of ${main.eligible} episodes eligible for ${scaleName(gate, main)}, ${main.paired} have two scores. These are not the same people as above; who is missing follows.`,
      figures: figures.filter((figure) => figure !== null),
      tables: [],
      notes: [],
    },
  ]
}

/** Who is missing and what became of gains, then the same change seen by rule, group, measure, month and session. */
function closerSections(gate: Gate, facts: RunFacts, service: ServiceAnalysis): readonly ReportSection[] {
  const outcomes = headlineOutcomes(service.outcomes).map((it) => releaseOutcome(gate, it))
  return [
    ...missingSection(gate, facts, service, outcomes),
    ...afterSection(gate, facts, service),
    ...[
      ...ownNationalSections(gate, facts, service),
      ...groupSections(gate, facts, service),
      ...measureSections(gate, facts, service),
      ...overTimeSections(gate, facts, service, outcomes[0]),
      ...sessionsSection(gate, service),
      ...flowsSection(gate, facts, service),
    ].map(withTablesFolded),
  ]
}

/** Its figures and its lead stay open, or its first table where it has no figure; the other tables open when asked for. */
function withTablesFolded(section: ReportSection): ReportSection {
  const n_open = section.figures.length === 0 ? 1 : 0
  return {
    ...section,
    tables: section.tables.slice(0, n_open),
    appendix: [...section.tables.slice(n_open), ...(section.appendix ?? [])],
  }
}

function costSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const lines = releaseLines(gate, usage)
  const cost = releaseCost(gate, usage.cost)
  const groups = costGroups(gate, usage, lines)
  const figures = [
    costCategories(gate, usage.service, groups),
    costPayers(gate, usage.service, usage.cost, groups),
    netTornado(gate, usage, cost, lines),
  ]
  return {
    id: 'cost',
    title: say`What it cost`,
    lead: say`${costLead(cost)} ${cashWords(gate, lines, cost.difference)}`,
    figures: figures.filter((figure) => figure !== null),
    tables: [costTable(gate, usage.service, cost, usage.cost)],
    appendix: costAppendix(gate, usage, cost, lines),
    notes: [say`A bed day not used frees capacity; it releases cash only where a bed closes.`],
  }
}
