import { createHash } from 'node:crypto'
import { normaliseHeading } from './headings.ts'

/**
 * What one export's headings look like, as 64 hexadecimal digits: the same for files with the same headings in any order, and of
 * the same sheet where the sheet is chosen by name (else `sheet` is ''). It says nothing of any record.
 */
export function headingFingerprint(headings: readonly string[], sheet: string): string {
  const named = headings.map(normaliseHeading).filter((heading) => heading !== '')
  const text = JSON.stringify([normaliseHeading(sheet), named.toSorted()])
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
