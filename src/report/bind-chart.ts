import type { TopLevelSpec } from 'vega-lite'
import { Released, ReleasedText } from '../disclosure/released.ts'
import type { ReleasedRow } from '../disclosure/released-table.ts'
import type { ChartSpec, FieldKind, ParamKind } from './chart-spec.ts'
import type { ChartParam, ChartParams, Figure } from './document.ts'
import { wrapText } from './wrap-text.ts'

/** A chart is drawn twice: for a desk and for a phone. */
export const LAYOUTS = { wide: 760, narrow: 344 } as const
export type Layout = keyof typeof LAYOUTS
export const LAYOUT_NAMES = Object.keys(LAYOUTS) as Layout[]

/** Pixels from the edge of a box to its words: its number stands before them. */
const FLOW_NUMBER = 62

/** What a spec may ask for by name to fit its layout. `is_wide` is a filter, for words that a phone has no room for. */
const SIZES: Readonly<Record<Layout, Readonly<Record<string, number | string>>>> = {
  wide: {
    width: LAYOUTS.wide,
    plot_width: 680,
    square: 520,
    tick_count: 6,
    is_wide: 'true',
    ...flowSizes(752, 330, 60),
  },
  narrow: {
    ...{ width: LAYOUTS.narrow, plot_width: 262, square: 290, tick_count: 3, is_wide: 'false' },
    ...flowSizes(336, 170, 22),
  },
}

/** Across a flow of boxes: those of the chain, branches a step in, and at the right, after an arrow, who left. */
function flowSizes(flow_end: number, flow_box: number, arrow: number): Readonly<Record<string, number>> {
  const flow_branch = 24
  return {
    ...{ flow_end, flow_box, flow_branch },
    ...{ flow_side: flow_box + arrow, flow_trunk: flow_branch / 2, flow_arrow: flow_box / 2 },
    ...{ flow_label: FLOW_NUMBER, flow_branch_label: flow_branch + FLOW_NUMBER },
  }
}

/** The least that labels at the left leave a title below its axis, in pixels. */
const AXIS_TITLE: Readonly<Record<Layout, number>> = { wide: 480, narrow: 224 }

type Datum = Record<string, string | number | boolean | null>

/**
 * Puts a figure's released rows and params into its spec. A number becomes its field, `<field>_text` and
 * `<field>_marker`: a withheld number is null with the marker `*`, an absent one null with an empty marker.
 */
export function bindChart(chart: ChartSpec, figure: Figure, layout: Layout): TopLevelSpec {
  const rows = figure.rows.map((row) => datumOf(chart, row, layout))
  const params = paramsOf(chart, figure.params ?? {}, layout)
  const bound = substitute(chart.spec, { ...params, ...SIZES[layout] }, rows)
  return { ...(bound as object), datasets: { rows } } as unknown as TopLevelSpec
}

function datumOf(chart: ChartSpec, row: ReleasedRow, layout: Layout): Datum {
  const datum: Datum = {}
  for (const [field, kind] of Object.entries(chart.fields)) {
    const cell = row[field]
    if (!isOfKind(cell, kind)) throw new Error(`chart ${chart.id} needs the ${kind} field ${field} in every row`)
    if (cell instanceof Released) {
      datum[field] = cell.value
      datum[`${field}_text`] = cell.is_shown ? cell.text : ''
      datum[`${field}_marker`] = cell.is_suppressed ? cell.text : ''
    } else {
      const widths = chart.wrap[field]
      datum[field] = widths === undefined ? cell.text : wrapText(cell.text, widths[layout === 'wide' ? 0 : 1], 14)
    }
  }
  return datum
}

function isOfKind(cell: unknown, kind: FieldKind): cell is Released | ReleasedText {
  return kind === 'number' ? cell instanceof Released : cell instanceof ReleasedText
}

function paramsOf(chart: ChartSpec, params: ChartParams, layout: Layout): Record<string, unknown> {
  const entries = Object.entries(chart.params).map(([name, kind]) => {
    const param = params[name]
    if (param === undefined || !isParamOfKind(param, kind))
      throw new Error(`chart ${chart.id} needs the ${kind} param ${name}`)
    return [name, name === 'x_title' ? axisTitle(plainValue(param), layout) : plainValue(param)]
  })
  return Object.fromEntries(entries)
}

function isParamOfKind(param: ChartParam, kind: ParamKind): boolean {
  if (Array.isArray(param)) return kind === 'list'
  return kind === (param instanceof Released ? 'number' : 'text')
}

function plainValue(param: ChartParam): unknown {
  if (param instanceof Released) return param.value
  return param instanceof ReleasedText ? param.text : param.map(plainValue)
}

function axisTitle(title: unknown, layout: Layout): unknown {
  const lines = wrapText(String(title), AXIS_TITLE[layout], 14).split('\n')
  return lines.length === 1 ? title : lines
}

function substitute(node: unknown, values: Readonly<Record<string, unknown>>, rows: readonly Datum[]): unknown {
  if (typeof node === 'string' && node.startsWith('$')) return valueFor(node.slice(1), values, rows)
  if (Array.isArray(node)) return node.map((child) => substitute(child, values, rows))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node)
  return Object.fromEntries(
    entries.map(([key, child]) => [key, key === '$schema' ? child : substitute(child, values, rows)]),
  )
}

function valueFor(name: string, values: Readonly<Record<string, unknown>>, rows: readonly Datum[]): unknown {
  if (name.startsWith('unique.')) return [...new Set(rows.map((row) => row[name.slice('unique.'.length)]))]
  if (name.startsWith('step.')) return stepFor(name.slice('step.'.length), rows)
  if (!(name in values)) throw new Error(`the chart spec uses $${name}, which is not among its params`)
  return values[name]
}

/**
 * `label.40`: pixels a row needs for the field's most lines of 17 pixels and a gap of one, and at least 40. `label.23.2`: of each of
 * the row's two bars. `label+left.64.0.7`: for the more lines of two fields, in the 0.7 of a row that are not gap.
 */
function stepFor(ask: string, rows: readonly Datum[]): number {
  const [, fields = '', least = '', share = '1'] = /^([a-z_+]+)\.(\d+)(?:\.(.+))?$/.exec(ask) ?? []
  const texts = rows.flatMap((row) => fields.split('+').map((field) => String(row[field])))
  const lines = Math.max(1, ...texts.map((text) => text.split('\n').length))
  return Math.max(Number(least), Math.ceil((17 * lines + 17) / Number(share)))
}
