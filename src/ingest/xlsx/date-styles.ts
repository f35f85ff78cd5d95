import { readPart } from './scan-part.ts'
import type { Workbook } from './workbook.ts'
import { attribute } from './xml-scanner.ts'

/** For each cell style by its number, whether a number in it is shown as a date or a time. */
export async function readDateStyles(book: Workbook): Promise<readonly boolean[]> {
  const styles: boolean[] = []
  if (book.styles === null) return styles
  const formats = new Map<string, string>()
  let isCellStyle = false
  await readPart(book, book.styles, {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(attribute(attributes, 'numFmtId'), attribute(attributes, 'formatCode'))
      else if (name === 'cellXfs') isCellStyle = true
      else if (name === 'xf' && isCellStyle) styles.push(isDate(attribute(attributes, 'numFmtId'), formats))
    },
    text: () => {},
    close: (name) => {
      if (name === 'cellXfs') isCellStyle = false
    },
  })
  return styles
}

function isDate(id: string, formats: ReadonlyMap<string, string>): boolean {
  const format = formats.get(id)
  return format === undefined ? isBuiltInDate(Number(id)) : isDateFormat(format)
}

/** Numbers of ECMA-376, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asian editions. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** A format with a year, month, day, hour or second in it, outside quotation marks and brackets; `[h]` counts hours. */
export function isDateFormat(format: string): boolean {
  const letters = format
    .replace(/"[^"]*"|\\.|[_*]./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
  return /[ymdhs]/i.test(letters)
}
