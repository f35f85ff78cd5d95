import type { MeasureId } from '../../measures/measure.ts'
import type { ColumnFacts } from './column-facts.ts'
import { measuresNamed } from './measure-names.ts'
import type { Notebook } from './notebook.ts'
import { theMeasure } from './reconcile.ts'
import { listed, wordsOf } from './words.ts'

const ITEM_WORDS = /\b(item|question|q|goal|domain|area|qno)\b/

/** Numbered items, or numbered goals, one on each row. */
export function itemColumn(
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

export function itemCodes(
  item: ColumnFacts,
  areGoals: boolean,
  notebook: Notebook,
): Readonly<Record<string, string>> | null {
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

/** Questionnaire and item of every text of a column such as `phq9_q1`; null where the texts are not that. */
export function itemsNamed({
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
