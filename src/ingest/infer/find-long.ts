import type { MeasureId } from '../../measures/measure.ts'
import { targetOfName } from '../instruments.ts'
import type { ColumnFacts } from './column-facts.ts'
import { measuresNamed, namesAnother } from './measure-names.ts'
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
const ITEM_WORDS = /\b(item|question|q|goal|domain|area|qno)\b/

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
  const named = subject === null ? {} : namesOf(table, subject, value, item, notebook)
  if (named === null) return null
  const item_codes = item === null ? {} : itemCodes(item, goals, notebook)
  if (item_codes === null) return null
  decide(subject, measure, item, value, notebook)
  return { kind: item === null ? 'score' : 'item', subject, measure, codes: named, value, item, item_codes }
}

/** Questionnaire and item of every text of a column such as `phq9_q1`; null where the texts are not that. */
function itemsNamed({
  texts,
  n_distinct,
}: ColumnFacts): { measures: Record<string, string>; items: Record<string, string> } | null {
  if (n_distinct === null || n_distinct < 5) return null
  const measures: Record<string, string> = {}
  const items: Record<string, string> = {}
  for (const text of texts.keys()) {
    const words = wordsOf(text)
    const [id, ...others] = measuresNamed(words)
    const number = / (\d{1,2})$/.exec(words.replace(/\b(reqol (10|20)|core 10|phq 9|gad 7|pcl 5)\b(?= .)/, ''))?.[1]
    if (id === undefined || others.length > 0 || id === 'gbo' || number === undefined) return null
    measures[text] = id
    items[text] = number
  }
  const isWhole = [...new Set(Object.values(measures))].every((id) => {
    const numbers = Object.keys(measures)
      .filter((text) => measures[text] === id)
      .map((text) => Number(items[text]))
    const required = theMeasure(id).items.filter(({ is_optional }) => !is_optional).length
    return (
      new Set(numbers).size === numbers.length && numbers.length >= required && Math.max(...numbers) === numbers.length
    )
  })
  return isWhole ? { measures, items } : null
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

/** Numbered items, or numbered goals, one on each row. */
function itemColumn(
  free: readonly ColumnFacts[],
  subject: ColumnFacts | null,
  titled: MeasureId | null,
): ColumnFacts | null {
  const found = free.filter((it) => {
    if (it === subject || !ITEM_WORDS.test(it.words) || it.n_filled < it.n_rows * 0.9) return false
    if (/\b(score|rating|rated|progress|text|description|total)\b/.test(it.words)) return false
    return subject !== null || titled !== null || /\bgoal\b/.test(it.words)
  })
  return found.length === 1 ? (found[0] as ColumnFacts) : (found.find((it) => itemNumbers(it) !== null) ?? null)
}

const ORDINALS: readonly RegExp[] = [
  /\b(first|one|primary|i|a)\b/,
  /\b(second|two|secondary|ii|b)\b/,
  /\b(third|three|iii|c)\b/,
]

/** Each text's number: its last digits, or a word such as "second"; null where a text has none. */
function itemNumbers({ texts, n_distinct }: ColumnFacts): Readonly<Record<string, string>> | null {
  if (n_distinct === null || n_distinct > 30) return null
  const numbers: Record<string, string> = {}
  for (const text of texts.keys()) {
    if (text.length > 24) return null
    const digits = /(\d{1,2})\D*$/.exec(text)?.[1]
    const ordinal = ORDINALS.findIndex((pattern) => pattern.test(wordsOf(text)))
    const number = digits === undefined ? (ordinal < 0 ? null : ordinal + 1) : Number(digits)
    if (number === null || number < 1) return null
    numbers[text] = String(number)
  }
  return numbers
}

function itemCodes(item: ColumnFacts, areGoals: boolean, notebook: Notebook): Readonly<Record<string, string>> | null {
  const numbers = itemNumbers(item)
  const what = areGoals ? 'goals' : 'items'
  if (numbers !== null && new Set(Object.values(numbers)).size === Object.keys(numbers).length) {
    notebook.decide('item', item.heading, 'agreed', [
      `"${item.heading}" numbers the ${what} ${listed(Object.values(numbers).toSorted((a, b) => Number(a) - Number(b)))}`,
    ])
    return Object.fromEntries(Object.entries(numbers).filter(([text, number]) => text !== number))
  }
  notebook.ask({
    id: 'item',
    question: `"${item.heading}" tells the ${what} apart by their text alone, which is never stored. Ask for the export with the number of each ${areGoals ? 'goal' : 'item'}.`,
    options: [],
    evidence: [
      `"${item.heading}" holds ${item.n_distinct?.toLocaleString('en-GB') ?? 'very many'} different texts, not all with a number of their own`,
    ],
  })
  return null
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

/** Our name for each of the file's; null where one has to be asked. */
function namesOf(
  table: Table,
  subject: ColumnFacts,
  value: ColumnFacts,
  item: ColumnFacts | null,
  notebook: Notebook,
): Readonly<Record<string, string>> | null {
  const codes: Record<string, string> = {}
  let isOpen = false
  for (const text of subject.texts.keys()) {
    const words = wordsOf(text)
    const named = measuresNamed(words)
    if (namesAnother(words) || (named.length === 0 && targetOfName(text) === undefined)) continue
    const values = table.rows
      .filter((row) => row[subject.index] === text)
      .map((row) => Number((row[value.index] ?? '').replace(',', '.')))
    const target = item === null ? oneScore(text, named, values, notebook) : oneMeasure(text, named, notebook)
    if (target === null) isOpen = true
    else if (target !== 'leave_out' && target !== text) codes[text] = target
  }
  const others = [...subject.texts.keys()].filter(
    (text) =>
      namesAnother(wordsOf(text)) || (measuresNamed(wordsOf(text)).length === 0 && targetOfName(text) === undefined),
  )
  if (others.length > 0)
    notebook.note(
      `"${subject.heading}" also names ${others.length === 1 ? 'something' : `${others.length} things`} that cannot be scored: those rows will be held back.`,
    )
  return isOpen ? null : codes
}

function oneMeasure(text: string, named: readonly MeasureId[], notebook: Notebook): string | null {
  const known = targetOfName(text)
  if (named.length === 1) return named[0] as string
  if (named.length === 0 && known !== undefined) return text
  return askName(text, named, [], notebook)
}

/** Which scale a bare score of a questionnaire is: its total where it has one and the values fit; else it is asked. */
function oneScore(
  text: string,
  named: readonly MeasureId[],
  values: readonly number[],
  notebook: Notebook,
): string | null {
  const max = Math.max(...values.filter(Number.isFinite))
  const lengths = named.length > 1 && max > 40 ? named.filter((id) => id === 'reqol-20') : named
  const [id, ...others] = lengths
  if (id === undefined || others.length > 0) return named.length === 0 ? text : askName(text, named, [], notebook)
  const measure = theMeasure(id)
  const words = wordsOf(text)
  const scales = measure.scales.filter(({ rule }) => rule !== 'item')
  const goal = id === 'gbo' ? /\b([123])\b/.exec(words)?.[1] : undefined
  if (goal !== undefined) return `gbo:goal_${goal}`
  const said = scales.filter(
    ({ scale_id }) => scale_id !== 'total' && new RegExp(`\\b${scale_id.split('_')[0]}\\b`).test(words),
  )
  const scale = said.length === 1 ? said[0] : scales.find(({ scale_id }) => scale_id === 'total')
  if (scale !== undefined && max <= scale.max && id !== 'dialog')
    return scale.scale_id === 'total' ? id : `${id}:${scale.scale_id}`
  if (scale !== undefined && max <= scale.max && said.length === 1) return `${id}:${scale.scale_id}`
  return askName(
    text,
    [],
    scales.filter((it) => max <= it.max).map(({ scale_id }) => `${id}:${scale_id}`),
    notebook,
  )
}

function askName(
  text: string,
  named: readonly MeasureId[],
  scales: readonly string[],
  notebook: Notebook,
): string | null {
  return notebook.ask({
    id: `score:${text}`,
    question: `Which score does "${text}" stand for?`,
    options: [
      ...named.map((id) => ({ option: id as string, means: theMeasure(id).name })),
      ...scales.map((option) => ({ option, means: scaleLabel(option) })),
      { option: 'leave_out', means: 'none of these: those rows will be held back' },
    ],
    evidence: ['the name fits more than one score'],
  })
}

function scaleLabel(option: string): string {
  const [id = '', scale_id] = option.split(':')
  return theMeasure(id).scales.find((scale) => scale.scale_id === scale_id)?.label ?? option
}
