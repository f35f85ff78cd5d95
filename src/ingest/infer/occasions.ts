/** Words of a heading that say at which of several times a questionnaire was answered, first to last. */
const OCCASIONS: readonly [string, RegExp][] = [
  [
    'first',
    /\b(pre|baseline|base line|initial|intake|start|starting|entry|first|ini|before|t 0|t 1|time 1|time point 1|session 1|assessment 1)\b/,
  ],
  [
    'last',
    /\b(post|final|fin|last|exit|after|ending|follow ?up|fu|f up|t 2|time 2|time point 2|assessment 2|discharge)\b/,
  ],
  ['review', /\b(review|mid|interim|midpoint|midway|current|latest)\b/],
  ['t3', /\b(t 3|time 3|time point 3|assessment 3)\b/],
]

/** The occasion that a heading's words name, and the words without it; null where they name none. */
export function occasionOf(words: string): { occasion: string | null; rest: string } {
  for (const [occasion, pattern] of OCCASIONS) {
    if (pattern.test(words)) return { occasion, rest: words.replace(pattern, ' ').replace(/\s+/g, ' ').trim() }
  }
  return { occasion: null, rest: words }
}
