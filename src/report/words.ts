import { type Released, type ReleasedText, say } from '../disclosure/released.ts'

/** `A, B and C`; one part is itself. */
export function listInWords(parts: readonly [ReleasedText | Released, ...(ReleasedText | Released)[]]): ReleasedText {
  const [first, ...rest] = parts
  const last = rest.pop()
  const start = rest.reduce<ReleasedText>((words, part) => say`${words}, ${part}`, say`${first}`)
  return last === undefined ? start : say`${start} and ${last}`
}

/** The ends of an interval as `low to high`; where an end is missing, its reason once. */
export function intervalInWords(low: Released, high: Released): ReleasedText {
  if (!low.is_shown) return say`${low}`
  return high.is_shown ? say`${low} to ${high}` : say`${high}`
}

/** `6.1 (5.0 to 7.2)`; the estimate alone where it or its interval is withheld or absent. */
export function estimateInWords(estimate: Released, low: Released, high: Released): ReleasedText {
  if (!estimate.is_shown || !low.is_shown || !high.is_shown) return say`${estimate}`
  return say`${estimate} (${intervalInWords(low, high)})`
}

/** `about 40` for a rounded number; a withheld or absent one keeps its own words. */
export function aboutInWords(value: Released): ReleasedText {
  return value.is_shown && value.value !== 0 ? say`about ${value}` : say`${value}`
}

/** Sentences one after another. */
export function paragraph(sentences: readonly ReleasedText[]): ReleasedText {
  return sentences.reduce((text, sentence) => (text.text === '' ? sentence : say`${text} ${sentence}`), say``)
}

/** Chooses words by a released number; a withheld or absent one has words of its own. */
export function wordsFor(
  value: Released,
  choices: { readonly one: ReleasedText; readonly many: ReleasedText; readonly none: ReleasedText },
): ReleasedText {
  if (value.value === null) return choices.many
  if (value.value === 0) return choices.none
  return value.value === 1 ? choices.one : choices.many
}
