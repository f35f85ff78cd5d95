import { zip } from '../ingest/readers/zip-room.ts'
import { type Form, rowOf, withoutBlankEnd } from './form.ts'
import { slowXlsx } from './slow-xlsx.ts'

export const xlsx: Form = {
  name: 'workbook',
  file_name: 'mutant.xlsx',
  reads: 'xlsx',
  member: null,
  is_packed: true,
  write: (grid) => {
    const shared = [...new Set(grid.slice(1).flatMap((cells) => cells.filter((cell) => /^[A-Z][a-z]+$/.test(cell))))]
    const sheetData = grid.map(
      (cells, r) => `<row r="${r + 1}">${cells.map((c, i) => xmlCell(c, i, r, shared)).join('')}</row>`,
    )
    const sst = `<sst>${shared.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`
    return {
      body: Buffer.from(`<worksheet><sheetData>${sheetData.join('')}</sheetData></worksheet>`),
      pack: (body) => workbook(body, sst),
      read: (body) => {
        const [heading, ...rows] = slowXlsx(body.toString('utf8'), shared)
        const headings = withoutBlankEnd(heading?.cells ?? [])
        return {
          headings,
          n_lines: null,
          records: rows
            .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
            .map(({ row_number, cells }) => ({
              row_number,
              text: JSON.stringify(cells),
              row: rowOf(headings, withoutBlankEnd(cells).length > headings.length ? [] : cells),
            })),
        }
      },
    }
  },
}

function xmlCell(cell: string, column: number, row: number, shared: readonly string[]): string {
  const r = `r="${String.fromCharCode(65 + column)}${row + 1}"`
  if (cell === '') return ''
  const day = /^\d{4}-\d\d-\d\d$/.test(cell) ? Date.parse(`${cell}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(day) && new Date(day).toISOString().startsWith(cell))
    return `<c ${r} s="1"><v>${Math.round((day - Date.UTC(1899, 11, 30)) / 86_400_000)}</v></c>`
  if (/^(0|[1-9]\d{0,9})$/.test(cell)) return `<c ${r}><v>${cell}</v></c>`
  const at = shared.indexOf(cell)
  return at < 0 ? `<c ${r} t="inlineStr"><is><t>${escaped(cell)}</t></is></c>` : `<c ${r} t="s"><v>${at}</v></c>`
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function workbook(sheet: Buffer, shared: string): Buffer {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`
  const related = [
    relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
    relation('rId2', 'sharedStrings', 'sharedStrings.xml'),
    relation('rId3', 'styles', 'styles.xml'),
  ]
  return zip([
    { name: '[Content_Types].xml', bytes: '<Types/>' },
    {
      name: '_rels/.rels',
      bytes: `<Relationships>${relation('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      bytes: '<workbook xmlns:r="r"><sheets><sheet name="Scores" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    { name: 'xl/_rels/workbook.xml.rels', bytes: `<Relationships>${related.join('')}</Relationships>` },
    { name: 'xl/sharedStrings.xml', bytes: shared },
    {
      name: 'xl/styles.xml',
      bytes: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
    { name: 'xl/worksheets/sheet1.xml', bytes: sheet },
  ])
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
