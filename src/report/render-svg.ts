import * as vega from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { bindChart, type Layout } from './bind-chart.ts'
import type { ChartSpecs } from './chart-spec.ts'
import type { Figure } from './document.ts'
import { escapeMarkup } from './escape-markup.ts'
import { FONT_STACK } from './fonts.ts'
import { textWidth } from './text-width.ts'
import { chartConfig } from './theme.ts'

/**
 * Draws a figure as SVG. The same figure gives the same bytes: text is measured with our own table, and ids are the
 * figure's, so that charts can share a page.
 */
export async function renderSvg(charts: ChartSpecs, figure: Figure, layout: Layout): Promise<string> {
  const { datasets, ...shape } = bindChart(charts[figure.chart], figure, layout)
  const key = `${layout} ${JSON.stringify(shape)}`
  const rows = (datasets as { rows: object[] }).rows
  const picture = `${figure.id} ${key} ${JSON.stringify(rows)}`
  const known = pictures.get(picture) ?? draw(key, shape as TopLevelSpec, rows, `${figure.id}-${layout}`, layout)
  pictures.set(picture, known)
  return known
}

/** A picture is drawn once, though several reports, its own file and its bitmap show it. */
const pictures = new Map<string, Promise<string>>()
/** Charts that differ in their rows alone are compiled once. */
const programs = new Map<string, vega.Runtime>()

async function draw(key: string, shape: TopLevelSpec, rows: object[], id: string, layout: Layout): Promise<string> {
  measureWithArial()
  const program = programs.get(key) ?? compiled(shape, layout)
  programs.set(key, program)
  const view = new vega.View(program, { renderer: 'none', logger: strictLogger }).data('rows', rows)
  vega.resetSVGDefIds()
  const svg = await view.toSVG()
  view.finalize()
  return withIds(svg, id)
}

function compiled(shape: TopLevelSpec, layout: Layout): vega.Runtime {
  const spec = { ...shape, datasets: { rows: [] } } as TopLevelSpec
  return vega.parse(compile(spec, { config: chartConfig(layout), logger: strictLogger }).spec)
}

/** The same picture as a file of its own, with its title and summary inside for a screen reader. */
export function standaloneSvg(svg: string, figure: Figure): string {
  const words = `<title id="${figure.id}-title">${escapeMarkup(figure.title.text)}</title><desc id="${figure.id}-desc">${escapeMarkup(figure.summary.text)}</desc>`
  const open = `<svg role="img" aria-labelledby="${figure.id}-title ${figure.id}-desc"`
  return svg.replace(/^<svg/, open).replace(/^(<svg[^>]*>)/, (tag) => tag + words)
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
