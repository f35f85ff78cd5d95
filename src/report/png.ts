import { Resvg } from '@resvg/resvg-js'
import { FONT_FILES } from './fonts.ts'

/** A picture of an SVG at twice its size, drawn with our own fonts: with none named, resvg leaves all words out. */
export function renderPng(svg: string): Uint8Array {
  const font = { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES), defaultFontFamily: 'Arimo' }
  const options = { font, background: 'white', fitTo: { mode: 'zoom', value: 2 } } as const
  return new Resvg(withLayersInside(svg), options).render().asPng()
}

/** Wider than any picture, and not seen. */
const INSIDE = '<rect x="-9999" y="-9999" width="19998" height="19998" fill="#ffffff" fill-opacity="0"/>'

/**
 * resvg 2.6.2 ends the whole process at a layer (what is clipped, or opaque in part) of which nothing is inside the picture, as
 * where a mark lies beyond its axis. Every clipped group is given something inside; a mark's opacity goes to its fill and stroke,
 * which needs no layer.
 */
function withLayersInside(svg: string): string {
  return svg
    .replace(/<g [^>]*(?:clip-path|opacity)="[^>]*[^/]>/g, (open) => open + INSIDE)
    .replace(/<(?!g |\/)[a-z]+[^>]*? opacity="[^>]*>/g, (mark) =>
      mark.replace(/ opacity="([^"]*)"/, (_, opacity: string) =>
        ['fill-opacity', 'stroke-opacity']
          .flatMap((name) => (mark.includes(` ${name}=`) ? [] : [` ${name}="${opacity}"`]))
          .join(''),
      ),
    )
}
