import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { composeReports } from '../../pipelines/write-reports.ts'
import { releaseCost } from '../../reports/parts/cost-figures.ts'
import { withheldTypes } from '../../reports/parts/withheld-types.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import type { PolicyId } from '../../src/disclosure/policy.ts'
import { Released, ReleasedText } from '../../src/disclosure/released.ts'
import type { ReleasedTable } from '../../src/disclosure/released-table.ts'
import { loadChartSpecs } from '../../src/report/chart-spec.ts'
import { type ReportDocument, tablesOf } from '../../src/report/document.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderSvg, standaloneSvg } from '../../src/report/render-svg.ts'
import { spreadsheetCell } from '../../src/report/table-cells.ts'
import { EXACT_COUNTS, OUT_OF_AREA_BED_DAYS, syntheticAnalysis } from './synthetic-analysis.ts'

const analysis = syntheticAnalysis()
const composed = (policy: PolicyId) => composeReports(analysis, createGate(policy))
const released = composed('hes-7/5')
const internal = composed('internal')

describe('what an attacker finds in all that is released', () => {
  let drawn = ''
  let kept = ''
  beforeAll(async () => {
    drawn = await everythingWritten(released)
    kept = await everythingWritten(internal)
  }, 60_000)

  it.each(EXACT_COUNTS)('the exact count %i is nowhere in it, and is in the internal reports', (count) => {
    expect(numbersIn(drawn)).not.toContain(count)
    expect(numbersIn(kept)).toContain(count)
  })

  it('no count of people, rows or events in a table or a chart is small, or not rounded', () => {
    const counts = released.flatMap(countsOf)
    expect(counts.length).toBeGreaterThan(150)
    expect(counts.filter(({ value }) => value % 5 !== 0 || (value > 0 && value < 8))).toEqual([])
  })

  it.each(['mhsds-5/5', 'opensafely-7/5', 'ten'] as const)('nor under %s', (policy) => {
    const counts = composed(policy).flatMap(countsOf)
    expect(counts.length).toBeGreaterThan(100)
    expect(counts.filter(({ value }) => value % 5 !== 0 || value === 0)).toEqual([])
  })

  it('no report, released or internal, says “saved”, “caused” or “due to”: nothing here has a comparison group', () => {
    const claims = (text: string) => text.replaceAll(/<[^>]*>/g, ' ').match(/\b(saved|savings?|caused|due to)\b/gi)
    expect(claims(drawn)).toBeNull()
    expect(claims(kept)).toBeNull()
    expect(claims('<p>£399,134 saved</p>')).toEqual(['saved'])
  })

  it('person-time is rounded like the people whose time it is', () => {
    const [months] = released.flatMap(tables).filter((table) => table.id === 'event-time-made-up-emergency')
    const times = (months?.rows ?? []).map((row) => (row.person_months as Released).value as number)
    expect(times).toHaveLength(24)
    expect(times.filter((time) => time % 5 !== 0)).toEqual([])
  })
})

