import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TopLevelSpec } from 'vega-lite'
import { CHART_IDS, type ChartId } from './document.ts'

export type FieldKind = 'text' | 'number'
export type ParamKind = 'text' | 'number' | 'list'

/**
 * A Vega-Lite spec that holds no data. Its `usermeta` says which fields a row must have and which params a figure must
 * give; a value that is exactly `"$name"` stands for that param or for a size of the layout, `"$unique.field"` for the
 * field's values in row order, `"$step.field.40"` for a row high enough for its words. `wrap` breaks the words of a field into lines of so many pixels, wide and narrow.
 */
export type ChartSpec = {
  readonly id: ChartId
  readonly spec: TopLevelSpec
  readonly fields: Readonly<Record<string, FieldKind>>
  readonly params: Readonly<Record<string, ParamKind>>
  readonly wrap: Readonly<Record<string, readonly [wide: number, narrow: number]>>
  readonly is_internal_only: boolean
}

export type ChartSpecs = Readonly<Record<ChartId, ChartSpec>>

type ChartMeta = Partial<Pick<ChartSpec, 'fields' | 'params' | 'wrap' | 'is_internal_only'>>

/** Reads every chart spec of a folder. */
export function loadChartSpecs(folder: string): ChartSpecs {
  return Object.fromEntries(CHART_IDS.map((id) => [id, readChartSpec(folder, id)])) as Record<ChartId, ChartSpec>
}

function readChartSpec(folder: string, id: ChartId): ChartSpec {
  const json = JSON.parse(readFileSync(join(folder, `${id}.vl.json`), 'utf8')) as {
    usermeta?: ChartMeta
    data?: unknown
  }
  const { usermeta = {}, ...spec } = json
  if (JSON.stringify(spec.data) !== '{"name":"rows"}')
    throw new Error(`${id}.vl.json must name its data rows and hold none`)
  return {
    id,
    spec: spec as unknown as TopLevelSpec,
    fields: usermeta.fields ?? {},
    params: usermeta.params ?? {},
    wrap: usermeta.wrap ?? {},
    is_internal_only: usermeta.is_internal_only ?? false,
  }
}
