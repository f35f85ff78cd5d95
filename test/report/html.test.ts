import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createGate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import { loadChartSpecs } from '../../src/report/chart-spec.ts'
import { type Figure, type ReportDocument, tablesOf } from '../../src/report/document.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderIndexPage } from '../../src/report/index-page.ts'
import { sampleDocument } from './sample-document.ts'

const charts = loadChartSpecs(join(import.meta.dirname, '../../reports/charts'))
const gate = createGate('hes-7/5')
const sample = sampleDocument('hes-7/5')
let page = ''

beforeAll(async () => {
  page = await renderHtml(charts, sample)
})

describe('a report page', () => {
  it('is the same bytes each time', async () => {
    expect(await renderHtml(charts, sampleDocument('hes-7/5'))).toBe(page)
  })

  it('fetches nothing, runs nothing, and says so to the browser', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style, 'utf8').digest('base64')
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    )
    expect(
      page.replaceAll('http://www.w3.org/2000/svg', '').replaceAll('http://www.w3.org/1999/xlink', ''),
    ).not.toMatch(/https?:|javascript:|<script|<link|<img|<iframe| on[a-z]+="|url\((?!#)| style="/i)
  })

  it('closes with the software, the period, where every record went, and the rule', async () => {
    const account = say`Of ${gate.count(900)} records read, ${gate.count(880)} were loaded.`
    const made = await renderHtml(charts, { ...sample, generated_from: { ...sample.generated_from, account } })
    const footer = made.slice(made.indexOf('<footer>'))
    expect(footer).toContain('Made by outcomes-pipeline 0.1.0 from records of 1 April 2019 to 31 March 2026.')
    expect(footer).toContain('Of 900 records read, 880 were loaded.')
    expect(footer).toContain('Disclosure rule hes-7/5: Counts from 1 to 7 are shown as *.')
  })

  it('folds away the tables of an appendix, which the workbook holds too', async () => {
    const [section] = sample.sections
    const [table] = (sample.sections[1] as (typeof sample.sections)[number]).tables
    if (section === undefined || table === undefined) throw new Error('the sample has sections and a table')
    const document: ReportDocument = { ...sample, sections: [{ ...section, appendix: [table] }] }
    expect(await renderHtml(charts, document)).toContain(
      `<details class="panel folded"><summary><h3>${table.title.text}</h3></summary>`,
    )
    expect(tablesOf(document.sections[0] as (typeof sample.sections)[number]).at(-1)).toBe(table)
  })

  it('draws every figure twice, with its title, its summary and the table of its numbers', () => {
    const panels = page.split('<div class="panel" id="figure-').slice(1)
    const figures = sample.sections.flatMap((section) => section.figures)
    expect(panels).toHaveLength(figures.length)
    for (const [index, figure] of figures.entries()) {
      const panel = panels[index] as string
      expect(panel).toContain(`id="figure-${figure.id}-title">${figure.title.text.replace('&', '&amp;')}</h3>`)
      expect(panel).toContain(`aria-describedby="figure-${figure.id}-summary"`)
      expect(panel.match(/<svg /g)).toHaveLength(2)
      expect(panel).toContain(`<table id="table-${figure.table.id}">`)
    }
  })

  it('uses no id twice', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('opens with the disclosure rule, what it found, and whom it counts, before any section', () => {
    const places = [
      'class="stamp"',
      '<p class="finding">',
      'class="cards"',
      'Who this report counts',
      'id="section-who"',
    ]
    const found = places.map((place) => page.indexOf(place))
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    expect(found[0]).toBeGreaterThan(0)
    expect(page).toContain('Counts from 1 to 7 are shown as *.')
  })

  it('prints a withheld number as a star with words for a screen reader, never as 0', () => {
    const rows = [...page.matchAll(/<tr><th scope="row" class="words">Goal-based outcomes<\/th>(.*?)<\/tr>/gs)].map(
      (match) => match[1],
    )
    const withheld = rows.find((row) => row?.includes('Two scores'))
    expect(withheld).toContain('<span aria-hidden="true">*</span><span class="unseen">fewer than 8</span>')
    expect(withheld).not.toMatch(/>0</)
  })

  it('escapes every word that came from outside', async () => {
    const hostile = gate.label('<img src=x onerror="alert(1)"> & \'quoted\'')
    const everywhere: ReportDocument = {
      ...sample,
      title: hostile,
      subtitle: hostile,
      cohort: [hostile],
      headlines: [{ label: hostile, value: gate.absent(hostile), detail: hostile }],
      sections: [{ id: 'one', title: hostile, lead: hostile, figures: [], tables: [hostileTable()], notes: [hostile] }],
      methods: [{ title: hostile, text: hostile, source: hostile }],
      glossary: [{ term: hostile, meaning: hostile }],
    }
    const written = await renderHtml(charts, everywhere)
    expect(written).not.toMatch(/<img|onerror="/)
    expect(written).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;quoted&#39;')

    function hostileTable() {
      const columns = [{ id: 'a', label: hostile, kind: 'text', help: hostile } as const]
      return { id: 'hostile', title: hostile, columns, rows: [{ a: hostile }], notes: [hostile] }
    }
  })
})