describe('what cannot be had by subtraction', () => {
  it('one more type of a group is withheld with the type that few people used', () => {
    const [usage] = analysis.usage
    if (usage === undefined) throw new Error('there is one')
    expect([...withheldTypes(createGate('hes-7/5'), usage)].sort()).toEqual([
      'admission_mental_health',
      'admission_out_of_area',
      'ae_physical_health',
      'ae_unspecified',
    ])
    expect(withheldTypes(createGate('internal'), usage).size).toBe(0)
  })

  it('bed days out of area: of three rows, the group alone is shown', () => {
    const rows = rowsOf('bed-days', released)
    expect(rows.map((row) => (row.before as Released).text)).toEqual(['1,150', '*', '*'])
    expect(rowsOf('bed-days', internal).map((row) => (row.before as Released).text)).toEqual([
      String((43 * 19 + OUT_OF_AREA_BED_DAYS).toLocaleString('en-GB')),
      '817',
      '332',
    ])
  })

  it('a line of cost few people stand behind is added to another of its payer', () => {
    const rows = rowsOf('cost-categories-made-up', released)
    expect(rows.map((row) => (row.label as ReleasedText).text)).toEqual([
      'A&E, mental health',
      'Ambulance call-out',
      'GP consultation',
      'A&E, physical health and A&E, reason not recorded',
      'Mental health admission and out-of-area mental health admission, bed days',
    ])
    expect(rows.every((row) => (row.before as Released).is_shown)).toBe(true)
    const total = rows.reduce((sum, row) => sum + ((row.before as Released).value ?? 0), 0)
    const printed = rowsOf('cost-summary-made-up', released)[0]?.value as Released
    expect(Math.abs(total - (printed.value ?? 0))).toBeLessThan(60)
  })

  it('no quantity of a withheld line is printed beside its price', () => {
    const withheld = rowsOf('cost-trace-made-up', released).filter((row) =>
      /reason not recorded|Out-of-area/.test((row.label as ReleasedText).text),
    )
    expect(withheld.map((row) => (row.before as Released).text)).toEqual(['*', '*'])
  })

  it('what one person costs, and what the dearest few do', () => {
    const words = released.flatMap(tables).flatMap((table) => table.notes.map((note) => note.text))
    expect(rowsOf('cost-summary-made-up', released).map((row) => (row.label as ReleasedText).text)).not.toContain(
      'Difference without the one person with the largest costs',
    )
    expect(rowsOf('cost-summary-made-up', internal).map((row) => (row.label as ReleasedText).text)).toContain(
      'Difference without the one person with the largest costs',
    )
    const [usage] = analysis.usage
    if (usage === undefined) throw new Error('there is one')
    expect(releaseCost(createGate('hes-7/5'), usage.cost).without_largest.is_suppressed).toBe(true)
    expect(words.some((note) => note.startsWith('The dearest twentieth'))).toBe(true) // eleven people of 213
  })

  it('a p value comes from the printed counts, not from the exact ones', () => {
    const rows = rowsOf('any-use', released)
    const withheld = rows.filter(
      (row) => (row.stopped as Released).is_suppressed || (row.started as Released).is_suppressed,
    )
    expect(withheld.length).toBeGreaterThan(3)
    expect(withheld.every((row) => row.p instanceof Released && row.p.is_suppressed)).toBe(true)
    const ambulance = rows.find((row) => (row.label as ReleasedText).text === 'Ambulance call-out')
    const printed = [ambulance?.stopped, ambulance?.started, ambulance?.p].map((cell) => cell?.text)
    expect(printed).toEqual(['35', '20', '0.044']) // of 35 and 18 it would be 0.020
  })

  it('a series of which most months are withheld is not drawn, and the page says so', () => {
    const evaluation = released.find((it) => it.audience === 'evaluation')
    const doubt = evaluation?.sections.find((it) => it.id === 'doubt')
    expect(doubt?.figures.map((figure) => figure.id)).toEqual(['event-time-made-up-ae'])
    expect(doubt?.notes.map((note) => note.text)).toContain(
      'Where most months hold too few events to show, no chart by month is drawn.',
    )
  })

  it('no verdict is given on a ratio that is withheld', () => {
    const rows = rowsOf('doubt', released).filter((row) => row.without_0 instanceof Released)
    expect(rows.length).toBeGreaterThan(3)
    expect(new Set(rows.map((row) => (row.verdict as ReleasedText).text))).toEqual(new Set(['too few to say']))
  })

  it('faults that are withheld stand by name, not by number', () => {
    const held = released.flatMap(tables).find((table) => table.id === 'held-back')
    expect(held?.rows.map((row) => (row.words as ReleasedText).text)).toEqual(['Fault common'])
    expect(held?.notes.map((note) => note.text)).toEqual([
      'Also found, each in fewer than 8 rows: fault apple; fault zebra.',
    ])
  })

  it('which file a fault is in, and how many forms a team has, are for the service alone: both could be had by subtraction', () => {
    const shown = (documents: readonly ReportDocument[]) =>
      documents.flatMap(tables).flatMap((table) => table.columns.map((column) => `${table.id}.${column.id}`))
    for (const cell of ['held-back-by-file.rows', 'impossible-values.rows', 'codings.forms', 'forms-by-team.forms']) {
      expect(shown(released)).not.toContain(cell)
      expect(shown(internal)).toContain(cell)
    }
    const teams = (documents: readonly ReportDocument[]) => [
      ...new Set(rowsOf('codings', documents).map((row) => (row.team as ReleasedText).text)),
    ]
    expect([teams(released), teams(internal)]).toEqual([['north'], ['north']]) // tiny has nine forms
  })

  it('the number of people is one number wherever it is printed', () => {
    const service = released.find((it) => it.audience === 'service')
    const total = service?.headlines[0]?.value.text
    expect(total).toBe('210') // 35 + * + 60 + 110, never 213 rounded on its own
    expect(service?.sections.find((it) => it.id === 'people')?.lead.text).toContain('210 people had 225 episodes')
  })
})

function tables(document: ReportDocument): readonly ReleasedTable[] {
  return document.sections.flatMap(tablesOf)
}

function rowsOf(id: string, documents: readonly ReportDocument[]): ReleasedTable['rows'] {
  return documents.flatMap(tables).find((table) => table.id === id)?.rows ?? []
}

/** Every shown number of a column of counts, and of a chart's field of counts. */
function countsOf(document: ReportDocument): { place: string; value: number }[] {
  const cells = tables(document).flatMap((table) =>
    table.columns
      .filter((column) => column.kind === 'count')
      .flatMap((column) => table.rows.map((row) => ({ place: `${table.id}.${column.id}`, cell: row[column.id] }))),
  )
  const marks = document.sections
    .flatMap((section) => section.figures)
    .flatMap((figure) =>
      figure.rows.flatMap((row) =>
        ['people', 'forms', 'person_months'].map((field) => ({ place: `${figure.id}.${field}`, cell: row[field] })),
      ),
    )
  return [...cells, ...marks].flatMap(({ place, cell }) =>
    cell instanceof Released && cell.value !== null ? [{ place, value: cell.value }] : [],
  )
}

/** Pages, pictures and workbooks as a reader has them: markup away, words and cells kept. */
async function everythingWritten(documents: readonly ReportDocument[]): Promise<string> {
  const charts = loadChartSpecs(join(import.meta.dirname, '../../reports/charts'))
  const parts: string[] = []
  for (const document of documents) {
    parts.push(words(await renderHtml(charts, document)), ...textsIn(document))
    for (const figure of document.sections.flatMap((section) => section.figures)) {
      parts.push(words(standaloneSvg(await renderSvg(charts, figure, 'wide'), figure)))
    }
    for (const table of tables(document)) {
      parts.push(...table.rows.flatMap((row) => Object.values(row).map((cell) => String(spreadsheetCell(cell)))))
    }
  }
  return parts.join('\n')
}

function words(markup: string): string {
  return markup
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
}

/** Every word and number that a document holds, wherever it is kept. */
function textsIn(part: unknown): string[] {
  if (part instanceof Released || part instanceof ReleasedText) return [part.text]
  if (typeof part !== 'object' || part === null) return []
  return Object.values(part).flatMap(textsIn)
}

/** Whole numbers that stand alone: not a percentage, an amount of money, a decimal or part of a name. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\w£.,/-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w%/-]|[.,]\d)/g)].map((match) =>
    Number((match[1] as string).replaceAll(',', '')),
  )
}
