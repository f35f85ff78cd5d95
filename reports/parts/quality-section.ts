import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import type { FaultCount, FileAccount, MeasureQuality, RunFacts, ServiceAnalysis } from '../analysis.ts'
import { accountWords } from './account-words.ts'
import { completenessTable, completenessTrend, teamsTable, timelinessTable } from './completeness-parts.ts'
import { countedFaults, fixFirstTable } from './fix-first.ts'
import {
  codingsTable,
  formsByTeamTable,
  heldBackTable,
  impossibleValuesTable,
  missingItemsTable,
  setAsideNotes,
  unmappedTable,
} from './form-parts.ts'
import { completenessFunnel } from './outcome-figures.ts'
import { isIn, type Period, periodsOf } from './periods.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { inSentence, monthInWords, table } from './text.ts'

/** What to put right, who has scores, what is in the forms, and what was read: first in every service report, even with no score at all. */
export function qualitySections(
  gate: Gate,
  facts: RunFacts,
  service: ServiceAnalysis,
  outcomes: readonly ReleasedOutcome[],
): readonly ReportSection[] {
  return [
    fixFirstSection(gate, service),
    completeness(gate, facts, service, outcomes),
    forms(gate, service),
    rowsRead(gate, service),
  ]
}

/** The ranked list, for a page of any audience. */
export function fixFirstSection(gate: Gate, service: ServiceAnalysis): ReportSection {
  const list = fixFirstTable(gate, service)
  return {
    id: 'fix-first',
    title: say`What to fix first`,
    lead: say`${accountWords(gate, service.files)} Nothing was dropped without a reason.`,
    figures: [],
    tables: list === null ? [] : [list],
    notes: list === null ? [say`Nothing was found that would add a score or a record.`] : [],
  }
}

function completeness(
  gate: Gate,
  facts: RunFacts,
  service: ServiceAnalysis,
  outcomes: readonly ReleasedOutcome[],
): ReportSection {
  const { measures } = service.quality
  const main = mainMeasure(measures, outcomes)
  return {
    id: 'quality',
    title: say`Data quality, and who is missing`,
    lead:
      measures.length === 0
        ? say`No questionnaire of any measure was in the exports, so nobody’s change can be shown. Who came, and what was read, is below.`
        : say`Change can only be shown for people with two scores: this is who they are among all who came, by measure, team and time.`,
    figures: [
      ...(outcomes.length > 0 ? [completenessFunnel(gate, outcomes)] : []),
      main === undefined ? null : completenessTrend(gate, main),
    ].filter((it) => it !== null),
    tables: [
      outcomes.length > 0 ? null : completenessTable(gate, measures),
      teamsTable(gate, measures),
      timelinessTable(gate, facts, measures),
    ].filter((it) => it !== null),
    notes: [],
  }
}

/** That of the first outcome; else the one most episodes could have, by tens. */
function mainMeasure(
  measures: readonly MeasureQuality[],
  [first]: readonly ReleasedOutcome[],
): MeasureQuality | undefined {
  const eligible = ({ completeness }: MeasureQuality) =>
    Math.floor(completeness.reduce((sum, it) => sum + it.n_eligible, 0) / 10)
  return (
    measures.find(({ measure_id }) => measure_id === first?.outcome.measure_id) ??
    measures.toSorted((a, b) => eligible(b) - eligible(a))[0]
  )
}

function forms(gate: Gate, service: ServiceAnalysis): ReportSection {
  const { quality } = service
  const tables = [
    service.measures.length === 0 ? null : measuresTable(gate, service),
    missingItemsTable(gate, quality.measures),
    formsByTeamTable(gate, quality),
    codingsTable(gate, quality.measures),
  ].filter((it) => it !== null)
  const impossible = impossibleValuesTable(gate, quality)
  return {
    id: 'forms',
    title: say`What is in the forms`,
    lead:
      service.measures.length === 0
        ? say`There were no forms to look into.`
        : say`How many forms could be scored, which answers are left out, and whether teams use the same scale.`,
    figures: monthsFigure(gate, service),
    tables,
    appendix: impossible === null ? [] : [impossible],
    notes: setAsideNotes(gate, quality),
  }
}

