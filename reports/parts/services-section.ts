import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { RunFacts, ServiceAnalysis } from '../analysis.ts'
import type { Middle } from '../service-profile.ts'
import { alphabetical, type ComparedScale, comparedScales, nameOfScale } from './comparability.ts'
import { COMPLETENESS_COLUMNS, completenessCells } from './completeness-columns.ts'
import { roundedApart } from './completeness-parts.ts'
import { releasePeople } from './people-counts.ts'
import { type ReleasedComparison, releaseComparison, releaseFunnel } from './release-comparison.ts'
import {
  adjustedFacts,
  alikeWords,
  caseMixTable,
  caterpillar,
  comparisonForest,
  comparisonTable,
  funnelFigure,
} from './services-figures.ts'
import { serviceWords, table } from './text.ts'

/** Services beside one another: who they see, dose, timing and completeness first, then what can be compared and what cannot. */
export function servicesSections(
  gate: Gate,
  services: readonly ServiceAnalysis[],
  { services_adjusted_for }: Pick<RunFacts, 'services_adjusted_for'>,
): ReportSection[] {
  const present = alphabetical(services.filter((it) => it.n_people > 0))
  if (present.length < 2) return []
  const scales = comparedScales(gate, services)
  const [main] = scales
  const comparison =
    main === undefined || main.compared.length < 2 ? null : releaseComparison(gate, main, services_adjusted_for)
  const funnel = main === undefined ? null : releaseFunnel(main)
  const figures = [
    ...(main === undefined || comparison === null
      ? []
      : [comparisonForest(gate, main, comparison), caterpillar(gate, main, comparison)]),
    ...(main === undefined || funnel === null ? [] : [funnelFigure(gate, main, funnel)]),
  ]
  return [
    {
      id: 'services',
      title: say`Services side by side: whom they see`,
      lead: lead(gate, main),
      figures: [],
      tables: [
        peopleTable(gate, present),
        doseTable(gate, present),
        ...(scales.length === 0 ? [] : [completenessTable(gate, scales)]),
      ],
      notes: [NEVER_RANKED],
    },
    ...(main === undefined || figures.length === 0
      ? []
      : [
          {
            id: 'services-change',
            title: say`Services side by side: what changed`,
            lead: say`Of the services that can be compared on ${nameOfScale(gate, main)}: improvement ${comparison === null ? say`as seen` : say`as it would be ${alikeWords(comparison)}`}, what is left of the differences once chance is allowed for, and the share reliably improved against what chance allows.`,
            figures,
            tables: [comparison === null ? null : caseMixTable(gate, comparison)].filter((it) => it !== null),
            appendix: scales.slice(1).flatMap((scale) => {
              const other = scale.compared.length < 2 ? null : releaseComparison(gate, scale, services_adjusted_for)
              return other === null ? [] : [comparisonTable(gate, scale, other)]
            }),
            notes: [
              NEVER_RANKED,
              ...(comparison === null ? [] : [adjustedForLittle(comparison)]),
              ...(comparison?.new_low.is_shown ? [NEW_SERVICE_TOO_NARROW] : []),
            ],
          },
        ]),
  ]
}

const NEVER_RANKED = say`Services stand in alphabetical order and are never ranked: they see different people, for different lengths of time, and lose sight of different shares of them.`

function adjustedForLittle(it: ReleasedComparison): ReleasedText {
  const facts = adjustedFacts(it)
  return say`Adjusted for first scores${facts === null ? say` only` : say`, ${facts}`}, in a straight line and alike in every service. What else differs between the people (need, what happened to them before) is not taken out, so a difference is a question to ask and not a verdict.`
}

const NEW_SERVICE_TOO_NARROW = say`The range given for a new service is too narrow where services differ little: in simulations of 5 to 20 such services it held 86% to 90% of new ones, not 95%.`

function lead(gate: Gate, main: ComparedScale | undefined): ReleasedText {
  if (main === undefined || main.compared.length < 2) {
    return say`No two services can be compared on one measure. The reasons are in the last table; who the services see, and how far they get in measuring it, comes first.`
  }
  const refused = main.services.length - main.compared.length + main.others.length
  const start = say`Whom the services see, how much they offer, and how many scores they have comes before any outcome. ${gate.fact(main.compared.length)} services can be compared on ${nameOfScale(gate, main)}`
  return refused === 0
    ? say`${start}.`
    : say`${start}; for ${gate.fact(refused)} a comparison would mislead, and the reasons are given.`
}

