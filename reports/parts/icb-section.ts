import type { Gate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { Analysis, ServiceAnalysis } from '../analysis.ts'
import type { IcbAnalysis } from '../analysis-flows.ts'
import { reachTable } from './flows-reach.ts'
import { headlineOutcomes } from './headline-scales.ts'
import { scaleName } from './outcome-figures.ts'
import { releasePeople } from './people-counts.ts'
import { releaseOutcome } from './release-outcome.ts'
import { serviceWords, table } from './text.ts'

/** Each integrated care board's services together: who gets what, with what outcome, and how many people that is. */
export function icbSection(gate: Gate, { icbs, services }: Pick<Analysis, 'icbs' | 'services'>): ReportSection[] {
  if (icbs.length === 0) return []
  return [
    {
      id: 'icbs',
      title: say`Who gets what in each integrated care board`,
      lead: say`Whoever was in two services of one board is one person in its total.`,
      figures: [],
      tables: [
        icbTable(gate, icbs, services),
        ...icbs.flatMap((it) => reachTable(gate, it.reach, `reach-${it.icb_code.toLowerCase()}`)),
      ],
      notes: [],
    },
  ]
}

function icbTable(gate: Gate, icbs: readonly IcbAnalysis[], services: readonly ServiceAnalysis[]): ReleasedTable {
  return table(
    gate,
    'icbs',
    'People by board and service',
    [
      ['icb', 'Board', 'text'],
      ['service', 'Service', 'text'],
      ['people', 'People', 'count'],
      ['several', 'Of them in two services or more', 'count'],
      ['attended', 'Contacts attended', 'count'],
      ['measure', 'Leading measure', 'text'],
      ['improved', 'Reliably improved', 'percent'],
    ],
    icbs.flatMap((it) => {
      const own = services.filter(({ service, n_people }) => it.service_codes.includes(service.code) && n_people > 0)
      return own.length === 0 ? [] : [...own.map((service) => serviceRow(gate, it, service)), boardRow(gate, it)]
    }),
    [
      say`People can be told to be the same in two services only where both gave an NHS number, or a map of their local numbers.`,
      say`Reliably improved: of episodes with two scores. The services see different people, so the rows are no ranking.`,
    ],
  )
}

function serviceRow(gate: Gate, { icb_code }: IcbAnalysis, service: ServiceAnalysis) {
  const [main] = headlineOutcomes(service.outcomes).map((it) => releaseOutcome(gate, it))
  return {
    icb: gate.label(icb_code),
    service: gate.label(serviceWords(service.service)),
    people: releasePeople(gate, service).total,
    several: say``,
    attended:
      service.n_attended_contacts === null
        ? gate.absent(say`not supplied`)
        : gate.count(service.n_attended_contacts, { people: service.n_people }),
    measure: main === undefined ? say`none` : scaleName(gate, main),
    improved: main === undefined ? gate.absent(say`no measure`) : main.improved.percent,
  }
}

function boardRow(gate: Gate, it: IcbAnalysis) {
  const { cells, total } = gate.partition({ one: it.n_in_one, several: it.n_in_several })
  return {
    icb: gate.label(it.icb_code),
    service: say`All its services, each person once`,
    people: total,
    several: cells.several,
    attended: say``,
    measure: say``,
    improved: say``,
  }
}
