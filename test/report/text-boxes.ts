import { textWidth } from '../../src/report/text-width.ts'

/** Where a line of words stands in its picture, in pixels from the top left corner. */
export interface TextBox {
  readonly words: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Every line of words of a picture as Vega writes it: groups and words that are moved, and turned by right angles at most. */
export function textBoxes(svg: string): readonly TextBox[] {
  const places: Place[] = [{ x: 0, y: 0, degrees: 0 }]
  const boxes: TextBox[] = []
  for (const [tag, attributes = '', words, inside = ''] of svg.matchAll(MARKUP)) {
    const here = places.at(-1) as Place
    if (tag === '</g>') places.pop()
    else if (words === undefined) places.push(moved(here, attributes))
    else if (!/ (?:opacity|fill-opacity)="0"/.test(words)) boxes.push(...linesOf(inside, words, moved(here, words)))
  }
  return boxes
}

const MARKUP = /<\/g>|<g\b([^>]*)>|<text\b([^>]*[^>/])>(.*?)<\/text>/gs

/** The words that leave their picture by more than a hair. */
export function wordsOutside(svg: string): readonly string[] {
  const [, width = 0, height = 0] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? []
  return textBoxes(svg)
    .filter((it) => it.left < -1 || it.right > width + 1 || it.top < -1 || it.bottom > height + 1)
    .map(({ words, left, right }) => `“${words}” from ${Math.round(left)} to ${Math.round(right)} of ${width}`)
}

/** Pairs of words that lie over each other; not a word over its own white edge, nor the stars of withheld months in a row. */
export function wordsOverWords(svg: string): readonly string[] {
  const boxes = textBoxes(svg)
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((it) => overlap([one.left, one.right], [it.left, it.right]) > 1)
      .filter((it) => overlap([one.top, one.bottom], [it.top, it.bottom]) > 3)
      .filter((it) => it.words !== '*' || one.words !== '*')
      .filter((it) => it.words !== one.words || it.left !== one.left || it.top !== one.top)
      .map((it) => `“${one.words}” and “${it.words}”`),
  )
}

/** Every picture of a page: of each figure the wide one, then the narrow one. */
export function picturesOf(page: string): readonly string[] {
  return page.match(/<svg.*?<\/svg>/gs) ?? []
}

type Span = readonly [low: number, high: number]

function overlap([low, high]: Span, [otherLow, otherHigh]: Span): number {
  return Math.min(high, otherHigh) - Math.max(low, otherLow)
}

interface Place {
  readonly x: number
  readonly y: number
  readonly degrees: number
}

function moved(from: Place, attributes: string): Place {
  const transform = / transform="([^"]*)"/.exec(attributes)?.[1] ?? ''
  return [...transform.matchAll(/(translate|rotate)\(([^)]*)\)/g)].reduce((place, [, kind, numbers = '']) => {
    const [first = 0, second = 0] = numbers.split(',').map(Number)
    if (kind === 'rotate') return { x: place.x, y: place.y, degrees: place.degrees + first }
    const step = turned([first, second], place.degrees)
    return { x: place.x + step[0], y: place.y + step[1], degrees: place.degrees }
  }, from)
}

function turned([x, y]: Span, degrees: number): Span {
  const angle = (degrees * Math.PI) / 180
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)]
}

const ASCENT = 0.73
const DESCENT = 0.21

function linesOf(inside: string, attributes: string, place: Place): TextBox[] {
  const size = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1])
  const weight = /font-weight="(?:bold|[6-9]00)"/.test(attributes) ? 'bold' : 'regular'
  const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] as keyof typeof BEFORE
  let y = 0
  const lines = inside.includes('<tspan') ? inside : `<tspan>${inside}</tspan>`
  return [...lines.matchAll(/<tspan([^>]*)>([^<]+)/g)].map(([, span = '', escaped = '']) => {
    y += Number(/dy="([-\d.]+)"/.exec(span)?.[1] ?? 0)
    const words = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    const width = textWidth(words, size, weight)
    const left = -width * BEFORE[anchor]
    const corners = [
      [left, y - ASCENT * size],
      [left + width, y + DESCENT * size],
    ].map((corner) => turned(corner as unknown as Span, place.degrees))
    const xs = corners.map(([x]) => place.x + x)
    const ys = corners.map(([, at]) => place.y + at)
    return { words, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
  })
}

/** How much of a line stands before the point it hangs on. */
const BEFORE = { start: 0, middle: 0.5, end: 1 } as const
