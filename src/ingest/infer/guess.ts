import { looksLikeData } from '../mask.ts'
import type { Profile } from '../profile.ts'
import { askIfCrowded } from './ask-if-crowded.ts'
import { assignDates, type Dated } from './assign-dates.ts'
import { draftProfile } from './draft-profile.ts'
import { findBlocks } from './find-blocks.ts'
import { findContext } from './find-context.ts'
import { dateColumns } from './find-dates.ts'
import { findLong, type LongLayout } from './find-long.ts'
import { findPerson } from './find-person.ts'
import { type FoundTotal, findTotals } from './find-totals.ts'
import { type Decision, Notebook, type Question } from './notebook.ts'
import type { Table } from './read-table.ts'
import { type FoundForm, settleBlock } from './settle-block.ts'

/** What a sheet is taken to be. Nothing is to be loaded by it while a question stands open. */
export interface Guess {
  readonly decisions: readonly Decision[]
  readonly questions: readonly Question[]
  readonly notes: readonly string[]
  /** Ids of answers that no question asked for. */
  readonly answers_unused: readonly string[]
  /** Null while a question stands open, or where nothing was found that can be read. */
  readonly profile: Profile | null
}

/** What a sheet's columns hold that is scored. */
export interface Contents {
  readonly forms: readonly FoundForm[]
  readonly totals: readonly FoundTotal[]
  readonly long: LongLayout | null
}

/**
 * Guesses how a sheet is to be read, from its headings and all of its values. Whatever would change a number and is not settled by
 * them is a question. The same table and answers give the same guess.
 */
export function guess(table: Table, answers: ReadonlyMap<string, string>): Guess {
  const notebook = new Notebook(answers)
  notebook.decide('headings', `row ${table.layout.heading_rows.join(' and ')}`, 'proved', table.layout.evidence)
  if (refuseDataAsHeadings(table, notebook) || refuseRepeatedHeadings(table, notebook)) return guessOf(notebook, null)
  if (table.rows.length < table.n_rows)
    notebook.note(
      `The sheet has ${table.n_rows.toLocaleString('en-GB')} rows. What each column holds is told from all of them; what columns say together, from the first ${table.rows.length.toLocaleString('en-GB')}.`,
    )
  const dates = dateColumns(table.columns, table.serial_dates)
  const contents = findContents(table, new Set(dates.map(({ facts }) => facts.index)), notebook)
  const taken = new Set(columnsOf(contents))
  const dated = assignDates(contents, dates, notebook)
  const dateFacts = dates.map(({ facts }) => facts)
  const isRowAPerson = (dated?.columns.length ?? 0) > 1
  const person = isEmpty(contents) ? null : findPerson(table, dateFacts, taken, isRowAPerson, notebook)
  const usedDates = new Set(dated?.columns.map(({ index }) => index))
  const context = findContext(table.columns, dates, new Set([...taken, ...usedDates, ...personColumns(person)]))
  if (isEmpty(contents)) askNothingFound(notebook)
  else if (person !== null && dated !== null) askIfCrowded(table, contents, dated, person, notebook)
  noteUnread(table, new Set([...taken, ...personColumns(person), ...dateFacts.map(({ index }) => index)]), notebook)
  if (notebook.questions.length > 0 || dated === null || person === null) return guessOf(notebook, null)
  return guessOf(notebook, draftProfile(table, contents, dated, person, context, notebook))
}

export type { Dated }

function findContents(table: Table, areDates: ReadonlySet<number>, notebook: Notebook): Contents {
  const columns = table.columns.filter(({ index }) => !areDates.has(index))
  const blocks = findBlocks(columns)
  const inBlocks = new Set(blocks.flatMap((block) => block.columns.map(({ index }) => index)))
  const rest = columns.filter(({ index }) => !inBlocks.has(index))
  const long = blocks.length > 0 ? null : findLong(table, rest, notebook)
  if (long !== null) return { forms: [], totals: [], long }
  const numbers = rest.filter(({ n_filled, n_numbers }) => n_filled > 0 && n_numbers >= n_filled * 0.8)
  const forms = blocks.flatMap((block) => settleBlock(table, block, blocks.length === 1, numbers, notebook) ?? [])
  const used = new Set(forms.flatMap(({ total }) => total?.facts.index ?? []))
  const totals = findTotals(
    rest.filter(({ index }) => !used.has(index)),
    notebook,
  )
  return { forms, totals: withoutForms(totals, forms, notebook), long: null }
}

