import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { composeReports, figuresOf } from '../../pipelines/write-reports.ts'
import { createGate } from '../../src/disclosure/gate.ts'
import { say } from '../../src/disclosure/released.ts'
import { LAYOUTS, type Layout } from '../../src/report/bind-chart.ts'
import { loadChartSpecs } from '../../src/report/chart-spec.ts'
import { CHART_IDS, type Figure } from '../../src/report/document.ts'
import { renderSvg } from '../../src/report/render-svg.ts'
import { sampleDocument } from './sample-document.ts'
import { syntheticAnalysis } from './synthetic-analysis.ts'
import { textBoxes, wordsOutside, wordsOverWords } from './text-boxes.ts'

const charts = loadChartSpecs(join(import.meta.dirname, '../../reports/charts'))
const gates = (['internal', 'hes-7/5'] as const).map(createGate)
const composed = gates.flatMap((gate) => composeReports(syntheticAnalysis(), gate))
const sampled = (['internal', 'hes-7/5'] as const).map((policy) => sampleDocument(policy))
const figures = [...composed, ...sampled].flatMap(figuresOf)
const layouts = Object.keys(LAYOUTS) as Layout[]

describe('words in a picture', () => {
  it('are looked for in every chart there is', () => {
    expect(new Set(figures.map((figure) => figure.chart))).toEqual(new Set(CHART_IDS))
  })

  it.each(CHART_IDS)('never leave it, nor cover each other, in a %s on a desk and on a phone', async (chart) => {
    const faults: string[] = []
    for (const figure of figures.filter((it) => it.chart === chart)) {
      for (const layout of layouts) {
        const svg = await renderSvg(charts, figure, layout)
        faults.push(...[...wordsOutside(svg), ...wordsOverWords(svg)].map((it) => `${figure.id} ${layout}: ${it}`))
      }
    }
    expect(faults).toEqual([])
  })

  it('are long names too, broken into lines', async () => {
    const forest = figures.find((figure) => figure.chart === 'change_forest') as Figure
    const label = say`Improving Access to Community Mental Health Support for Adults of Working Age`
    const long = { ...forest, rows: forest.rows.map((row) => ({ ...row, label })).slice(0, 1) }
    const svg = await renderSvg(charts, long, 'narrow')
    expect([...wordsOutside(svg), ...wordsOverWords(svg)]).toEqual([])
    expect(textBoxes(svg).map((box) => box.words)).toContain('Improving')
  })
})

describe('the measuring of words', () => {
  const picture = (inside: string) => `<svg viewBox="0 0 100 50"><g transform="translate(10,5)">${inside}</g></svg>`
  const text = (x: number, words: string) =>
    `<text text-anchor="start" transform="translate(${x},20)" font-size="14px">${words}</text>`

  it('finds a word that is cut at the right, and one that is turned and cut at the top', () => {
    expect(wordsOutside(picture(text(0, 'Episodes')))).toEqual([])
    expect(wordsOutside(picture(text(50, 'Episodes')))).toEqual(['“Episodes” from 60 to 118 of 100'])
    const turned = text(0, 'Episodes').replace('20)', '20) rotate(-90)')
    expect(wordsOutside(picture(turned))).toHaveLength(1)
  })

  it('finds two words that cover each other', () => {
    expect(wordsOverWords(picture(text(0, 'one') + text(40, 'two')))).toEqual([])
    expect(wordsOverWords(picture(text(0, 'one') + text(10, 'two')))).toEqual(['“one” and “two”'])
  })
})
