import type { Guess } from '../src/ingest/infer/guess.ts'
import type { LineCounts } from '../src/ingest/reading.ts'
import { questionText } from './guess-file.ts'

/** What `outcomes inspect` says of one file, as its JSON has it. */
export interface Inspection extends LineCounts {
  file: string
  sha256: string
  n_bytes: number
  kind: string
  encoding: string | null
  delimiter: string | null
  /** Sheets that are not hidden; null where the format has none. */
  sheets: readonly string[] | null
  sheet: string
  heading_rows: readonly number[]
  columns: readonly string[]
  /** Bundled profiles all of whose needed headings are there. */
  profiles_that_fit: readonly string[]
  /** The profile that `ingest` reads it with; null where there is none, and a guess is made. */
  read_with: { readonly profile: string; readonly because: string } | null
  /** `profile` is the text of a profile file; null while a question is open. */
  guess: (Omit<Guess, 'profile' | 'answers_unused'> & { readonly profile: string | null }) | null
  profile_written: string | null
  remembered_as: string | null
  notes: readonly string[]
}

/** The same for a person to read. */
export function inspectionText(it: Inspection): string {
  const facts = [
    `${it.kind}${it.encoding === null ? '' : `, ${it.encoding}`}${it.delimiter === null ? '' : `, cells separated by ${named(it.delimiter)}`}`,
    ...(it.sheets === null ? [] : [`sheets: ${it.sheets.join(', ')}; read: ${it.sheet}`]),
    `${it.physical_lines} lines = ${it.heading_lines} heading + ${it.blank_lines} blank + ${it.other_lines} other + ${it.record_lines} of records`,
    ...(it.heading_rows.length === 0 ? [] : [`headings in row ${it.heading_rows.join(' and ')}`]),
    `${it.columns.length} columns: ${it.columns.join(' · ')}`,
    it.profiles_that_fit.length === 0
      ? 'no bundled profile fits: its headings are not all there'
      : `fits: ${it.profiles_that_fit.join(', ')}`,
    ...(it.read_with === null ? [] : [`read with: ${it.read_with.profile}, ${it.read_with.because}`]),
    ...(it.record_lines === 0 ? ['note: there is nothing below the headings'] : []),
    ...it.notes.map((note) => `note: ${note}`),
    ...(it.guess === null ? [] : guessLines(it.guess)),
    ...(it.profile_written === null ? [] : [`profile written: ${it.profile_written}`]),
    ...(it.remembered_as === null ? [] : [`confirmed for files with these headings: ${it.remembered_as}`]),
  ]
  return [it.file, ...facts.map((fact) => `  ${fact.replaceAll('\n', '\n  ')}`)].join('\n')
}

function guessLines({ decisions, questions, notes, profile }: NonNullable<Inspection['guess']>): string[] {
  return [
    'guessed from headings and values:',
    ...decisions.map(({ about, choice, evidence }) => `  ${about}: ${choice}\n      ${evidence.join('; ')}`),
    ...notes.map((note) => `  note: ${note}`),
    ...questions.map((question) => `open question ${question.id}\n${indented(questionText(question))}`),
    profile === null
      ? `${questions.length === 1 ? 'one question is' : `${questions.length} questions are`} open, so nothing can be read yet: --answer question=option answers one`
      : 'nothing is open: --write-profile FILE.yaml writes this down, --remember NAME confirms it for files with these headings',
  ]
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

function named(delimiter: string): string {
  const names: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'upright bars' }
  return names[delimiter] ?? `"${delimiter}"`
}
