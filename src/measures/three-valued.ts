import type { Answers } from './answers.ts'

/** True, false, or null: not known because an answer is missing. */
export type Truth = boolean | null

/** True as soon as so many are true; false once the unknown ones could no longer make up the number; otherwise unknown. */
export function atLeast(count: number, truths: readonly Truth[]): Truth {
  const n_true = truths.filter((truth) => truth === true).length
  const n_unknown = truths.filter((truth) => truth === null).length
  if (n_true >= count) return true
  return n_true + n_unknown < count ? false : null
}

export function allOf(truths: readonly Truth[]): Truth {
  return atLeast(truths.length, truths)
}

export function not(truth: Truth): Truth {
  return truth === null ? null : !truth
}

/** Whether each item's digit reaches the level that counts as present; null where the item has no digit. */
export function endorsed(answers: Answers, items: readonly string[], level: number): Truth[] {
  return items.map((item) => {
    const answer = answers.get(item)
    return typeof answer === 'number' ? answer >= level : null
  })
}
