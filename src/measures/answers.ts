/** One item after checking. A number is the scored digit (already reversed where the item is); absence is a word. */
export type Answer = number | 'not_answered' | 'not_applicable' | 'invalid'

export type Answers = ReadonlyMap<string, Answer>

/** The scored digits of the items that were answered, in the order asked for. */
export function digitsOf(answers: Answers, items: readonly string[]): number[] {
  return items.map((item) => answers.get(item)).filter((answer) => typeof answer === 'number')
}
