import type { Measure } from '../../measures/measure.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { Notebook } from './notebook.ts'
import { share } from './words.ts'

/** Answers below this many may well lack one end of their scale. */
const ENOUGH_ANSWERS = 60

interface CodedRange {
  /** What would be taken from every answer. */
  readonly minus: number
  readonly low: number
  readonly high: number
  readonly n: number
  readonly n_inside: number
}

/** The coding under which nearly all answers of a block are in the instrument's range; null where none is. */
export function codedRange(measure: Measure, columns: readonly ColumnFacts[]): CodedRange | null {
  const [item] = measure.items
  if (item === undefined) return null
  const answers = countsOf(columns)
  const n = sum(answers, () => true)
  for (const minus of measure.measure_id === 'gbo' ? [0] : [0, 1, -1]) {
    const [low, high] = [item.min + minus, item.max + minus]
    const sentinels = minus === 0 ? measure.sentinels.map(({ value }) => value) : []
    const n_inside = sum(
      answers,
      (value) => (value >= low && value <= high) || sentinels.includes(value) || isMissingCode(value),
    )
    if (n > 0 && n_inside >= n * 0.98) return { minus, low, high, n, n_inside }
  }
  return null
}

/** Numbers that stand for "not answered" where answers are single digits. */
function isMissingCode(value: number): boolean {
  return [-1, -8, -9, -99, 88, 98, 99, 888, 999].includes(value)
}

/** What to take from every answer: 0 unless the file is coded one higher or lower. Null where the answers leave it open. */
export function settleShift(measure: Measure, columns: readonly ColumnFacts[], notebook: Notebook): number | null {
  const range = codedRange(measure, columns)
  const [item] = measure.items
  if (range === null || item === undefined) return null
  if (!askAboutMissing(measure, columns, notebook)) return null
  if (measure.measure_id === 'gbo') return 0
  const answers = countsOf(columns)
  const { min, max } = item
  const sentinel = measure.sentinels.some(({ value }) => value === max + 1)
  const seen = (value: number) => sum(answers, (it) => it === value)
  /** Each end belongs to one coding alone. */
  const own = {
    as_printed: min === 0 ? seen(0) : seen(max) + (sentinel ? seen(max + 1) : 0),
    moved: min === 0 ? seen(max + 1) : seen(0),
  }
  const shift = min === 0 ? 1 : -1
  const n = sum(answers, (value) => !isMissingCode(value))
  const few = Math.max(2, n * 0.005)
  if (own.as_printed > few && own.moved <= few) return 0
  if (own.moved > few && own.as_printed === 0) {
    notebook.decide(`coding_from:${measure.measure_id}`, `${min + shift} to ${max + shift}`, 'proved', [
      `${share(own.moved, n, 'answers')} are ${min === 0 ? max + 1 : 0}, which ${measure.name} (${min} to ${max}) has not, and none is ${min === 0 ? 0 : max}`,
    ])
    return shift
  }
  if (own.moved === 0 && own.as_printed > 0 && n < ENOUGH_ANSWERS) return 0
  return askShift(measure, shift, own, n, notebook)
}

function askShift(
  measure: Measure,
  shift: number,
  own: { as_printed: number; moved: number },
  n: number,
  notebook: Notebook,
): number | null {
  const { min, max } = measure.items[0] as Measure['items'][number]
  const ends = min === 0 ? [min, max + 1] : [max, min - 1]
  const answer = notebook.ask({
    id: `coding_from:${measure.measure_id}`,
    question: `Are the answers of ${measure.name} written as ${min} to ${max}, or as ${min + shift} to ${max + shift}?`,
    options: [
      { option: `${min}-${max}`, means: 'as the instrument prints them' },
      { option: `${min + shift}-${max + shift}`, means: `each one ${shift > 0 ? 'too high' : 'too low'} by 1` },
    ],
    evidence: [
      `of ${n.toLocaleString('en-GB')} answers ${own.as_printed.toLocaleString('en-GB')} are ${ends[0]}${min === 1 ? ' or 8' : ''}, which only the first has, and ${own.moved.toLocaleString('en-GB')} are ${ends[1]}, which only the second has`,
    ],
  })
  if (answer === null) return null
  return answer === `${min}-${max}` ? 0 : shift
}

/** False where it has to be asked first what a number outside the scale means. */
function askAboutMissing(measure: Measure, columns: readonly ColumnFacts[], notebook: Notebook): boolean {
  const answers = countsOf(columns)
  const codes = [...answers.keys()].filter(isMissingCode).toSorted((a, b) => a - b)
  if (codes.length === 0) return true
  const answer = notebook.ask({
    id: `missing_code:${measure.measure_id}`,
    question: `What does ${codes.join(' or ')} mean among the answers of ${measure.name}?`,
    options: [
      { option: 'not_answered', means: 'the question was not answered' },
      { option: 'hold_back', means: 'it is an error: hold those rows back' },
    ],
    evidence: [
      `${share(
        sum(answers, isMissingCode),
        sum(answers, () => true),
        'answers',
      )} are outside the scale`,
    ],
  })
  return answer !== null
}

/** Numbers that were said to mean "not answered", as the file writes them. */
export function missingCodes(columns: readonly ColumnFacts[]): string[] {
  const texts = columns.flatMap((it) => [...it.texts.keys()])
  return [...new Set(texts)].filter((text) => /^-?\d+$/.test(text) && isMissingCode(Number(text))).toSorted()
}

function countsOf(columns: readonly ColumnFacts[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { texts } of columns) {
    for (const [text, n] of texts) {
      const value = /^-?\d+(\.0+)?$/.test(text) ? Number(text) : null
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + n)
    }
  }
  return counts
}

function sum(counts: ReadonlyMap<number, number>, is: (value: number) => boolean): number {
  return [...counts].reduce((total, [value, n]) => total + (is(value) ? n : 0), 0)
}
