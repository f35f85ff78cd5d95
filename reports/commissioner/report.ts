import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { HeadlineCard, ReportDocument, ReportSection } from '../../src/report/document.ts'
import { caveat } from '../../src/usage/caveat.ts'
import type { Analysis, UsageAnalysis } from '../analysis.ts'
import { generatedFrom, outcomeCohort, usageCohort } from '../parts/cohort-words.ts'
import { COMPLETENESS_COLUMNS, completenessCells } from '../parts/completeness-columns.ts'
import { costCategories, costPayers, releaseCost } from '../parts/cost-figures.ts'
import { costGroups, releaseLines } from '../parts/cost-lines.ts'
import { cashWords, costAppendix } from '../parts/cost-panels.ts'
import { costLead, costTable, netWords } from '../parts/cost-words.ts'
import { frequentSection } from '../parts/flows-frequent.ts'
import { headlineOutcomes } from '../parts/headline-scales.ts'
import { icbSection } from '../parts/icb-section.ts'
import { joinedServices, joinedTable, joinedWords } from '../parts/joined-table.ts'
import { CHANGE_METHODS, COST_METHODS, GLOSSARY, SERVICES_METHODS, USAGE_METHODS } from '../parts/method-notes.ts'
import { netTornado } from '../parts/net-swings.ts'
import { scaleName } from '../parts/outcome-figures.ts'
import { qualityOverview } from '../parts/quality-overview.ts'
import { releaseOutcome } from '../parts/release-outcome.ts'
import { releaseAllUsage, releaseFollowUp, releaseUsage } from '../parts/release-usage.ts'
import { savedCohortWords } from '../parts/saved-cohorts.ts'
import { servicesSections } from '../parts/services-section.ts'
import { estimateCell, interval, intervalCell, join, serviceWords, table } from '../parts/text.ts'
import { eventTime, shortUsage } from '../parts/usage-figures.ts'
import { mainUsage, shownVerdict, usageFinding, VERDICTS } from '../parts/usage-words.ts'

/** Across services: what emergency and hospital care cost before and after, net of what the services cost, and what may not be said. */
export function composeCommissionerReport(analysis: Analysis, gate: Gate): ReportDocument {
  const costed = analysis.usage
  return {
    id: 'commissioner',
    audience: 'commissioner',
    title: say`Cost of care before and after joining, across services`,
    subtitle: gate.label(analysis.facts.project),
    finding: dashboardFinding(gate, costed),
    policy: gate.policy,
    generated_from: generatedFrom(gate, analysis.facts, [
      ...analysis.services.flatMap((it) => it.files),
      ...analysis.shared_files,
    ]),
    cohort: [
      ...usageCohort(gate, analysis.facts),
      ...outcomeCohort(gate, analysis.facts).slice(2, 3),
      ...savedCohortWords(gate, analysis.facts),
    ],
    headlines: costed.length === 0 ? [] : [...costed.slice(0, 3).map((usage) => card(gate, usage)), noComparison(gate)],
    sections: [
      qualityOverview(
        gate,
        analysis.services.filter((it) => it.files.length > 0 || it.n_people > 0),
        analysis,
      ),
      ...(costed.length === 0 ? [] : [overviewSection(gate, costed)]),
      ...costed.map((usage) => serviceSection(gate, usage)),
      outcomesSection(gate, analysis),
      ...icbSection(gate, analysis),
      ...frequentSection(gate, analysis.services),
      ...servicesSections(gate, analysis.services, analysis.facts),
    ],
    methods: [...COST_METHODS, ...USAGE_METHODS, ...CHANGE_METHODS, ...SERVICES_METHODS],
    glossary: GLOSSARY,
  }
}

