import { bindChart, type Layout } from './bind-chart.ts'
import type { ChartSpecs } from './chart-spec.ts'
import type { Figure } from './document.ts'
import { type DrawChart, drawChart } from './draw-chart.ts'
import { escapeMarkup } from './escape-markup.ts'

/** Draws a figure as SVG, here or where `draw` does it. The same figure gives the same bytes. */
export async function renderSvg(
  charts: ChartSpecs,
  figure: Figure,
  layout: Layout,
  draw: DrawChart = drawChart,
): Promise<string> {
  const asked = askedFor.get(figure) ?? {}
  askedFor.set(figure, asked)
  asked[layout] ??= picture(charts, figure, layout, draw)
  return asked[layout]
}

/** What was asked for once is not put together again: a page, its picture's file and its bitmap show it. */
const askedFor = new WeakMap<Figure, { [Name in Layout]?: Promise<string> }>()

async function picture(charts: ChartSpecs, figure: Figure, layout: Layout, draw: DrawChart): Promise<string> {
  const { datasets, ...shape } = bindChart(charts[figure.chart], figure, layout)
  const { rows } = datasets as { rows: object[] }
  const chart = { id: `${figure.id}-${layout}`, layout, shape, rows }
  const key = JSON.stringify(chart)
  const known = pictures.get(key) ?? draw(chart)
  pictures.set(key, known)
  return known
}

/** A picture is drawn once, though several reports show it. */
const pictures = new Map<string, Promise<string>>()

/** The same picture as a file of its own, with its title and summary inside for a screen reader. */
export function standaloneSvg(svg: string, figure: Figure): string {
  const words = `<title id="${figure.id}-title">${escapeMarkup(figure.title.text)}</title><desc id="${figure.id}-desc">${escapeMarkup(figure.summary.text)}</desc>`
  const open = `<svg role="img" aria-labelledby="${figure.id}-title ${figure.id}-desc"`
  return svg.replace(/^<svg/, open).replace(/^(<svg[^>]*>)/, (tag) => tag + words)
}
