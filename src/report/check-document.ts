import { ReleasedText } from '../disclosure/released.ts'
import { type ChartId, type Figure, type ReportDocument, tablesOf } from './document.ts'

/** Every mark is one person, or one event of one. */
const CHARTS_OF_PEOPLE: ReadonlySet<ChartId> = new Set(['rci_scatter', 'waterfall', 'slope', 'rare_events'])

const ID = /^[a-z][a-z0-9_-]*$/

/**
 * Stops a report that must not be rendered: an id that is not a plain word or is used twice, a figure without its words or
 * its numbers, or a chart of single people in a report that may leave. Throws with the id at fault.
 */
export function checkDocument(document: ReportDocument): void {
  const figures = document.sections.flatMap((section) => section.figures)
  const tables = document.sections.flatMap(tablesOf)
  checkIds([document.id])
  checkIds(document.sections.map((section) => section.id))
  checkIds(figures.map((figure) => figure.id))
  checkIds(tables.map((table) => table.id))
  for (const figure of figures) checkFigure(document, figure)
}

function checkFigure(document: ReportDocument, figure: Figure): void {
  const has_words = [figure.title, figure.summary].every(
    (words) => words instanceof ReleasedText && words.text.trim() !== '',
  )
  if (!has_words) throw new Error(`figure ${figure.id} needs a title and a summary`)
  if (figure.table.rows.length === 0) throw new Error(`figure ${figure.id} needs the table of its numbers`)
  const is_internal_only = figure.internal_only === true || CHARTS_OF_PEOPLE.has(figure.chart)
  if (is_internal_only && !document.policy.is_internal) {
    throw new Error(`figure ${figure.id} marks single people: it belongs to internal reports only`)
  }
}

function checkIds(ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    if (!ID.test(id)) throw new Error(`the id ${id} must be lower-case letters, digits, - and _`)
    if (ids.indexOf(id) !== index) throw new Error(`the id ${id} is used twice`)
  }
}