function dashboardFinding(gate: Gate, costed: readonly UsageAnalysis[]): ReleasedText {
  if (costed.length === 0) return say`No extracts of service use were supplied, so there is no cost to show.`
  const said = costed.map((usage) => {
    const name = gate.label(usage.service.name)
    const cost = releaseCost(gate, usage.cost)
    if (!cost.difference.is_shown) return say`${name}: too few people for a comparison of cost.`
    if (!cost.net.is_shown)
      return say`${name}: ${cost.before} a person-year before joining, ${cost.after} after; its own cost was not supplied.`
    return say`${name}: ${netWords(cost)}.`
  })
  return say`${join(said, ' ')} There is no comparison group, so none of it is shown to be the services’ doing.`
}

function card(gate: Gate, usage: UsageAnalysis): HeadlineCard {
  const cost = releaseCost(gate, usage.cost)
  const name = gate.label(serviceWords(usage.service))
  const range = (low: Released, high: Released) =>
    low.is_shown ? say`95% interval ${interval(low, high)}` : say`no interval`
  const care = say`Care cost ${cost.before} a person-year before joining and ${cost.after} after`
  if (cost.net.is_shown) {
    return {
      label: say`${name}: net a person, first year`,
      value: cost.net,
      detail: say`${range(cost.net_low, cost.net_high)}; below zero is less cost. ${care}; the service costs ${cost.programme} a person`,
      tone: 'neutral',
    }
  }
  return {
    label: say`${name}: gross change a person-year`,
    value: cost.difference,
    detail: cost.difference.is_shown
      ? say`${range(cost.low, cost.high)}. ${care}; the service’s own cost was not supplied, so this is not net`
      : say`too few people for a comparison of cost`,
    tone: 'caution',
  }
}

function noComparison(gate: Gate): HeadlineCard {
  return {
    label: say`What may not be said`,
    value: gate.absent(say`That the services brought this about`),
    detail: say`There is no comparison group, and people join when things are at their worst. Nor is less cost cash in hand`,
    tone: 'caution',
  }
}

function overviewSection(gate: Gate, costed: readonly UsageAnalysis[]): ReportSection {
  return {
    id: 'overview',
    title: say`The services side by side`,
    lead: say`The services see different people, who joined at different moments of need: the rows are not a ranking.`,
    figures: [],
    tables: [overviewTable(gate, costed), verdictTable(gate, costed)],
    notes: [gate.label(caveat(false)), ...comparedElsewhere(gate, costed)],
  }
}

function comparedElsewhere(gate: Gate, costed: readonly UsageAnalysis[]): ReleasedText[] {
  const names = costed.filter((it) => it.comparison !== null).map((it) => serviceWords(it.service))
  return names.length === 0
    ? []
    : [
        say`On this page everything is before and after alone. The evaluation report has a comparison service beside: ${gate.label(names.join('; '))}.`,
      ]
}

function overviewTable(gate: Gate, costed: readonly UsageAnalysis[]): ReleasedTable {
  return table(
    gate,
    'overview',
    'Cost per person-year before and after, and net of the service',
    [
      ['service', 'Service', 'text'],
      ['people', 'Joined', 'count'],
      ['before', 'Before', 'money'],
      ['after', 'After', 'money'],
      ['difference', 'Change', 'money'],
      ['programme', 'The service, a person', 'money'],
      ['net', 'Net, a person', 'money'],
      ['range', '95% interval of the net', 'text'],
      ['break_even', 'Break-even share', 'percent'],
    ],
    costed.map((usage) => {
      const cost = releaseCost(gate, usage.cost)
      return {
        service: gate.label(serviceWords(usage.service)),
        people: releaseFollowUp(gate, usage).total,
        before: cost.before,
        after: cost.after,
        difference: cost.difference,
        programme: cost.programme,
        net: cost.net,
        range: intervalCell(cost.net_low, cost.net_high),
        break_even: cost.break_even_percent,
      }
    }),
    [
      say`NHS and personal social services; police and other public costs are in the tables by payer. Below zero is less cost. Net is the cost of the service and the change in a person’s first year together.`,
      say`Break-even share: how much of the fall would have to be the service’s doing for it to cover its own cost.`,
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
      ['ratio', 'Rate ratio, after ÷ before (95% interval)', 'text'],
      ['verdict', 'What may be said', 'text'],
    ],
    costed.flatMap((usage) => {
      const main = mainUsage(usage)
      if (main === undefined) return []
      const released = releaseUsage(gate, main)
      return [
        {
          service: gate.label(serviceWords(usage.service)),
          use: gate.label(shortUsage(main.label)),
          ratio: estimateCell(released.ratio, released.ratio_low, released.ratio_high),
          verdict: VERDICTS[shownVerdict(usage, released)],
        },
      ]
    }),
  )
}

