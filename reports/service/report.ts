import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { Figure, HeadlineCard, ReportDocument, ReportSection } from '../../src/report/document.ts'
import type { Analysis, ServiceAnalysis } from '../analysis.ts'
import { afterSection } from '../parts/after-section.ts'
import { armSections } from '../parts/arms-section.ts'
import { cameSection } from '../parts/came-section.ts'
import { CHANGE_DETAIL_METHODS, changeDetailSections } from '../parts/change-detail.ts'
import { generatedFrom, outcomeCohort } from '../parts/cohort-words.ts'
import { flowsSection } from '../parts/flows-section.ts'
import { setAsideNotes } from '../parts/form-parts.ts'
import { groupSections } from '../parts/groups-section.ts'
import { dialogDomains, headlineOutcomes } from '../parts/headline-scales.ts'
import { measureSections } from '../parts/measures-section.ts'
import { CHANGE_METHODS, GLOSSARY, OVER_TIME_METHODS, thresholdNotes } from '../parts/method-notes.ts'
import { missingSection } from '../parts/missing-section.ts'
import {
  categoryBars,
  changeForest,
  domainProfile,
  improvementTitle,
  scaleName,
  scoreScatter,
} from '../parts/outcome-figures.ts'
import { diagnosisTable, feedbackTable, nationalNotes, nationalTable, recoveryTable } from '../parts/outcome-tables.ts'
import { overTimeSections } from '../parts/over-time-section.ts'
import { ownNationalSections } from '../parts/own-national-section.ts'
import { releasePeople } from '../parts/people-counts.ts'
import { qualitySections } from '../parts/quality-section.ts'
import { type ReleasedOutcome, releaseOutcome } from '../parts/release-outcome.ts'
import { partOfWords } from '../parts/saved-cohorts.ts'
import { sessionsSection } from '../parts/sessions-section.ts'
import { interval, serviceWords, table } from '../parts/text.ts'

/** One service’s report: data quality and who is missing first, then outcomes. */
export function composeServiceReport(analysis: Analysis, service: ServiceAnalysis, gate: Gate): ReportDocument {
  const outcomes = headlineOutcomes(service.outcomes).map((it) => releaseOutcome(gate, it))
  const [main] = outcomes
  return {
    id: `service-${service.service.code}`,
    audience: 'service',
    title: gate.label(serviceWords(service.service)),
    subtitle: say`Who has scores, who is missing, and whether people improve`,
    finding: serviceFinding(gate, main),
    policy: gate.policy,
    generated_from: generatedFrom(gate, analysis.facts, service.files),
    cohort: [...outcomeCohort(gate, analysis.facts), ...partOfWords(gate, service)],
    headlines: headlines(gate, service, main),
    sections: [
      ...qualitySections(gate, analysis.facts, service, outcomes),
      peopleSection(gate, service),
      ...outcomeSections(gate, service, outcomes),
      ...changeDetailSections(gate, service, 'service'),
      ...ownNationalSections(gate, analysis.facts, service),
      ...groupSections(gate, analysis.facts, service),
      ...armSections(gate, analysis, service),
      ...measureSections(gate, analysis.facts, service),
      ...overTimeSections(gate, analysis.facts, service, main),
      ...cameSection(gate, service),
      ...missingSection(gate, analysis.facts, service, outcomes),
      ...afterSection(gate, analysis.facts, service),
      ...sessionsSection(gate, service),
      ...flowsSection(gate, analysis.facts, service),
    ],
    methods: [
      ...CHANGE_METHODS,
      ...CHANGE_DETAIL_METHODS,
      ...OVER_TIME_METHODS,
      ...thresholdNotes(gate, headlineOutcomes(service.outcomes)),
    ],
    glossary: GLOSSARY,
  }
}

/** Who has two scores before what those scores say. */
function serviceFinding(gate: Gate, main: ReleasedOutcome | undefined): ReleasedText {
  if (main === undefined) return say`No outcome measure was found in the exports.`
  const share = gate.percentage(main.paired, main.eligible)
  if (!share.is_shown) return say`${improvementTitle(gate, main)}.`
  if (!main.improvement.is_shown)
    return say`${improvementTitle(gate, main)}. Only ${share} of eligible episodes have them.`
  return say`${improvementTitle(gate, main)}. ${share} of eligible episodes have the two scores that this rests on.`
}

function headlines(gate: Gate, service: ServiceAnalysis, main: ReleasedOutcome | undefined): HeadlineCard[] {
  const people: HeadlineCard = {
    label: say`People`,
    value: releasePeople(gate, service).total,
    detail: say`in ${gate.count(service.n_episodes)} episodes`,
    tone: 'neutral',
  }
  if (main === undefined) return [people]
  const paired = gate.percentage(main.paired, main.eligible)
  return [
    people,
    {
      label: say`Have two scores`,
      value: paired,
      detail: say`${main.paired} of ${main.eligible} eligible episodes, ${scaleName(gate, main)}`,
      tone: completenessTone(paired),
    },
    {
      label: say`Mean improvement`,
      value: main.improvement,
      detail: main.improvement_low.is_shown
        ? say`points, ${scaleName(gate, main)}; 95% interval ${interval(main.improvement_low, main.improvement_high)}`
        : say`points, ${scaleName(gate, main)}`,
      tone: (main.improvement_low.value ?? 0) > 0 ? 'good' : 'neutral',
    },
    {
      label: say`Reliably improved`,
      value: main.improved.percent,
      detail: main.improved.percent.is_shown
        ? say`of ${main.paired} with two scores; reliably deteriorated: ${main.deteriorated.percent}`
        : say`${main.paired} have two scores`,
      tone: 'neutral',
    },
  ]
}