function rowsRead(gate: Gate, service: ServiceAnalysis): ReportSection {
  const issues = [
    faultsTable(gate, 'held-back', 'Rows held back, and why', service.faults),
    faultsTable(gate, 'flagged', 'Rows loaded with a doubt', service.flags),
  ].filter((it) => it !== null)
  // A table of withheld counts is for those who look for it.
  const hasNumbers = ({ rows }: ReleasedTable) => rows.some((row) => (row.rows as Released).is_shown)
  return {
    id: 'rows',
    title: say`What was read, held back and doubted`,
    lead: say`A row with a fault is held back and is in no number. A row with a doubt is loaded, and counts as said beside it.`,
    figures: [],
    tables: [filesTable(gate, service), ...issues.filter(hasNumbers)],
    appendix: [
      ...issues.filter((it) => !hasNumbers(it)),
      heldBackTable(gate, 'held-back-by-file', 'Rows held back, by file and column', service.quality),
      unmappedTable(gate, service.quality),
    ].filter((it) => it !== null),
    notes: [
      say`A row is counted under every fault found in it, so one row may be counted more than once. The team of a row held back is not known, as the row was not read to its end. The list to send back to the team, row by row, comes from the command “outcomes quarantine --export”; the doubtful rows are listed by “outcomes check”.`,
    ],
  }
}

function filesTable(gate: Gate, service: ServiceAnalysis): ReleasedTable {
  const hasPeriods = service.files.some((file) => file.period !== null)
  return table(
    gate,
    'files',
    'Files read',
    [
      ['file', 'File', 'text'],
      ...(hasPeriods ? ([['period', 'Stands for', 'text']] as const) : []),
      ['records', 'Records read', 'count'],
      ['loaded', 'Loaded', 'count'],
      ['duplicates', 'Duplicates', 'count'],
      ['quarantined', 'Held back', 'count'],
    ],
    service.files.map((file) => {
      const { cells, total } = gate.partition({
        loaded: file.loaded,
        duplicates: file.duplicates,
        quarantined: file.quarantined,
      })
      const period = hasPeriods ? { period: gate.label(standsFor(file)) } : {}
      return { file: gate.label(file.file_name), ...period, records: total, ...cells }
    }),
    [
      say`Records read = loaded + duplicates + held back, checked from the tables on every run.`,
      ...service.files.flatMap((file) => supersededNote(gate, file)),
    ],
  )
}

function standsFor({ period, superseded_by }: FileAccount): string {
  if (superseded_by !== null) return 'nothing: superseded'
  return period ?? 'no stated period'
}

function supersededNote(gate: Gate, { file_name, period, superseded_by }: FileAccount): ReleasedText[] {
  if (superseded_by === null || period === null) return []
  const [earlier, later] = [gate.label(file_name), gate.label(superseded_by)]
  return [
    say`The file ${earlier} was sent for ${gate.label(period)} and is kept; ${later} stands in its place, and its records alone are used.`,
  ]
}

/** Faults that may be counted, most rows first; the others by name only. Null where there are none. */
function faultsTable(gate: Gate, id: string, title: string, faults: readonly FaultCount[]): ReleasedTable | null {
  const rows = countedFaults(gate, faults)
  if (rows.length === 0) return null
  const counted = rows.filter((it) => it.rows.is_shown)
  const few = rows.filter((it) => !it.rows.is_shown)
  const listed = counted.length > 0 ? counted : few
  const hasConsequences = id === 'flagged'
  return table(
    gate,
    id,
    title,
    [
      ['words', 'What was found', 'text'],
      ['rows', 'Rows', 'count'],
      ...(hasConsequences ? ([['consequence', 'What that does', 'text']] as const) : []),
    ],
    listed.map(({ fault, rows: n }) => ({
      words: gate.label(fault.words),
      rows: n,
      ...(hasConsequences
        ? { consequence: gate.label(fault.consequence ?? 'The row counts; only the cell in doubt may be left out.') }
        : {}),
    })),
    counted.length > 0 && few.length > 0
      ? [
          say`Also found, each in ${few[0]?.rows ?? gate.fact(0)} rows: ${gate.label(few.map(({ fault }) => inSentence(fault.words)).join('; '))}.`,
        ]
      : [],
  )
}

