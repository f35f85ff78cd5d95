import type { MeasureId } from '../../measures/measure.ts'
import type { ColumnFacts } from './column-facts.ts'
import { itemCodes, itemColumn, itemsNamed } from './item-column.ts'
import { measuresNamed } from './measure-names.ts'
import { nameScores } from './name-scores.ts'
import type { Notebook } from './notebook.ts'
import type { Table } from './read-table.ts'
import { theMeasure } from './reconcile.ts'
import { listed, share, wordsOf } from './words.ts'

/** One score, or one answer, on each row. */
export interface LongLayout {
  readonly kind: 'score' | 'coded_score' | 'item'
  /** The column that says which questionnaire; null where the whole file is one's. */
  readonly subject: ColumnFacts | null
  /** Where `subject` is null. */
  readonly measure: MeasureId | null
  /** The file's word for a questionnaire to ours, where they differ. */
  readonly codes: Readonly<Record<string, string>>
  readonly value: ColumnFacts
  /** For kind `item`. */
  readonly item: ColumnFacts | null
  readonly item_codes: Readonly<Record<string, string>>
}

const VALUE_WORDS =
  /\b(score|scores|total|value|val|result|rating|rated|progress|answer|response|pers score|raw score|points|outcome score)\b/

/** A column of SNOMED CT codes that stand for scores. */
export function codeColumn(columns: readonly ColumnFacts[]): ColumnFacts | null {
  return (
    columns.find(
      ({ n_filled, n_snomed, n_known_codes, longest }) =>
        n_filled > 0 && longest >= 9 && n_known_codes >= n_filled * 0.5 && n_snomed >= n_filled * 0.5,
    ) ?? null
  )
}

/** A column whose cells name questionnaires. */
export function nameColumn(columns: readonly ColumnFacts[]): ColumnFacts | null {
  const named = columns.filter(
    ({ words, n_filled, n_rows, n_measure_names, n_distinct }) =>
      !/\bgoals?\b/.test(words) &&
      n_filled >= n_rows * 0.9 &&
      n_filled > 0 &&
      n_measure_names >= n_filled * 0.5 &&
      (n_distinct ?? 99) <= 60,
  )
  return named.toSorted((a, b) => b.n_measure_names - a.n_measure_names)[0] ?? null
}

/** Finds a long layout: a column that says what is scored, and one that holds the number. Null where there is none, or it has to be asked. */
export function findLong(table: Table, free: readonly ColumnFacts[], notebook: Notebook): LongLayout | null {
  const numbers = free.filter(({ n_filled, n_numbers }) => n_filled > 0 && n_numbers >= n_filled * 0.9)
  const coded = codeColumn(free)
  if (coded !== null)
    return codedLayout(
      coded,
      numbers.filter((it) => it !== coded),
      notebook,
    )
  const subject = nameColumn(free)
  const codes = subject === null ? null : itemsNamed(subject)
  if (subject !== null && codes !== null) return itemCodesLayout(subject, codes, numbers, notebook)
  return namedLayout(table, free, subject, numbers, notebook)
}

function namedLayout(
  table: Table,
  free: readonly ColumnFacts[],
  subject: ColumnFacts | null,
  numbers: readonly ColumnFacts[],
  notebook: Notebook,
): LongLayout | null {
  const titled = subject === null ? titleMeasure(table) : null
  const item = itemColumn(free, subject, titled)
  if (subject === null && item === null) return null
  const goals = item !== null && /\bgoal\b/.test(item.words)
  const measure = subject === null ? (titled ?? (goals ? 'gbo' : null)) : null
  if (subject === null && measure === null) return null
  const value = valueColumn(
    numbers.filter((it) => it !== item && it !== subject),
    notebook,
  )
  if (value === null) return null
  const named = subject === null ? {} : nameScores(table, subject, value, item, notebook)
  if (named === null) return null
  const item_codes = item === null ? {} : itemCodes(item, goals, notebook)
  if (item_codes === null) return null
  decide(subject, measure, item, value, notebook)
  return { kind: item === null ? 'score' : 'item', subject, measure, codes: named, value, item, item_codes }
}

function itemCodesLayout(
  subject: ColumnFacts,
  { measures, items }: { measures: Record<string, string>; items: Record<string, string> },
  numbers: readonly ColumnFacts[],
  notebook: Notebook,
): LongLayout | null {
  const value = valueColumn(numbers, notebook)
  if (value === null) return null
  notebook.decide('layout', 'long: one answer on each row', 'agreed', [
    `"${subject.heading}" names every item of ${listed([...new Set(Object.values(measures))])} by its number`,
    `"${value.heading}" holds the number in ${share(value.n_numbers, value.n_rows)}`,
  ])
  return { kind: 'item', subject, measure: null, codes: measures, value, item: subject, item_codes: items }
}

function decide(
  subject: ColumnFacts | null,
  measure: MeasureId | null,
  item: ColumnFacts | null,
  value: ColumnFacts,
  notebook: Notebook,
): void {
  const what = item === null ? 'one score on each row' : 'one answer on each row'
  notebook.decide('layout', `long: ${what}`, 'agreed', [
    subject === null
      ? `the file holds ${theMeasure(measure as string).name} alone`
      : `"${subject.heading}" names a questionnaire in ${share(subject.n_measure_names, subject.n_filled)}`,
    ...(item === null ? [] : [`"${item.heading}" says which item`]),
    `"${value.heading}" holds the number in ${share(value.n_numbers, value.n_rows)}`,
  ])
}

function titleMeasure(table: Table): MeasureId | null {
  const named = measuresNamed(wordsOf(table.title))
  return named.length === 1 ? (named[0] as MeasureId) : null
}

function codedLayout(coded: ColumnFacts, numbers: readonly ColumnFacts[], notebook: Notebook): LongLayout | null {
  const value = valueColumn(numbers, notebook)
  if (value === null) return null
  const { heading, n_snomed, n_known_codes, n_filled } = coded
  notebook.decide('layout', 'long: one score on each row, under a SNOMED CT code', 'proved', [
    `"${heading}": the check digit of a SNOMED CT code is right in ${share(n_snomed, n_filled)}, and ${share(n_known_codes, n_filled)} are codes of scores`,
  ])
  if (n_snomed < n_filled) {
    notebook.note(
      `"${heading}": ${share(n_filled - n_snomed, n_filled, 'codes')} fail their check digit, as when a spreadsheet has rounded them. Those rows will be held back.`,
    )
  }
  return { kind: 'coded_score', subject: coded, measure: null, codes: {}, value, item: null, item_codes: {} }
}

function valueColumn(numbers: readonly ColumnFacts[], notebook: Notebook): ColumnFacts | null {
  const named = numbers.filter(({ words }) => VALUE_WORDS.test(words))
  const [only, ...others] =
    named.length > 0
      ? named
      : numbers.filter(
          ({ max, words }) => max <= 100 && !/\b(age|id|no|number|ref|code|duration|minutes|session)\b/.test(words),
        )
  if (only !== undefined && others.length === 0) return only
  const answer = notebook.ask({
    id: 'score',
    question: numbers.length === 0 ? 'No column holds the scores as numbers.' : 'Which column holds the score?',
    options: numbers.map(({ heading }) => ({ option: heading, means: `the column "${heading}"` })),
    evidence: numbers.map(({ heading, min, max }) =>
      max > 1_000_000 ? `"${heading}" holds long numbers` : `"${heading}" holds ${min} to ${max}`,
    ),
  })
  return numbers.find(({ heading }) => heading === answer) ?? null
}
