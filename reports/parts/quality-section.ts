import type { Gate } from '../../src/disclosure/gate.ts'
import { type Released, type ReleasedText, say } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { axisEnds } from '../../src/report/axis-ends.ts'
import type { Figure, ReportSection } from '../../src/report/document.ts'
import type { FaultCount, ServiceAnalysis } from '../analysis.ts'
import { accountWords } from './account-words.ts'
import { countedFaults, fixFirstTable } from './fix-first.ts'
import { completenessFunnel } from './outcome-figures.ts'
import type { ReleasedOutcome } from './release-outcome.ts'
import { inSentence, monthInWords, table } from './text.ts'

/** What was read and what to put right, then who has scores: first in every service report, even with no pair at all. */
export function qualitySections(
  gate: Gate,
  service: ServiceAnalysis,
  outcomes: readonly ReleasedOutcome[],
): readonly ReportSection[] {
  return [
    {
      id: 'fix-first',
      title: say`What to fix first`,
      lead: qualityLead(gate, service),
      figures: [],
      tables: [fixFirstTable(gate, service, outcomes)].filter((it) => it !== null),
      notes: [],
    },
    quality(gate, service, outcomes),
  ]
}

function quality(gate: Gate, service: ServiceAnalysis, outcomes: readonly ReleasedOutcome[]): ReportSection {
  return {
    id: 'quality',
    title: say`Data quality, and who is missing`,
    lead: say`Change can only be shown for people with two scores: first who they are among all who came, then what was read.`,
    figures: [...(outcomes.length > 0 ? [completenessFunnel(gate, outcomes)] : []), ...monthsFigure(gate, service)],
    tables: [filesTable(gate, service)],
    appendix: [
      faultsTable(gate, 'held-back', 'Rows held back, and why', service.faults),
      faultsTable(gate, 'flagged', 'Rows loaded with a doubt', service.flags),
      measuresTable(gate, service),
    ].filter((it) => it !== null),
    notes: [
      say`A row is counted under every fault found in it, so one row may be counted more than once. The list to send back to the team, row by row, comes from the command “outcomes quarantine --export”.`,
    ],
  }
}

function qualityLead(gate: Gate, service: ServiceAnalysis): ReleasedText {
  return say`${accountWords(gate, service.files)} Nothing was dropped without a reason.`
}

function filesTable(gate: Gate, service: ServiceAnalysis): ReleasedTable {
  return table(
    gate,
    'files',
    'Files read',
    [
      ['file', 'File', 'text'],
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
      return { file: gate.label(file.file_name), records: total, ...cells }
    }),
    [say`Records read = loaded + duplicates + held back, checked from the tables on every run.`],
  )
}

/** Faults that may be counted, most rows first; the others by name only. Null where there are none. */
function faultsTable(gate: Gate, id: string, title: string, faults: readonly FaultCount[]): ReleasedTable | null {
  const rows = countedFaults(gate, faults)
  if (rows.length === 0) return null
  const counted = rows.filter((it) => it.rows.is_shown)
  const few = rows.filter((it) => !it.rows.is_shown)
  const listed = counted.length > 0 ? counted : few
  return table(
    gate,
    id,
    title,
    [
      ['words', 'What was found', 'text'],
      ['rows', 'Rows', 'count'],
    ],
    listed.map(({ fault, rows: n }) => ({ words: gate.label(fault.words), rows: n })),
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
  const periods = periodsOf(service.months.map((it) => it.month))
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

interface Period {
  /** First day of its first month. */
  readonly start: string
  readonly months: number
}

/** Every month from first to last, or every quarter where there are more than 24 months: small counts say more together. */
function periodsOf(months: readonly string[]): readonly Period[] {
  const numbers = months.map(monthNumber)
  if (numbers.length === 0) return []
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  const step = last - first >= 24 ? 3 : 1
  const start = first - (first % step)
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, nth) => {
    const month = start + nth * step
    return { start: `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`, months: step }
  })
}

function formsIn(service: ServiceAnalysis, measure: string, period: Period): number {
  const from = monthNumber(period.start)
  return service.months
    .filter((it) => it.measure_name === measure)
    .filter((it) => monthNumber(it.month) >= from && monthNumber(it.month) < from + period.months)
    .reduce((total, it) => total + it.n_forms, 0)
}

function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
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
