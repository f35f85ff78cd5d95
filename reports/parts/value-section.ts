import type { DeriveOptions, Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Persistence } from '../../src/economics/qaly.ts'
import type { ValueReason } from '../../src/economics/value-for-money.ts'
import type { MethodNote, ReportSection } from '../../src/report/document.ts'
import type { ServiceName, UsageAnalysis } from '../analysis.ts'
import { cheersTable } from './cheers-table.ts'
import { costPerImprovement } from './cost-per-improvement.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { type ReleasedValue, releaseScenarios, releaseValue } from './release-value.ts'
import { interval, intervalCell, serviceWords, table } from './text.ts'
import { acceptability, cePlane, valueTornado } from './value-figures.ts'

const REASONS: Readonly<Record<ValueReason, ReleasedText>> = {
  no_utilities: say`Value for money cannot be worked out: it needs utilities, and none were in the exports. EQ-5D-5L gives them; a ReQoL score is not one, unless a licence holder’s table of weights is supplied.`,
  no_programme_cost: say`Value for money cannot be worked out: the service’s own cost was not supplied. State it under “programmes” in outcomes.yaml.`,
  fewer_than_20_people: say`Value for money cannot be worked out: fewer than 20 people were seen for the whole window on both sides and have a utility at joining and a later one.`,
}

const PERSISTENCE_WORDS: Readonly<Record<Persistence, ReleasedText>> = {
  none: say`A change in quality of life is taken to end when it was last measured.`,
  fades: say`A change in quality of life is taken to fade to nothing by the end of the window, in a straight line from when it was last measured.`,
  full: say`A change in quality of life is taken to stay as last measured to the end of the window.`,
}

/** Is what was gained worth what it cost? One section, with the reason where it cannot be said. */
export function valueSections(gate: Gate, usage: UsageAnalysis, outcome: ReleasedOutcome | undefined): ReportSection[] {
  const released = releaseValue(gate, usage.value)
  const perImprovement = [costPerImprovement(gate, usage, outcome)].filter((it) => it !== null)
  const shared = { id: 'value', title: say`Was it worth what it cost?` }
  if (released === null) {
    const reason = usage.value.reason ?? 'no_utilities'
    return [{ ...shared, lead: REASONS[reason], figures: [], tables: perImprovement, notes: [] }]
  }
  return [
    {
      ...shared,
      lead: valueLead(gate, released),
      figures: [
        cePlane(gate, usage.service, released),
        acceptability(gate, usage.service, released),
        ...[valueTornado(gate, usage.service, released)].filter((it) => it !== null),
      ],
      tables: [thresholdTable(gate, usage.service, released), ...perImprovement],
      appendix: [
        scenarioTable(gate, usage.service, released),
        peopleTable(gate, usage.service, released),
        cheersTable(gate, usage.service.code),
      ],
      notes: valueNotes(gate, released),
    },
  ]
}

function valueLead(gate: Gate, it: ReleasedValue): ReleasedText {
  const [lead] = it.thresholds
  const quality = say`Over the year after joining, ${it.people.counted} people had ${moreOrLess(gate, it.qaly, { decimals: 3 })} QALYs each than if their quality of life had stayed as it was at joining (95% interval of the difference ${interval(it.qaly_low, it.qaly_high)}).`
  const cost = say`Care and the service together cost ${moreOrLess(gate, it.cost, { unit: 'gbp' })} a person than care in the year before (${interval(it.cost_low, it.cost_high)}; below zero is less).`
  const worth =
    lead === undefined
      ? say``
      : say` Valuing a QALY at ${lead.wtp}, that is a net benefit of ${lead.benefit} a person (${interval(lead.low, lead.high)}).`
  return say`${quality} ${cost}${worth} ${icerWords(it)} There is no comparison group: what would have happened in any case is in all of this.`
}

/** `0.043 more`, `£2,200 less`. */
function moreOrLess(gate: Gate, difference: Released, format: DeriveOptions): ReleasedText {
  const size = gate.derive([difference], Math.abs, format)
  return (difference.value ?? 0) < 0 ? say`${size} less` : say`${size} more`
}

/** A ratio is printed only where both differences are clear and it means what a reader takes it for. */
function icerWords(it: ReleasedValue): ReleasedText {
  const pair = it.value.cea?.pairs[0]
  if (it.is_icer_sound && it.icer.is_shown)
    return pair?.quadrant === 'SW'
      ? say`For each QALY given up, ${it.icer} were freed.`
      : say`Each further QALY cost ${it.icer}.`
  if (pair?.icer_reason === 'comparator_dominates' && !pair.is_icer_uncertain)
    return say`No ratio is given: it cost less and did more.`
  if (pair?.icer_reason === 'comparator_is_dominated' && !pair.is_icer_uncertain)
    return say`No ratio is given: it cost more and did less.`
  return say`No ratio of cost to QALYs is given: these people do not settle which way both differences lie, and a ratio would hide that.`
}

