import { type Part, zip } from './zip-room.ts'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface Book {
  /** XML inside <worksheet>, by sheet name; a name that begins with `~` is of a hidden sheet. */
  readonly sheets: Readonly<Record<string, string>>
  /** XML inside <sst>. */
  readonly shared?: string
  /** XML inside <workbook>, before the sheets. */
  readonly settings?: string
  readonly more?: readonly Part[]
}

/** A workbook written by hand, part by part, as other programs than Excel write it. Style 1 is a date. */
export function book({ sheets, shared = '', settings = '', more = [] }: Book): Buffer {
  const names = Object.keys(sheets)
  const list = names.map((name, i) => {
    const state = name.startsWith('~') ? ' state="hidden"' : ''
    return `<sheet name="${name.replace(/^~/, '')}" sheetId="${i + 1}"${state} r:id="rId${i + 1}"/>`
  })
  const related = [
    ...names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
    relation('s', 'sharedStrings', 'sharedStrings.xml'),
    relation('t', 'styles', '/xl/styles.xml'),
  ]
  return zip([
    { name: '[Content_Types].xml', bytes: '<Types/>' },
    {
      name: '_rels/.rels',
      bytes: `<Relationships>${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    { name: 'xl/workbook.xml', bytes: `<workbook xmlns:r="r">${settings}<sheets>${list.join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', bytes: `<Relationships>${related.join('')}</Relationships>` },
    { name: 'xl/sharedStrings.xml', bytes: `<?xml version="1.0"?>\n<sst>${shared}</sst>` },
    {
      name: 'xl/styles.xml',
      bytes: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
    ...names.map((name, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      bytes: `<worksheet>${sheets[name]}</worksheet>`,
    })),
    ...more,
  ])
}

/** Rows of cells, each written as XML or as a plain text. */
export function rows(...grid: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], r: number) =>
    `<row r="${r + 1}">${cells.map((cell, c) => xml(cell, c, r)).join('')}</row>`
  return `<sheetData>${grid.map(row).join('')}</sheetData>`
}

function xml(cell: string, column: number, row: number): string {
  const reference = `${String.fromCharCode(65 + column)}${row + 1}`
  if (cell.startsWith('<c')) return cell.replace('<c', `<c r="${reference}"`)
  return cell === '' ? '' : `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`
}