function peopleTable(gate: Gate, services: readonly ServiceAnalysis[]): ReleasedTable {
  return table(
    gate,
    'services-people',
    'Whom they see',
    [
      ['service', 'Service', 'text'],
      ['people', 'People', 'count'],
      ['age', 'Age at start (median)', 'number'],
      ['neurodiverse', 'Neurodiverse, of people', 'percent'],
      ['queried', 'Queried, of people', 'percent'],
      ['unknown', 'Not known, of people', 'percent'],
    ],
    services.map((it) => {
      const { cells, total } = releasePeople(gate, it)
      const { yes, queried, no } = it.neurodiversity
      const share = (cell: Released) =>
        yes + queried + no === 0 ? gate.absent(say`not recorded`) : gate.percentage(cell, total)
      return {
        service: gate.label(serviceWords(it.service)),
        people: total,
        age: released(gate, it.profile.age_at_start, 0),
        neurodiverse: share(cells.yes),
        queried: share(cells.queried),
        unknown: gate.percentage(cells.unknown, total),
      }
    }),
    [say`Not known is its own answer: it is never counted as no.`],
  )
}

function doseTable(gate: Gate, services: readonly ServiceAnalysis[]): ReleasedTable {
  return table(
    gate,
    'services-dose',
    'How much, and when',
    [
      ['service', 'Service', 'text'],
      ['episodes', 'Episodes', 'count'],
      ['wait', 'Days from referral to first contact (median)', 'number'],
      ['attended', 'Attended contacts an ended episode (median)', 'number'],
      ['between', 'Days from first to last score (median)', 'number'],
    ],
    services.map((it) => {
      const longest = it.profile.pairs.toSorted((a, b) => b.days_between.n - a.days_between.n)[0]
      return {
        service: gate.label(serviceWords(it.service)),
        episodes: gate.count(it.n_episodes),
        wait: released(gate, it.profile.days_to_first_contact, 0),
        attended:
          it.profile.attended_contacts === null
            ? gate.absent(say`no contacts supplied`)
            : released(gate, it.profile.attended_contacts, 0),
        between: longest === undefined ? gate.absent(say`no two scores`) : released(gate, longest.days_between, 0),
      }
    }),
    [say`First to last score is of the measure with most paired scores in the service.`],
  )
}

function completenessTable(gate: Gate, scales: readonly ComparedScale[]): ReleasedTable {
  return table(
    gate,
    'services-completeness',
    'How complete the scores are, and which services are compared',
    [
      ['measure', 'Measure', 'text'],
      ['service', 'Service', 'text'],
      ...COMPLETENESS_COLUMNS,
      ['first', 'First score (median)', 'number'],
      ['verdict', 'Compared?', 'text'],
    ],
    scales.flatMap((scale) => [
      ...scale.services.map((it) => ({
        measure: nameOfScale(gate, scale),
        service: gate.label(serviceWords(it.service.service)),
        ...completenessCells(gate, it.released),
        first: released(gate, firstScore(it.service, scale), 1),
        verdict: it.refusal === null ? say`compared` : say`not comparable because ${it.refusal}`,
      })),
      ...(scale === scales[0] ? scale.others : []).map(({ service, refusal }) => ({
        measure: nameOfScale(gate, scale),
        service: gate.label(serviceWords(service.service)),
        eligible: gate.absent(say`not used`),
        paired: gate.absent(say`not used`),
        complete: gate.absent(say`not used`),
        first: gate.absent(say`not used`),
        verdict: say`not comparable because ${refusal}`,
      })),
    ]),
    [
      say`Compared are services with the same measure, at least 20 people with two scores, at least half of the eligible with two, no more than 25 points between their shares, and no coding in doubt. These are this program’s own rules.`,
      ...roundedApart(gate),
    ],
  )
}

function firstScore({ profile }: ServiceAnalysis, { measure_id, scale_id }: ComparedScale): Middle {
  const own = profile.pairs.find((it) => it.measure_id === measure_id && it.scale_id === scale_id)
  return own?.pre_score ?? { n: 0, median: null }
}

function released(gate: Gate, { n, median }: Middle, decimals: number) {
  if (median === null) return gate.absent(say`not recorded`)
  return gate.statistic(median, { n, decimals })
}
