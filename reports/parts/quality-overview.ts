import type { Gate } from '../../src/disclosure/gate.ts'
import { type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import type { ReportSection } from '../../src/report/document.ts'
import type { Analysis, FileAccount, Linkage, MeasureQuality, ServiceAnalysis } from '../analysis.ts'
import { roundedApart } from './completeness-parts.ts'
import { fixFirstTable } from './fix-first.ts'
import { setAsideNotes } from './form-parts.ts'
import { releaseCompleteness } from './release-completeness.ts'
import { serviceWords, table } from './text.ts'

/** The data behind the services of a report, before anything it says of them. */
export function qualityOverview(
  gate: Gate,
  services: readonly ServiceAnalysis[],
  { linkage, shared_files }: Pick<Analysis, 'linkage' | 'shared_files'>,
): ReportSection {
  return {
    id: 'quality',
    title: say`How good the data are`,
    lead: say`What follows can be no better than this. Each service’s own report says which teams, months and files the gaps are in.`,
    figures: [],
    tables: [recordsTable(gate, services, shared_files), scoresTable(gate, services)].filter((it) => it !== null),
    appendix: [linkageTable(gate, linkage)],
    notes: services.flatMap((service) =>
      setAsideNotes(gate, service.quality).map((note) => say`${gate.label(serviceWords(service.service))}. ${note}`),
    ),
  }
}

function recordsTable(gate: Gate, services: readonly ServiceAnalysis[], shared: readonly FileAccount[]): ReleasedTable {
  const ofServices = services.map((service) => ({
    service: gate.label(serviceWords(service.service)),
    ...releaseRecords(gate, service.files),
    fix: firstFix(gate, service),
  }))
  const ofSeveral = {
    service: say`Files of several services`,
    ...releaseRecords(gate, shared),
    fix: say`see “outcomes quarantine”`,
  }
  return table(
    gate,
    'records-by-service',
    'Records of each service, and what to fix first',
    [
      ['service', 'Service', 'text'],
      ['records', 'Records read', 'count'],
      ['loaded', 'Loaded', 'count'],
      ['duplicates', 'Duplicates', 'count'],
      ['quarantined', 'Held back', 'count'],
      ['fix', 'What to fix first', 'text'],
    ],
    shared.length === 0 ? ofServices : [...ofServices, ofSeveral],
  )
}

function releaseRecords(gate: Gate, files: readonly FileAccount[]) {
  const sum = (key: 'loaded' | 'duplicates' | 'quarantined') => files.reduce((total, file) => total + file[key], 0)
  const { cells, total } = gate.partition({
    loaded: sum('loaded'),
    duplicates: sum('duplicates'),
    quarantined: sum('quarantined'),
  })
  return { records: total, ...cells }
}

function firstFix(gate: Gate, service: ServiceAnalysis): ReleasedText {
  const [first] = fixFirstTable(gate, service)?.rows ?? []
  return first === undefined ? say`nothing found` : say`${first.what as ReleasedText}: ${first.n as ReleasedText}`
}

/** Null where no service has a measure in use. */
function scoresTable(gate: Gate, services: readonly ServiceAnalysis[]): ReleasedTable | null {
  const rows = services.flatMap((service) =>
    service.quality.measures.map((measure) => scoresRow(gate, service, measure)),
  )
  if (rows.length === 0) return null
  return table(
    gate,
    'scores-by-service',
    'Who has scores, by service and measure',
    [
      ['service', 'Service', 'text'],
      ['measure', 'Measure', 'text'],
      ['eligible', 'Eligible', 'count'],
      ['first_percent', 'First score, of eligible', 'percent'],
      ['two_percent', 'Two scores, of eligible', 'percent'],
    ],
    rows,
    [say`Eligible: episodes that started since the measure came into use in the service.`, ...roundedApart(gate)],
  )
}

function scoresRow(gate: Gate, { service }: ServiceAnalysis, measure: MeasureQuality): ReleasedTable['rows'][number] {
  return {
    service: gate.label(serviceWords(service)),
    measure: gate.label(measure.measure_name),
    ...releaseCompleteness(gate, measure.completeness),
  }
}

function linkageTable(gate: Gate, linkage: Linkage): ReleasedTable {
  const people = gate.partition({
    with: linkage.n_people_with_nhs_number,
    without: linkage.n_people - linkage.n_people_with_nhs_number,
  })
  const ids = gate.partition({
    linked: linkage.n_local_ids_linked,
    conflict: linkage.n_local_ids_in_conflict,
    alone: linkage.n_local_ids - linkage.n_local_ids_linked - linkage.n_local_ids_in_conflict,
  })
  return table(
    gate,
    'linkage',
    'How far records of one person could be joined, over all files of the project',
    [
      ['label', 'What', 'text'],
      ['n', 'How many', 'count'],
      ['percent', 'Share', 'percent'],
    ],
    [
      [say`People`, people.total, people.total],
      [say`… known by their NHS number`, people.cells.with, people.total],
      [say`… known by a local identifier alone`, people.cells.without, people.total],
      [say`Local identifiers`, ids.total, ids.total],
      [say`… joined to an NHS number`, ids.cells.linked, ids.total],
      [say`… with two NHS numbers, and so joined to neither`, ids.cells.conflict, ids.total],
      [say`… that no record joins to an NHS number`, ids.cells.alone, ids.total],
    ].map(([label, n, whole]) => ({
      label: label as ReleasedText,
      n: n as typeof people.total,
      percent: gate.percentage(n as typeof people.total, whole as typeof people.total),
    })),
  )
}
