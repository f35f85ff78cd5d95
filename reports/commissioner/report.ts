import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { HeadlineCard, ReportDocument, ReportSection } from '../../src/report/document.ts'
import { caveat } from '../../src/usage/caveat.ts'
import type { Analysis, ServiceAnalysis, UsageAnalysis } from '../analysis.ts'
import { dataPeriod, outcomeCohort, usageCohort } from '../parts/cohort-words.ts'
import { costCategories, costPayers, costTrace, releaseCost, releaseLines } from '../parts/cost-figures.ts'
import { costLead, costTable } from '../parts/cost-words.ts'
import { headlineOutcomes } from '../parts/headline-scales.ts'
import { CHANGE_METHODS, COST_METHODS, GLOSSARY, USAGE_METHODS } from '../parts/method-notes.ts'
import { scaleName } from '../parts/outcome-figures.ts'
import { releaseOutcome } from '../parts/release-outcome.ts'
import { releaseUsage } from '../parts/release-usage.ts'
import { interval, table } from '../parts/text.ts'
import { eventTime } from '../parts/usage-figures.ts'
import { mainUsage, usageFinding, verdictOf } from '../parts/usage-words.ts'

/** Across services: what emergency and hospital care cost before and after, beside what the services cost and achieve. */
export function composeCommissionerReport(analysis: Analysis, gate: Gate): ReportDocument {
  const costed = analysis.usage
  return {
    id: 'commissioner',
    audience: 'commissioner',
    title: say`Cost of care before and after joining, across services`,
    subtitle: say`Commissioner dashboard: ${gate.label(analysis.facts.project)}`,
    finding: dashboardFinding(gate, costed),
    policy: gate.policy,
    generated_from: { data_period: dataPeriod(gate, analysis.facts), software: gate.label(analysis.facts.software) },
    cohort: [...usageCohort(gate, analysis.facts), ...outcomeCohort(gate, analysis.facts).slice(2, 3)],
    headlines: costed.slice(0, 4).map((usage) => card(gate, usage)),
    sections: [
      overviewSection(gate, analysis),
      ...costed.map((usage) => serviceSection(gate, usage)),
      outcomesSection(gate, analysis.services),
    ],
    methods: [...COST_METHODS, ...USAGE_METHODS, ...CHANGE_METHODS],
    glossary: GLOSSARY,
  }
}

function dashboardFinding(gate: Gate, costed: readonly UsageAnalysis[]): ReleasedText {
  const [first] = costed
  if (first === undefined) return say`No extracts of service use were supplied, so there is no cost to show`
  return say`${gate.label(first.service.name)}: ${costLead(releaseCost(gate, first.cost))}`
}

function card(gate: Gate, usage: UsageAnalysis): HeadlineCard {
  const cost = releaseCost(gate, usage.cost)
  if (cost.net.is_shown) {
    return {
      label: say`${gate.label(usage.service.name)}: net`,
      value: cost.net,
      detail: say`a person in the first year; 95% interval ${interval(cost.net_low, cost.net_high)}. Below zero is less cost`,
      tone: 'neutral',
    }
  }
  return {
    label: say`${gate.label(usage.service.name)}: gross`,
    value: cost.difference,
    detail: say`per person-year; 95% interval ${interval(cost.low, cost.high)}. Gross: service cost not supplied`,
    tone: 'caution',
  }
}

function overviewSection(gate: Gate, analysis: Analysis): ReportSection {
  return {
    id: 'overview',
    title: say`The services side by side`,
    lead: say`The services see different people, joined at different moments of need: the rows are not a ranking, and none has a comparison group.`,
    figures: [],
    tables: [overviewTable(gate, analysis.usage), verdictTable(gate, analysis.usage)],
    notes: [gate.label(caveat(false))],
  }
}

function overviewTable(gate: Gate, costed: readonly UsageAnalysis[]): ReleasedTable {
  return table(
    gate,
    'overview',
    'Cost per person-year, and the net change a person',
    [
      ['service', 'Service', 'text'],
      ['people', 'Joined', 'count'],
      ['before', 'Before', 'money'],
      ['after', 'After', 'money'],
      ['difference', 'Change (95% interval)', 'text'],
      ['programme', 'Own cost', 'money'],
      ['net', 'Net', 'money'],
      ['break_even', 'Break-even share', 'percent'],
    ],
    costed.map((usage) => {
      const cost = releaseCost(gate, usage.cost)
      return {
        service: gate.label(usage.service.name),
        people: gate.count(usage.n_joined),
        before: cost.before,
        after: cost.after,
        difference: say`${cost.difference} (${interval(cost.low, cost.high)})`,
        programme: cost.programme,
        net: cost.net,
        break_even: cost.break_even_percent,
      }
    }),
    [
      say`NHS and personal social services; police and other public costs are in the tables by payer. Below zero is less cost.`,
      say`Break-even share: how much of the fall would have to be the service’s doing for it to cover its own cost. Above 100% it cannot.`,
    ],
  )
}

