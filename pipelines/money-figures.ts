import type { Analysis, UsageAnalysis } from '../reports/analysis.ts'
import { type ReleasedLine, releaseLines } from '../reports/parts/cost-lines.ts'
import { createGate } from '../src/disclosure/gate.ts'
import { Released } from '../src/disclosure/released.ts'
import type { ReleasedTable } from '../src/disclosure/released-table.ts'
import type { CostLine } from '../src/economics/cost-result.ts'
import { type ReportDocument, tablesOf } from '../src/report/document.ts'

/** So many times what a line cost per person-year on one side. */
export interface MoneyTerm {
  readonly line: CostLine
  readonly period: 'before' | 'after'
  readonly times: number
}

/** A printed amount of pounds and what it is made of: lines of use, and so many times the service's own cost of a person. */
export interface MoneyFigure {
  /** `report/table/row/column`; the first row is 1. */
  readonly metric: string
  readonly title: string
  readonly row_label: string
  readonly column_label: string
  readonly printed: string
  readonly pounds: number
  readonly usage: UsageAnalysis
  readonly terms: readonly MoneyTerm[]
  readonly times_programme: number
}

interface Recipe {
  readonly terms: readonly MoneyTerm[]
  readonly times_programme: number
}

/** Every amount of the costs before and after that the internal reports print, in reading order. */
export function moneyFigures(analysis: Analysis, documents: readonly ReportDocument[]): readonly MoneyFigure[] {
  const openers = analysis.usage.map(openerOf)
  return documents.flatMap((document) =>
    document.sections.flatMap(tablesOf).flatMap((table) => figuresOf(document.id, table, analysis.usage, openers)),
  )
}

type Opener = (table: string, row: number, column: string) => Recipe | null

function figuresOf(
  report: string,
  table: ReleasedTable,
  usages: readonly UsageAnalysis[],
  openers: readonly Opener[],
): MoneyFigure[] {
  return table.rows.flatMap((cells, row) =>
    table.columns.flatMap(({ id, label, kind }) => {
      const cell = cells[id]
      if (kind !== 'money' || !(cell instanceof Released) || cell.value === null) return []
      const nth = table.id === 'overview' ? row : usages.findIndex((it) => table.id.endsWith(`-${it.service.code}`))
      const [usage, opener] = [usages[nth], openers[nth]]
      const name = usage === undefined ? '' : table.id.replace(`-${usage.service.code}`, '')
      const recipe = opener?.(name, row, id) ?? null
      if (usage === undefined || recipe === null) return []
      const first = cells[table.columns[0]?.id ?? '']
      return [
        {
          metric: `${report}/${table.id}/${row + 1}/${id}`,
          title: table.title.text,
          row_label: first?.text ?? '',
          column_label: label.text,
          printed: cell.text,
          pounds: cell.value,
          usage,
          ...recipe,
        },
      ]
    }),
  )
}

/** What a cell of a service's cost tables is made of; null where it is not made of events and prices. */
function openerOf(usage: UsageAnalysis): Opener {
  const lines = releaseLines(createGate('internal'), usage).filter((it) => it.line.not_costed_reason === null)
  const { cost } = usage
  const people = cost.programme.people_per_year ?? 0
  const rowsOf: Readonly<Record<string, readonly (readonly ReleasedLine[])[]>> = {
    'cost-categories': lines.map((it) => [it]),
    'cost-payers': cost.by_payer.map(({ key }) => lines.filter((it) => it.line.unit_cost?.payer === key)),
    'cost-cash': cost.by_cash.map(({ key }) => lines.filter((it) => it.line.unit_cost?.cash_releasing === key)),
    'cost-sectors': [
      ...cost.by_sector.map(({ key }) => lines.filter((it) => it.line.unit_cost?.sector === key)),
      lines,
    ],
  }
  const nhs = lines.filter((it) => it.line.unit_cost?.sector === 'nhs_pss')
  const summary = ['before', 'after', 'change', null, 'programme', 'net']
  return (table, row, column) => {
    const own = rowsOf[table]?.[row]
    if (own !== undefined) return sideRecipe(own, column)
    if (table === 'cost-summary' && column === 'value') return headRecipe(nhs, summary[row] ?? null)
    if (table === 'overview') return headRecipe(nhs, column === 'difference' ? 'change' : column)
    if (table === 'budget' && column === 'care') return { ...sideRecipe(nhs, 'change', people), times_programme: 0 }
    return null
  }
}

function headRecipe(lines: readonly ReleasedLine[], name: string | null): Recipe | null {
  if (name === 'programme') return { terms: [], times_programme: 1 }
  if (name === 'net') return { ...sideRecipe(lines, 'change'), times_programme: 1 }
  return name === 'before' || name === 'after' || name === 'change' ? sideRecipe(lines, name) : null
}

function sideRecipe(lines: readonly ReleasedLine[], column: string, times = 1): Recipe {
  const terms = lines.flatMap(({ line }): MoneyTerm[] => [
    ...(column === 'after' ? [] : [{ line, period: 'before' as const, times: column === 'change' ? -times : times }]),
    ...(column === 'before' ? [] : [{ line, period: 'after' as const, times }]),
  ])
  return { terms, times_programme: 0 }
}
