import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/disclosure/gate.ts'
import { Released, say } from '../../src/disclosure/released.ts'
import type { ReleasedRow } from '../../src/disclosure/released-table.ts'
import { bindChart } from '../../src/report/bind-chart.ts'
import { loadChartSpecs } from '../../src/report/chart-spec.ts'
import { CHART_IDS, type Figure } from '../../src/report/document.ts'
import { renderPng } from '../../src/report/png.ts'
import { renderSvg, standaloneSvg } from '../../src/report/render-svg.ts'
import { textWidth } from '../../src/report/text-width.ts'
import { wrapText } from '../../src/report/wrap-text.ts'
import { sampleDocument } from './sample-document.ts'

const CHARTS = join(import.meta.dirname, '../../reports/charts')
const charts = loadChartSpecs(CHARTS)
const figures = sampleDocument('hes-7/5').sections.flatMap((section) => section.figures)
const gate = createGate('hes-7/5')
const other = figures.find((figure) => figure.chart === 'change_forest') as Figure // it clips, so it counts up ids

describe('chart specs', () => {
  it('are one file for every chart, and hold no data', () => {
    const files = readdirSync(CHARTS).filter((file) => file.endsWith('.vl.json'))
    expect(files.sort()).toEqual(CHART_IDS.map((id) => `${id}.vl.json`).sort())
    for (const file of files) {
      const text = readFileSync(join(CHARTS, file), 'utf8')
      expect(text).not.toMatch(/"values":\s*\[\s*\{|"url"|"datasets"/)
      expect(text.match(/https?:[^"]*/g)).toEqual(['https://vega.github.io/schema/vega-lite/v6.json'])
    }
  })

  it('are all drawn by the sample report', () => {
    const drawn = sampleDocument('internal').sections.flatMap((section) =>
      section.figures.map((figure) => figure.chart),
    )
    expect(new Set(drawn)).toEqual(new Set(CHART_IDS))
  })
})

describe('a chart', () => {
  it('is the same picture whatever is drawn before it or with it, and whatever id it has', async () => {
    const alone = await renderSvg(charts, other, 'wide')
    const fewer = { ...other, id: 'fewer', rows: other.rows.toReversed() }
    const [again, reversed, funnel] = await Promise.all([
      renderSvg(charts, { ...other, id: 'again' }, 'wide'),
      renderSvg(charts, fewer, 'wide'),
      renderSvg(charts, { ...(figures[0] as Figure), id: 'with' }, 'wide'),
    ])
    expect(again.replaceAll('"again-', `"${other.id}-`).replaceAll('#again-', `#${other.id}-`)).toBe(alone)
    expect(reversed).not.toBe(alone.replaceAll(other.id, 'fewer'))
    expect(funnel).not.toContain('again')
  })

  it.each(figures.map((figure) => [figure.chart, figure] as const))(
    '%s is the same bytes each time, and fits its place at both widths',
    async (_, figure) => {
      for (const layout of ['wide', 'narrow'] as const) {
        const first = await renderSvg(charts, figure, layout)
        await renderSvg(charts, other, layout)
        expect(await renderSvg(charts, figure, layout)).toBe(first)
        expect(widthOf(first)).toBeLessThanOrEqual(layout === 'wide' ? 790 : 358)
        expect(first).not.toMatch(/NaN|Infinity|undefined| style="|<script|href/)
      }
    },
  )

  it('marks a withheld number with a star, and draws no bar and no zero for it', async () => {
    const svg = await renderSvg(charts, peopleByUse([88, 3]), 'wide')
    expect(words(svg)).toContain('*')
    expect(words(svg)).toContain('90')
    expect(words(svg).filter((word) => word === '0')).toHaveLength(1) // the axis
    expect(words(await renderSvg(charts, peopleByUse([88, 0]), 'wide')).filter((word) => word === '0')).toHaveLength(2)
  })

  it('is given null for a withheld or absent number, never 0', () => {
    const figure = peopleByUse([88, 3])
    const { datasets } = bindChart(charts.use_distribution, figure, 'wide') as { datasets?: { rows?: unknown } }
    expect(datasets?.rows).toEqual([
      { label: 'None', period: '12 months before', people: 90, people_text: '90', people_marker: '' },
      { label: 'One', period: '12 months before', people: null, people_text: '', people_marker: '*' },
    ])
  })

  it.each(figures.map((figure) => [figure.chart, figure] as const))(
    '%s is drawn even where every number is withheld or absent',
    async (_, figure) => {
      for (const nothing of [gate.count(3), gate.absent(say`not supplied`)]) {
        const rows = figure.rows.map((row) => mapNumbers(row, nothing))
        expect(await renderSvg(charts, { ...figure, rows }, 'narrow')).not.toMatch(/NaN|Infinity|undefined/)
      }
    },
  )

  it('draws the same picture whatever count stands behind the star', async () => {
    const pictures = await Promise.all([1, 2, 5, 7].map((n) => renderSvg(charts, peopleByUse([88, n]), 'wide')))
    expect(new Set(pictures).size).toBe(1)
  })

  it('escapes a hostile label', async () => {
    const label = gate.label('</text><script>alert(1)</script>')
    const figure = peopleByUse([88, 40])
    const svg = await renderSvg(charts, { ...figure, rows: figure.rows.map((row) => ({ ...row, label })) }, 'wide')
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;script&gt;')
  })

  it('is refused where a row or a param lacks what its spec needs', async () => {
    const figure = peopleByUse([88, 40])
    const short = figure.rows.map(({ people: _, ...row }) => row)
    await expect(renderSvg(charts, { ...figure, rows: short }, 'wide')).rejects.toThrow('needs the number field people')
    await expect(renderSvg(charts, { ...figure, params: {} }, 'wide')).rejects.toThrow('needs the text param x_title')
  })

  it('as a file of its own carries its title and summary', async () => {
    const figure = peopleByUse([88, 40])
    const svg = standaloneSvg(await renderSvg(charts, figure, 'wide'), figure)
    expect(svg).toContain('role="img" aria-labelledby="uses-title uses-desc"')
    expect(svg).toContain('<title id="uses-title">More people had no visit &amp; fewer had one</title>')
  })

  it('as a PNG is the same bytes each time, and has its words drawn', async () => {
    const svg = await renderSvg(charts, peopleByUse([88, 40]), 'wide')
    const png = await renderPng(svg)
    expect(Buffer.from(png).equals(Buffer.from(await renderPng(svg)))).toBe(true)
    expect(png.length).toBeGreaterThan((await renderPng(svg.replace(/<text[^>]*>[^<]*<\/text>/g, ''))).length * 1.3)
  })
})

describe('text', () => {
  it('is measured with the widths of Arial', () => {
    // From the Arial metrics, in 2,048ths of an em: H 1479, e 1139, l 455, o 1139; bold H 1479, e 1139, l 569, o 1251.
    expect(textWidth('Hello', 2048)).toBe(1479 + 1139 + 455 + 455 + 1139)
    expect(textWidth('Hello', 2048, 'bold')).toBe(1479 + 1139 + 569 + 569 + 1251)
    expect(textWidth('£−→', 14)).toBeGreaterThan(20)
  })

  it('is broken between words, never inside one', () => {
    expect(wrapText('Relationship with partner or family', 104, 14)).toBe('Relationship\nwith partner or\nfamily')
    expect(wrapText('Accommodation', 10, 14)).toBe('Accommodation')
  })
})

function peopleByUse([none, one]: readonly [number, number]): Figure {
  const row = (label: 'None' | 'One', n: number) => ({
    label: say`${label}`,
    period: say`12 months before`,
    people: gate.count(n),
  })
  return {
    id: 'uses',
    chart: 'use_distribution',
    title: say`More people had no visit & fewer had one`,
    summary: say`People by visits.`,
    rows: [row('None', none), row('One', one)],
    params: { x_title: say`People`, x_domain: [gate.fact(0), gate.fact(100)] },
    table: { id: 'uses-table', title: say`People by visits`, columns: [], rows: [], notes: [] },
  }
}

function mapNumbers(row: ReleasedRow, value: Released): ReleasedRow {
  const entries = Object.entries(row).map(([field, cell]) => [
    field,
    cell instanceof Released && field !== 'month_offset' ? value : cell,
  ])
  return Object.fromEntries(entries) as ReleasedRow
}

function words(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] as string)
}

function widthOf(svg: string): number {
  return Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1])
}