function measuresTable(gate: Gate, service: ServiceAnalysis): ReleasedTable {
  return table(
    gate,
    'forms',
    'Forms by measure',
    [
      ['measure', 'Measure', 'text'],
      ['forms', 'Forms', 'count'],
      ['scored', 'Scored', 'count'],
      ['missing', 'Too many items missing', 'count'],
      ['invalid', 'Not valid', 'count'],
      ['first', 'First month', 'text'],
      ['last', 'Last month', 'text'],
    ],
    service.measures.map((it) => {
      const { cells, total } = gate.partition({
        scored: it.n_scored,
        missing: it.n_too_many_missing,
        invalid: it.n_invalid,
      })
      return {
        measure: gate.label(it.measure_name),
        forms: total,
        ...cells,
        first: it.first_date === null ? say`none` : monthInWords(gate, it.first_date),
        last: it.last_date === null ? say`none` : monthInWords(gate, it.last_date),
      }
    }),
  )
}

function monthsFigure(gate: Gate, service: ServiceAnalysis): Figure[] {
  const periods = formPeriods(service.months.map((it) => it.month))
  const [first] = periods
  if (first === undefined) return []
  const isByQuarter = first.months > 1
  const measures = [...new Set(service.months.map((it) => it.measure_name))]
  const rows = measures.flatMap((measure) =>
    periods.map((period) => ({
      label: gate.label(measure),
      month: gate.label(period.start),
      forms: gate.count(formsIn(service, measure, period)),
    })),
  )
  // A chart of nothing but withheld squares says less than the table of forms does.
  if (!rows.some(({ forms }) => (forms.value ?? 0) > 0)) return []
  return [
    {
      id: 'forms-by-month',
      title: monthsTitle(gate, rows, isByQuarter),
      summary: say`Each square is one ${isByQuarter ? 'quarter' : 'month'}; darker is more forms. A run of white squares means that the measure was not in use, or that its forms are missing from the export.`,
      chart: 'completeness_months',
      rows,
      params: {
        colour_domain: axisEnds(
          gate,
          rows.map((row) => row.forms),
        ),
        legend_title: isByQuarter ? say`Forms in the quarter` : say`Forms in the month`,
      },
      table: table(
        gate,
        'forms-by-year',
        'Forms by measure and year',
        [
          ['measure', 'Measure', 'text'],
          ['year', 'Year', 'text'],
          ['forms', 'Forms', 'count'],
        ],
        formsByYear(gate, service),
      ),
    },
  ]
}

/** Where forms are fewest: whether every measure was in use up to the end. */
function monthsTitle(
  gate: Gate,
  rows: readonly { readonly label: ReleasedText; readonly month: ReleasedText; readonly forms: Released }[],
  isByQuarter: boolean,
): ReleasedText {
  const fullest = rows.reduce((a, b) => ((b.forms.value ?? 0) > (a.forms.value ?? 0) ? b : a))
  const month = monthInWords(gate, fullest.month.text)
  return isByQuarter
    ? say`Forms came in most in the quarter from ${month}: ${fullest.forms} of ${fullest.label}`
    : say`Forms came in most in ${month}: ${fullest.forms} of ${fullest.label}`
}

/** Every month from first to last, or every quarter where there are more than 24 months: small counts say more together. */
function formPeriods(months: readonly string[]): readonly Period[] {
  const single = periodsOf(months, 1)
  return single.length > 24 ? periodsOf(months, 3) : single
}

function formsIn(service: ServiceAnalysis, measure: string, period: Period): number {
  return service.months
    .filter((it) => it.measure_name === measure && isIn(period, it.month))
    .reduce((total, it) => total + it.n_forms, 0)
}

function formsByYear(gate: Gate, service: ServiceAnalysis): ReleasedTable['rows'] {
  const counts = new Map<string, number>()
  for (const { measure_name, month, n_forms } of service.months) {
    const key = `${measure_name}|${month.slice(0, 4)}`
    counts.set(key, (counts.get(key) ?? 0) + n_forms)
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, n]) => {
      const [measure, year] = key.split('|') as [string, string]
      return { measure: gate.label(measure), year: gate.label(year), forms: gate.count(n) }
    })
}
