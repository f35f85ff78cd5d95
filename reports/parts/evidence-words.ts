import type { Evidence } from '../../src/measures/measure.ts'

const WORDS: Readonly<Record<Evidence['status'], string>> = {
  CONFIRMED: 'confirmed',
  'FROM-MEMORY': 'not confirmed: ask your clinical lead',
  UNCONFIRMED: 'not confirmed: ask your clinical lead',
  CONFIGURED: 'set by the project',
}

/** How far a threshold may be relied on, as a reader meets it. */
export function evidenceWords(status: Evidence['status']): string {
  return WORDS[status]
}