/** Where the items are there, a column named like their total that is not what they add up to is left out, and said. */
function withoutForms(
  totals: readonly FoundTotal[],
  forms: readonly FoundForm[],
  notebook: Notebook,
): readonly FoundTotal[] {
  return totals.filter(({ measure, occasion, facts }) => {
    const isOfForm = forms.some((form) => form.measure === measure && form.occasion === occasion)
    if (isOfForm)
      notebook.note(
        `"${facts.heading}" is not what the items of ${measure.name} add up to: it is not read, and the items count.`,
      )
    return !isOfForm
  })
}

function columnsOf({ forms, totals, long }: Contents): number[] {
  const ofLong = long === null ? [] : [long.subject, long.value, long.item]
  return [
    ...forms.flatMap((form) => [...form.columns, form.total?.facts]),
    ...totals.map(({ facts }) => facts),
    ...ofLong,
  ].flatMap((facts) => facts?.index ?? [])
}

function personColumns(
  person: { nhs_number: { index: number } | null; local_id: { index: number } | null } | null,
): number[] {
  return [person?.nhs_number?.index, person?.local_id?.index].flatMap((index) => index ?? [])
}

function isEmpty({ forms, totals, long }: Contents): boolean {
  return forms.length === 0 && totals.length === 0 && long === null
}

/** A number that names a score and was not recognised is said, so that it is not missed in silence. */
function noteUnread({ columns }: Table, taken: ReadonlySet<number>, notebook: Notebook): void {
  const unread = columns.filter(
    ({ index, words, n_filled, n_numbers }) =>
      !taken.has(index) && n_filled > 0 && n_numbers >= n_filled * 0.9 && /\b(score|total|scale)\b/.test(words),
  )
  for (const { heading } of unread)
    notebook.note(`"${heading}" holds numbers and is called a score, but of nothing that is known: it is not read.`)
}

function askNothingFound(notebook: Notebook): void {
  if (notebook.questions.length > 0) return
  notebook.ask({
    id: 'contents',
    question:
      'No questionnaire that can be scored was found in this sheet. Is it another kind of export? "profiles_that_fit" lists the bundled profiles it fits.',
    options: [],
    evidence: ['no heading or value names one, and no columns have the number and range of one'],
  })
}

/** A file without headings offers its first person instead: nothing of it is shown. */
function refuseDataAsHeadings({ headings }: Table, notebook: Notebook): boolean {
  const suspects = headings.flatMap((heading, at) => (looksLikeData(heading) ? [at + 1] : []))
  if (suspects.length === 0) return false
  notebook.ask({
    id: 'headings',
    question:
      'Some headings look like data, as if the file had none. Ask for the export with its headings, or write them in.',
    options: [],
    evidence: [`column ${suspects.join(', ')} has a number, a date or an identifier where its heading should be`],
  })
  return true
}

function refuseRepeatedHeadings(table: Table, notebook: Notebook): boolean {
  const seen = new Map<string, number>()
  for (const { words, heading } of table.columns) {
    const key = heading.toLowerCase()
    if (words !== '') seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  const repeated = table.columns.filter(({ heading }) => (seen.get(heading.toLowerCase()) ?? 0) > 1)
  if (repeated.length === 0) return false
  notebook.ask({
    id: 'headings',
    question:
      'Several columns have the same heading, so it is not clear which is meant. Rename them, or ask for the export with headings that differ.',
    options: [],
    evidence: [`columns ${repeated.map(({ index }) => index + 1).join(', ')} share a heading with another`],
  })
  return true
}

function guessOf(notebook: Notebook, profile: Profile | null): Guess {
  return {
    decisions: notebook.decisions,
    questions: notebook.questions,
    notes: notebook.notes,
    answers_unused: notebook.unused(),
    profile,
  }
}
