import { renderAsync } from '@resvg/resvg-js'
import { FONT_FILES } from './fonts.ts'

/**
 * A picture of an SVG at twice its size, drawn beside other work and with our own fonts: with none named, resvg leaves all words out.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const font = { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES), defaultFontFamily: 'Arimo' }
  const options = { font, background: 'white', fitTo: { mode: 'zoom', value: 2 } } as const
  return (await renderAsync(withLayersInside(svg), options)).asPng()
}

/** A speck with nothing to paint at a group's own origin, which Vega places inside the picture. Small: a layer is as large as what it holds. */
const INSIDE = '<path d="M0,0h1v1h-1z" fill="#ffffff" fill-opacity="0"/>'

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
