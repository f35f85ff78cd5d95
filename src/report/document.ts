import type { DisclosurePolicy } from '../disclosure/policy.ts'
import type { Released, ReleasedText } from '../disclosure/released.ts'
import type { ReleasedRow, ReleasedTable } from '../disclosure/released-table.ts'

export const AUDIENCES = ['service', 'evaluation', 'commissioner'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Which chart specs there are: `reports/charts/<id>.vl.json`. */
export const CHART_IDS = [
  'category_bars',
  'domain_profile',
  'change_forest',
  'event_time',
  'rate_ratio_forest',
  'cost_categories',
  'cost_payers',
  'tornado',
  'completeness_funnel',
  'completeness_months',
  'completeness_trend',
  'use_distribution',
  'rci_scatter',
  'waterfall',
  'slope',
  'xmr',
  'spc_summary',
  'interrupted_series',
  'rare_events',
  'funnel',
  'service_forest',
  'service_caterpillar',
  'outcome_flow',
  'follow_up_states',
  'ce_plane',
  'ceac',
] as const
export type ChartId = (typeof CHART_IDS)[number]

/** What a chart is told besides its rows: titles of axes, ends of axes, thresholds. */
export type ChartParam = Released | ReleasedText | readonly (Released | ReleasedText)[]
export type ChartParams = Readonly<Record<string, ChartParam>>

/**
 * A chart with what it says. `title` is the finding in words, `summary` what a reader who cannot see the chart needs,
 * `table` the numbers drawn. `internal_only` charts mark single people and are refused outside an internal report.
 */
export type Figure = {
  readonly id: string
  readonly title: ReleasedText
  readonly summary: ReleasedText
  readonly chart: ChartId
  readonly rows: readonly ReleasedRow[]
  readonly params?: ChartParams
  readonly table: ReleasedTable
  readonly internal_only?: boolean
}

/** A number at the top. `tone` colours its edge and adds no meaning of its own. */
export type HeadlineCard = {
  readonly label: ReleasedText
  readonly value: Released
  readonly detail: ReleasedText
  readonly tone?: 'good' | 'caution' | 'neutral'
}

/** A part of a report. Tables in the `appendix` are for those who check: on a page they are closed until asked for. */
export type ReportSection = {
  readonly id: string
  readonly title: ReleasedText
  readonly lead: ReleasedText
  readonly figures: readonly Figure[]
  readonly tables: readonly ReleasedTable[]
  readonly appendix?: readonly ReleasedTable[]
  readonly notes: readonly ReleasedText[]
}

/** Every table of a section in reading order, those of its figures first. */
export function tablesOf({ figures, tables, appendix = [] }: ReportSection): readonly ReleasedTable[] {
  return [...figures.map((figure) => figure.table), ...tables, ...appendix]
}

/** How a number is made, and where the rule comes from. */
export type MethodNote = { readonly title: ReleasedText; readonly text: ReleasedText; readonly source?: ReleasedText }

export type GlossaryEntry = { readonly term: ReleasedText; readonly meaning: ReleasedText }

/**
 * A whole report, before it is a page, a spreadsheet or a folder of pictures. `finding` is its first line and its line in the
 * index; `generated_from.account` says where every record went.
 */
export type ReportDocument = {
  readonly id: string
  readonly audience: Audience
  readonly title: ReleasedText
  readonly subtitle: ReleasedText
  readonly finding: ReleasedText
  readonly policy: DisclosurePolicy
  readonly generated_from: {
    readonly data_period: ReleasedText
    readonly software: ReleasedText
    readonly account?: ReleasedText
    readonly opt_outs?: ReleasedText
  }
  readonly cohort: readonly ReleasedText[]
  readonly headlines: readonly HeadlineCard[]
  readonly sections: readonly ReportSection[]
  readonly methods: readonly MethodNote[]
  readonly glossary: readonly GlossaryEntry[]
}
