import * as vega from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { Layout } from './bind-chart.ts'
import { FONT_STACK } from './fonts.ts'
import { textWidth } from './text-width.ts'
import { chartConfig } from './theme.ts'

/** A chart with its rows, ready to be drawn. Plain data, so that another thread may draw it. `id` begins every id inside the picture. */
export interface BoundChart {
  readonly id: string
  readonly layout: Layout
  /** A Vega-Lite spec whose data are the rows named "rows". */
  readonly shape: object
  readonly rows: readonly object[]
}

export type DrawChart = (chart: BoundChart) => Promise<string>

/**
 * Draws a chart as SVG. The same chart gives the same bytes: text is measured with our own table, and ids are the chart's, so that
 * charts can share a page.
 */
export async function drawChart({ id, layout, shape, rows }: BoundChart): Promise<string> {
  measureWithArial()
  const key = programKey({ layout, shape })
  const program = programs.get(key) ?? compiled(shape, layout)
  programs.set(key, program)
  const view = new vega.View(program, { renderer: 'none', logger: strictLogger }).data('rows', [...rows])
  vega.resetSVGDefIds()
  const svg = await view.toSVG()
  view.finalize()
  return withIds(svg, id)
}

/** Charts that differ in their rows and id alone are compiled once. */
export function programKey({ layout, shape }: Pick<BoundChart, 'layout' | 'shape'>): string {
  return `${layout} ${JSON.stringify(shape)}`
}

const programs = new Map<string, vega.Runtime>()

function compiled(shape: object, layout: Layout): vega.Runtime {
  const spec = { ...shape, datasets: { rows: [] } } as unknown as TopLevelSpec
  return vega.parse(compile(spec, { config: chartConfig(layout), logger: strictLogger }).spec)
}

type TextItem = { readonly fontSize?: number; readonly fontWeight?: string | number; readonly limit?: number }

function measureWithArial(): void {
  // vega exports its text measurer for replacement but does not type it.
  const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: string) => number } }
  textMetrics.width = (item, text) => {
    const isBold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600
    return textWidth(String(text ?? ''), item.fontSize ?? 11, isBold ? 'bold' : 'regular')
  }
}

/** Roles and labels of single marks go: a figure is one picture with one description, and a table of its numbers. */
function withIds(svg: string, prefix: string): string {
  // Vega numbers its ids across pictures drawn at one time: numbered anew, by first place, a picture is the same each time.
  const names = new Map<string, string>()
  const renamed = (id: string) => {
    const name = names.get(id) ?? `${prefix}-part-${names.size + 1}`
    names.set(id, name)
    return name
  }
  return svg
    .replace(/<[^>]+>/g, (tag) => tag.replace(/ (?:role|class|aria-[a-z]+)="[^"]*"/g, ''))
    .replace(/ id="((?:clip|gradient_|pattern)[^"]*)"|url\(#([^)]+)\)/g, (_, own?: string, used = '') =>
      own === undefined ? `url(#${renamed(used)})` : ` id="${renamed(own)}"`,
    )
    .replace(/font-family="[^"]*"/g, `font-family="${FONT_STACK}"`)
}

/** A warning from the compiler means a spec and its rows disagree: a chart is right or is not drawn. */
const strictLogger: vega.LoggerInterface = {
  level: () => strictLogger as never,
  error: (...words) => fail(words),
  // Said of every "fit-x" chart with a height in steps, whose height was never to be fitted.
  warn: (...words) => (words[0] === 'Dropping "fit-y" because spec has discrete height.' ? strictLogger : fail(words)),
  info: () => strictLogger,
  debug: () => strictLogger,
}

function fail(words: readonly unknown[]): never {
  throw new Error(`chart: ${words.map(String).join(' ')}`)
}