function serviceSection(gate: Gate, usage: UsageAnalysis): ReportSection {
  const lines = releaseLines(gate, usage)
  const groups = costGroups(gate, usage, lines)
  const cost = releaseCost(gate, usage.cost)
  const main = mainUsage(usage)
  const figures = [
    costCategories(gate, usage.service, groups),
    costPayers(gate, usage.service, usage.cost, groups),
    main === undefined ? null : eventTime(gate, usage, main.usage_id),
    netTornado(gate, usage, cost, lines),
  ]
  return {
    id: `cost-${usage.service.code}`,
    title: gate.label(serviceWords(usage.service)),
    lead: say`${costLead(cost)} ${cashWords(gate, lines, cost.difference)} ${usageFinding(gate, usage)}.`,
    figures: figures.filter((figure) => figure !== null),
    tables: [],
    appendix: [
      costTable(gate, usage.service, cost, usage.cost),
      ...costAppendix(gate, usage, cost, lines),
      usesTable(gate, usage),
    ],
    notes: [say`A bed day not used frees capacity; it releases cash only where a bed closes.`],
  }
}

function usesTable(gate: Gate, usage: UsageAnalysis): ReleasedTable {
  return table(
    gate,
    `rates-${usage.service.code}`,
    `Rates behind the costs, ${serviceWords(usage.service)}`,
    [
      ['label', 'Service use', 'text'],
      ['before', 'Per person-year before', 'number'],
      ['after', 'Per person-year after', 'number'],
      ['ratio', 'Rate ratio', 'number'],
      ['range', '95% interval', 'text'],
    ],
    releaseAllUsage(gate, usage)
      .filter((it) => !it.summary.is_group)
      .map((it) => ({
        label: gate.label(it.summary.label),
        before: it.rate_before,
        after: it.rate_after,
        ratio: it.ratio,
        range: intervalCell(it.ratio_low, it.ratio_high),
      })),
  )
}

function outcomesSection(gate: Gate, { services, usage }: Analysis): ReportSection {
  const joined = joinedServices(usage)
  const rows = services.flatMap((service) => {
    const [main] = headlineOutcomes(service.outcomes)
    if (main === undefined) return []
    const it = releaseOutcome(gate, main)
    return [
      {
        service: gate.label(serviceWords(service.service)),
        measure: scaleName(gate, it),
        ...completenessCells(gate, it),
        improvement: it.improvement,
        range: intervalCell(it.improvement_low, it.improvement_high),
        improved: it.improved.percent,
      },
    ]
  })
  return {
    id: 'outcomes',
    title: say`Outcomes, and how many people they rest on`,
    lead: say`Outcomes rest on episodes with two scores; costs on everyone who joined and was seen on both sides. The two groups overlap but are not the same people. ${joinedWords(gate, joined)}`,
    figures: [],
    tables: [
      ...(joined.length === 0 ? [] : [joinedTable(gate, joined)]),
      table(
        gate,
        'outcomes',
        'The measure with most paired scores in each service',
        [
          ['service', 'Service', 'text'],
          ['measure', 'Measure', 'text'],
          ...COMPLETENESS_COLUMNS,
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