function completenessTone(percent: Released): 'good' | 'caution' | 'neutral' {
  if (percent.value === null) return 'neutral'
  return percent.value >= 70 ? 'good' : 'caution'
}

const NEURODIVERSITY = [
  ['Yes', 'yes'],
  ['Queried', 'queried'],
  ['No', 'no'],
  ['Not known', 'unknown'],
] as const

function peopleSection(gate: Gate, service: ServiceAnalysis): ReportSection {
  const { cells, total } = releasePeople(gate, service)
  const isRecorded = NEURODIVERSITY.some(([, key]) => key !== 'unknown' && cells[key].value !== 0)
  return {
    id: 'people',
    title: say`Who came`,
    lead: peopleLead(gate, service),
    figures: [],
    notes: isRecorded ? [] : [say`Neurodiversity was not recorded for anyone in these exports.`],
    tables: !isRecorded
      ? []
      : [
          table(
            gate,
            'neurodiversity',
            'Neurodiversity, as recorded',
            [
              ['label', 'Recorded as', 'text'],
              ['people', 'People', 'count'],
              ['percent', 'Share', 'percent'],
            ],
            NEURODIVERSITY.map(([label, key]) => ({
              label: gate.label(label),
              people: cells[key],
              percent: gate.percentage(cells[key], total),
            })),
            [say`Not known is its own answer: it is never counted as no.`],
          ),
        ],
  }
}

function peopleLead(gate: Gate, service: ServiceAnalysis): ReleasedText {
  const open = gate.count(service.n_open_episodes)
  const start = say`${releasePeople(gate, service).total} people had ${gate.count(service.n_episodes)} episodes; ${open} were still open at the end of the data.`
  if (service.n_contacts === null || service.n_attended_contacts === null) {
    return say`${start} No contacts were in the exports, so sessions attended are not known.`
  }
  const { cells, total } = gate.partition({
    attended: service.n_attended_contacts,
    other: service.n_contacts - service.n_attended_contacts,
  })
  return say`${start} Of ${total} contacts, ${gate.percentage(cells.attended, total)} were attended.`
}

const NOT_AN_EFFECT = say`These are changes seen in people with two scores. Without a comparison group they are not the effect of the service: people tend to come when they are at their worst and to improve somewhat in any case.`

function outcomeSections(
  gate: Gate,
  service: ServiceAnalysis,
  outcomes: readonly ReleasedOutcome[],
): readonly ReportSection[] {
  const [main] = outcomes
  if (main === undefined) return []
  const domains = dialogDomains(service.outcomes).map((it) => releaseOutcome(gate, it))
  const national = [
    ...outcomes,
    ...service.outcomes.filter((it) => isSingleItem(it)).map((it) => releaseOutcome(gate, it)),
  ]
  return [
    {
      id: 'outcomes',
      title: say`Did people get better?`,
      lead: outcomesLead(gate, main, outcomes),
      figures: present([
        changeForest(gate, outcomes),
        categoryBars(gate, outcomes),
        domainProfile(gate, domains, service.help_wanted),
        ...outcomes.map((it) => scoreScatter(gate, it)),
      ]),
      tables: present<ReleasedTable>([
        main.improvement.is_shown ? recoveryTable(gate, outcomes) : null,
        ...service.diagnoses.map((it) => diagnosisTable(gate, it)),
        feedbackTable(gate, service.counts),
      ]),
      appendix: present<ReleasedTable>([nationalTable(gate, national)]),
      notes: [
        ...(main.improvement.is_shown ? [NOT_AN_EFFECT] : []),
        ...setAsideNotes(gate, service.quality),
        ...nationalNotes(national),
        ...(gate.policy.is_internal
          ? []
          : [
              say`Numbers in different tables are rounded separately, so the same people may appear as counts that differ by five.`,
            ]),
      ],
    },
  ]
}

/** Whose change is shown, and whose is not. */
function outcomesLead(gate: Gate, main: ReleasedOutcome, outcomes: readonly ReleasedOutcome[]): ReleasedText {
  if (!main.improvement.is_shown && outcomes.every((it) => !it.improvement.is_shown))
    return say`Too few people have two scores of the same measure for any change to be shown. The first thing to do is to collect second scores.`
  return say`Of ${main.eligible} episodes eligible for ${scaleName(gate, main)}, ${main.paired} have two scores. The change below is theirs; how the others fared is not known.`
}

function isSingleItem(outcome: ServiceAnalysis['outcomes'][number]): boolean {
  return outcome.national !== null && outcome.scale_id !== 'total'
}

function present<Part extends Figure | ReleasedTable>(parts: readonly (Part | null)[]): Part[] {
  return parts.filter((part) => part !== null)
}