function thresholdTable(gate: Gate, service: ServiceName, it: ReleasedValue): ReleasedTable {
  return table(
    gate,
    `net-benefit-${service.code}`,
    `Net benefit a person, by what a QALY is valued at: ${serviceWords(service)}`,
    [
      ['wtp', 'For a QALY', 'money'],
      ['benefit', 'Net benefit', 'money'],
      ['range', '95% interval', 'text'],
      ['chance', 'Chance that it is above zero', 'percent'],
      ['evpi', 'Most that settling the doubt could be worth, a person', 'money'],
    ],
    it.thresholds.map((row) => ({
      wtp: row.wtp,
      benefit: row.benefit,
      range: intervalCell(row.low, row.high),
      chance: row.chance,
      evpi: row.evpi,
    })),
    [
      say`Net benefit: QALYs valued in pounds, less the difference in cost. Above zero, the change is worth more than it cost.`,
      say`£20,000 to £30,000 has long been the range in England; £25,000 to £35,000 has held for medicines since April 2026, and whether it holds for services is not settled.`,
    ],
  )
}

function scenarioTable(gate: Gate, service: ServiceName, it: ReleasedValue): ReleasedTable {
  return table(
    gate,
    `value-scenarios-${service.code}`,
    'The result under other assumptions',
    [
      ['label', 'Assumption', 'text'],
      ['cost', 'Difference in cost', 'money'],
      ['qaly', 'Difference in QALYs', 'number'],
      ['benefit', 'Net benefit', 'money'],
    ],
    releaseScenarios(gate, it.value),
    [say`A person, at ${gate.fact(it.value.thresholds[0] ?? 0, { unit: 'gbp' })} for a QALY.`],
  )
}

function peopleTable(gate: Gate, service: ServiceName, { people, baseline }: ReleasedValue): ReleasedTable {
  return table(
    gate,
    `value-people-${service.code}`,
    'Who is counted, and who is missing',
    [
      ['label', 'People', 'text'],
      ['people', 'How many', 'count'],
    ],
    [
      { label: say`Seen on both sides of joining`, people: people.with_time },
      { label: say`For the whole window on both sides, or to a death`, people: people.whole },
      { label: say`With a utility at joining`, people: people.baseline },
      { label: say`And a later one, or a death: counted here`, people: people.counted },
    ],
    [
      say`Mean utility at joining of those counted: ${baseline}. Who did not fill a later form in is not counted, and may have fared otherwise.`,
    ],
  )
}

function valueNotes(gate: Gate, it: ReleasedValue): ReleasedText[] {
  return [
    say`The alternative is an assumption: that quality of life would have stayed as it was at joining. People tend to join when it is low, so some of the difference would be expected in any case.`,
    PERSISTENCE_WORDS[it.value.rule.persistence],
    say`Utilities: ${gate.label(it.value.utility_source)}. A score that came as an index without its levels is taken as it is. Whether NICE has adopted the UK set of 2026 is not confirmed.`,
    say`These are the people seen for the whole window with two utilities, so the cost here differs from that of everyone who joined, in the section on cost.`,
    ...(it.value.rule.horizon_days > 366
      ? [
          say`The window is longer than a year, and nothing is discounted here: at 3.5% a year the later part would count for slightly less.`,
        ]
      : []),
  ]
}

/** How QALYs and net benefit are made. */
export const VALUE_METHODS: readonly MethodNote[] = [
  {
    title: say`QALYs`,
    text: say`The area under a person’s utilities over the days on which they were measured, by the trapezium rule; the utility nearest to joining is taken to hold on the day. Dead counts as 0 from the day of death. Utilities below 0 stay below 0.`,
    source: say`NICE health technology evaluations manual (PMG36), chapter 4`,
  },
  {
    title: say`Net benefit and its doubt`,
    text: say`Cost and QALYs of one person stay together; whole people are resampled. Intervals are the middle 95% of the resamples. The chance of being worth it counts resamples with a net benefit strictly above zero. The value of settling the doubt is the mean loss of deciding on the average.`,
    source: say`Glick, Doshi, Sonnad and Polsky, Economic Evaluation in Clinical Trials`,
  },
]
