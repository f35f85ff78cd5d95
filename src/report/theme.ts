import type { Config } from 'vega-lite'
import { FONT_STACK } from './fonts.ts'

/** NHS identity colours. Fills that must be told apart also differ in lightness, so they survive a grey printer. */
export const COLOURS = {
  ink: '#212b32',
  quiet: '#4c6272',
  line: '#d8dde0',
  page: '#f0f4f5',
  blue: '#005eb8',
  dark_blue: '#003087',
  pale_blue: '#a9cbea',
  green: '#007f3b',
  amber: '#b35a00',
  white: '#ffffff',
} as const

/** Looks shared by every chart. The title is a heading of the page, not part of the picture. */
export function chartConfig(layout: 'wide' | 'narrow'): Config {
  const legend = layout === 'wide' ? {} : ({ columns: 1, direction: 'vertical' } as const)
  return { ...SHARED, legend: { ...SHARED.legend, ...legend } }
}

const SHARED: Config = {
  background: COLOURS.white,
  font: FONT_STACK,
  aria: false,
  view: { stroke: null },
  axis: {
    labelFontSize: 14,
    titleFontSize: 14,
    titleFontWeight: 'normal',
    labelColor: COLOURS.ink,
    titleColor: COLOURS.quiet,
    gridColor: COLOURS.line,
    domainColor: COLOURS.quiet,
    tickColor: COLOURS.quiet,
    labelLimit: 0,
    titlePadding: 10,
    labelPadding: 6,
  },
  axisX: { labelOverlap: true, labelSeparation: 12 },
  axisY: { domain: false, ticks: false },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelFontSize: 14,
    labelColor: COLOURS.ink,
    labelLimit: 0,
    symbolType: 'square',
    symbolSize: 180,
    symbolStrokeWidth: 1,
    columnPadding: 18,
    offset: 10,
    padding: 0,
  },
  text: { fontSize: 14, color: COLOURS.ink },
}
