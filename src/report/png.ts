import { Resvg } from '@resvg/resvg-js'
import { FONT_FILES } from './fonts.ts'

/** A picture of an SVG at twice its size, drawn with our own fonts: with none named, resvg leaves all words out. */
export function renderPng(svg: string): Uint8Array {
  const font = { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES), defaultFontFamily: 'Arimo' }
  return new Resvg(svg, { font, background: 'white', fitTo: { mode: 'zoom', value: 2 } }).render().asPng()
}
