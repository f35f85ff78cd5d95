import type { SlowRow } from './slow-csv.ts'

/** Rows of a sheet's XML by regular expressions; none where the XML is not well formed. */
export function slowXlsx(xml: string, shared: readonly string[]): SlowRow[] {
  if (!isWellFormed(xml)) return []
  return [...xml.matchAll(/<row\b([^>]*?)(?:\/>|>(.*?)<\/row>)/gs)].map(([, attributes = '', inside = '']) => {
    const cells: string[] = []
    for (const [, of = '', content = ''] of inside.matchAll(/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      cells[columnOf(attributeOf(of, 'r'))] = textOf(of, content, shared)
    }
    return { row_number: Number(attributeOf(attributes, 'r')), cells: Array.from(cells, (cell) => cell ?? '') }
  })
}

function textOf(attributes: string, content: string, shared: readonly string[]): string {
  const value = /<v>([^<]*)<\/v>/.exec(content)?.[1] ?? ''
  const type = attributeOf(attributes, 't')
  if (type === 'inlineStr') return unescaped([...content.matchAll(/<t>([^<]*)<\/t>/g)].map((it) => it[1]).join(''))
  if (type === 's') return shared[Number(value)] ?? ''
  if (type !== '' && type !== 'n') return value
  if (!/^\s*[-+]?\d+(\.\d+)?(e[-+]?\d+)?\s*$/i.test(value)) return value
  const isDate = attributeOf(attributes, 's') === '1' && Number(value) >= 0 && Number(value) < 3_000_000
  if (!isDate) return String(Number(value))
  return new Date(Date.UTC(1899, 11, 30) + Number(value) * 86_400_000).toISOString().slice(0, 10)
}

function attributeOf(attributes: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
}

function columnOf(reference: string): number {
  return reference.charCodeAt(0) - 65
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

const TAG = /<(\/?)([a-zA-Z]+)(?:[ \t\r\n]+[a-zA-Z:]+="[^"<]*")*[ \t\r\n]*(\/?)>/g

function isWellFormed(xml: string): boolean {
  const open: string[] = []
  if (xml.replace(TAG, '').includes('<')) return false
  for (const [, closes, name = '', closed] of xml.matchAll(TAG)) {
    if (closes === '/') {
      if (open.pop() !== name) return false
    } else if (closed !== '/') open.push(name)
  }
  return open.length === 0
}