function verdictTable(gate: Gate, costed: readonly UsageAnalysis[]): ReleasedTable {
  return table(
    gate,
    'verdicts',
    'Use of services, and what may be said of it',
    [
      ['service', 'Service', 'text'],
      ['use', 'Service use', 'text'],
      ['ratio', 'Rate ratio, after ÷ before', 'text'],
      ['verdict', 'What may be said', 'text'],
    ],
    costed.flatMap((usage) => {
      const main = mainUsage(usage)
      if (main === undefined) return []
      const { ratio, ratio_low, ratio_high } = releaseUsage(gate, main)
      return [
        {
          service: gate.label(usage.service.name),
          use: gate.label(main.label),
          ratio: say`${ratio} (${interval(ratio_low, ratio_high)})`,
          verdict: verdictOf(usage, main.usage_id),
        },
      ]
    }),
  )
}

function serviceSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const lines = releaseLines(gate, usage)
  const cost = releaseCost(gate, usage.cost)
  const categories = costCategories(gate, usage.service, lines)
  const main = mainUsage(usage)
  return {
    id: `cost-${usage.service.code}`,
    title: gate.label(usage.service.name),
    lead: say`${costLead(cost)} ${usageFinding(gate, usage)}.`,
    figures: [
      ...(categories === null ? [] : [categories]),
      costPayers(gate, usage.service, usage.cost, lines),
      ...(main === undefined ? [] : [eventTime(gate, usage, main.usage_id)]),
    ],
    tables: [
      costTable(gate, usage.service, cost, usage.cost),
      costTrace(gate, usage.service, usage.cost, lines),
      usesTable(gate, usage),
    ],
    notes: [say`A bed day not used frees capacity; it releases cash only where a bed closes.`],
  }
}

function usesTable(gate: Gate, usage: UsageAnalysis): ReleasedTable {
  return table(
    gate,
    `rates-${usage.service.code}`,
    `Rates behind the costs, ${usage.service.name}`,
    [
      ['label', 'Service use', 'text'],
      ['before', 'Per person-year before', 'number'],
      ['after', 'Per person-year after', 'number'],
      ['ratio', 'Rate ratio', 'number'],
      ['range', '95% interval', 'text'],
    ],
    usage.summaries
      .filter((it) => !it.is_group)
      .map((summary) => {
        const it = releaseUsage(gate, summary)
        return {
          label: gate.label(summary.label),
          before: it.rate_before,
          after: it.rate_after,
          ratio: it.ratio,
          range: interval(it.ratio_low, it.ratio_high),
        }
      }),
  )
}

function outcomesSection(gate: Gate, services: readonly ServiceAnalysis[]): ReportSection {
  const rows = services.flatMap((service) => {
    const [main] = headlineOutcomes(service.outcomes)
    if (main === undefined) return []
    const it = releaseOutcome(gate, main)
    return [
      {
        service: gate.label(service.service.name),
        measure: scaleName(gate, it),
        eligible: it.eligible,
        paired: it.paired,
        complete: gate.percentage(it.paired, it.eligible),
        improvement: it.improvement,
        range: interval(it.improvement_low, it.improvement_high),
        improved: it.improved.percent,
      },
    ]
  })
  return {
    id: 'outcomes',
    title: say`Outcomes, and how many people they rest on`,
    lead: say`Outcomes rest on episodes with two scores; costs on everyone who joined. The two groups overlap but are not the same people.`,
    figures: [],
    tables: [
      table(
        gate,
        'outcomes',
        'The measure with most paired scores in each service',
        [
          ['service', 'Service', 'text'],
          ['measure', 'Measure', 'text'],
          ['eligible', 'Eligible', 'count'],
          ['paired', 'Two scores', 'count'],
          ['complete', 'Two scores, of eligible', 'percent'],
          ['improvement', 'Mean improvement, points', 'number'],
          ['range', '95% interval', 'text'],
          ['improved', 'Reliably improved', 'percent'],
        ],
        rows,
        [
          say`Measures differ, and so do the people who come: the rows cannot be ranked. Few paired scores make a mean improvement doubtful whatever its interval says.`,
        ],
      ),
    ],
    notes: [],
  }
}
