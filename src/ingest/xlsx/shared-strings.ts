import { LIMITS } from '../limits.ts'
import { refused } from '../refused.ts'
import { readPart } from './scan-part.ts'
import type { Workbook } from './workbook.ts'

/** The texts that the sheets share, in the order of their numbers. Reading aids over a text (phonetic runs) are no part of it. */
export async function readSharedStrings(book: Workbook): Promise<readonly string[]> {
  const texts: string[] = []
  if (book.shared_strings === null) return texts
  let text = ''
  let isText = false
  let isAid = false
  let total = 0
  await readPart(book, book.shared_strings, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') isAid = true
      else if (name === 't') isText = !isAid
    },
    text: (piece) => {
      if (isText) text += piece
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') isAid = false
      if (name !== 'si') return
      total += text.length
      if (total > LIMITS.shared_characters) {
        throw refused(book.file_name, 'holds more than 128 MiB of different texts. Save the sheet as CSV.')
      }
      texts.push(withoutEscapes(text))
    },
  })
  return texts
}

/** `_x000D_` stands for a character that XML cannot hold. */
export function withoutEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