describe('a report that must not be rendered is refused:', () => {
  const [section] = sample.sections
  const [figure] = section?.figures ?? []
  const withFigure = (changed: Partial<Figure>): ReportDocument => ({
    ...sample,
    sections: [{ ...section, figures: [{ ...figure, ...changed }] } as never],
  })

  it.each([
    [
      'a scatter of single people outside an internal report',
      withFigure({ chart: 'rci_scatter' }),
      'internal reports only',
    ],
    ['a waterfall of single people outside one', withFigure({ chart: 'waterfall' }), 'internal reports only'],
    ['lines of single people outside one', withFigure({ chart: 'slope' }), 'internal reports only'],
    ['a figure marked internal', withFigure({ internal_only: true }), 'internal reports only'],
    ['a figure with no title', withFigure({ title: say` ` }), 'needs a title and a summary'],
    ['a figure with no summary', withFigure({ summary: say`` }), 'needs a title and a summary'],
    [
      'a figure with an empty table',
      withFigure({ table: { ...(figure as Figure).table, rows: [] } }),
      'the table of its numbers',
    ],
    ['an id that is not a plain word', withFigure({ id: 'a"b' }), 'must be lower-case letters'],
    ['an id used twice', { ...sample, sections: [...sample.sections, ...sample.sections] }, 'used twice'],
  ])('%s', async (_, document, fault) => {
    await expect(renderHtml(charts, document)).rejects.toThrow(fault)
  })
})

describe('an internal report', () => {
  it('is stamped, exact, and may show single people', async () => {
    const internal = await renderHtml(charts, sampleDocument('internal'))
    expect(internal).toContain('class="stamp internal"')
    expect(internal).toContain('Contains small numbers, not for release')
    expect(internal).toContain('214 people')
    expect(internal).toContain('id="figure-people"')
  })
})

describe('the index', () => {
  it('names an internal report and says nothing of what it found', () => {
    const internal = sampleDocument('internal')
    const index = renderIndexPage(say`Reports`, say`All`, [
      { document: sample, page: 'release/a.html', files: [] },
      { document: internal, page: 'internal/a.html', files: [{ name: 'internal/a.xlsx', label: 'Tables' }] },
    ])
    const [shared = '', kept = ''] = index.split('Internal: exact numbers, not for release')
    expect(shared).toContain(sample.finding.text)
    expect(kept).toContain('<a href="internal/a.html">')
    expect(internal.finding.text).toBe('50.0% of people with two scores improved reliably.')
    expect(index).not.toContain('50.0%')
  })

  it('links each report with what it found', () => {
    const index = renderIndexPage(say`Reports`, say`South West`, [
      { document: sample, page: 'evaluation/index.html', files: [{ name: 'evaluation/tables.xlsx', label: 'Tables' }] },
    ])
    expect(index).toContain(
      '<a href="evaluation/index.html">Open Access Therapeutic Support: before and after joining</a>',
    )
    expect(index).toContain('49% of people with two scores improved reliably.')
  })

  it.each(['https://example.org/x', '../x.html', '/etc/x', 'javascript:alert(1)'])('refuses a link to %s', (href) => {
    expect(() => renderIndexPage(say`Reports`, say`All`, [{ document: sample, page: href, files: [] }])).toThrow(
      'plain relative file name',
    )
  })
})
