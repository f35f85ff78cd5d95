import type { Answer, Answers } from './answers.ts'
import type { Issue } from './issues.ts'
import type { Coding, Item, Measure } from './measure.ts'

/** An answer as it arrives: a number, the text of a cell, or nothing. Blank text is nothing. */
export type GivenAnswer = number | string | null

export interface CheckedAnswers {
  readonly answers: Answers
  readonly issues: readonly Issue[]
}

/**
 * Checks one form's answers, in the instrument's order, and turns raw digits round. Optional items may be left off the end.
 * Every fault is reported, not just the first; an answer at fault is `invalid`, which is not the same as missing.
 */
export function checkAnswers(measure: Measure, given: readonly GivenAnswer[], coding: Coding): CheckedAnswers {
  const required = measure.items.filter((item) => !item.is_optional).length
  if (given.length < required || given.length > measure.items.length) {
    return nothingValid(measure, { code: 'wrong_number_of_answers', expected: required, found: given.length })
  }
  if (coding === 'raw' && measure.reversed === null) return nothingValid(measure, { code: 'raw_coding_unknown' })

  const checked = measure.items.map((item, index) => checkAnswer(measure, item, given[index] ?? null))
  return {
    answers: new Map(
      checked.map(({ answer }, index) => {
        const item = measure.items[index] as Item
        return [item.item_id, coding === 'raw' ? turnRound(measure, item, answer) : answer]
      }),
    ),
    issues: checked.flatMap(({ issue }) => issue ?? []),
  }
}

/** One answer as given, before any turning round. */
export function checkAnswer(measure: Measure, item: Item, given: GivenAnswer): { answer: Answer; issue?: Issue } {
  if (given === null || (typeof given === 'string' && given.trim() === '')) return { answer: 'not_answered' }
  const digit = typeof given === 'number' ? given : digitsOnly(given)
  const { item_id, min, max } = item
  if (!Number.isFinite(digit)) return { answer: 'invalid', issue: { code: 'answer_not_a_number', item_id } }
  if (!Number.isInteger(digit)) return { answer: 'invalid', issue: { code: 'answer_not_whole', item_id } }
  const sentinel = measure.sentinels.find(({ value, items }) => value === digit && items.includes(item_id))
  if (sentinel !== undefined) return { answer: sentinel.means }
  if (digit < min || digit > max)
    return { answer: 'invalid', issue: { code: 'answer_out_of_range', item_id, min, max } }
  return { answer: digit }
}

// Number(' ') is 0 and Number('0x2') is 2: the shape is checked before converting.
function digitsOnly(text: string): number {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN
}

function turnRound(measure: Measure, item: Item, answer: Answer): Answer {
  if (typeof answer !== 'number' || measure.reversed?.includes(item.item_id) !== true) return answer
  return item.min + item.max - answer
}

function nothingValid(measure: Measure, issue: Issue): CheckedAnswers {
  return { answers: new Map(measure.items.map((item) => [item.item_id, 'invalid'])), issues: [issue] }
}
