/** Names whose letters would otherwise be parted at a capital: the name, and how it is written as one word. */
const ONE_WORD: readonly [RegExp, string][] = [
  [/re[ _-]?qol/gi, ' reqol '],
  [/dialog ?(\+|plus)?/gi, ' dialog '],
  [/(phq|gad|wsas|itq|pcl|gbo)(?![a-bd-z])/gi, ' $1 '],
  [/\bdob\b|d\.o\.b\.?/gi, ' dob '],
  [/honos(ca)?/gi, ' honos$1 '],
  [/e-?mail/gi, ' email '],
  [/\bQoL\b/g, ' qol '],
]

/** A heading as words in small letters, one space between them; capitals inside a word and digits part it. */
export function wordsOf(heading: string): string {
  let text = heading.normalize('NFKC')
  for (const [pattern, word] of ONE_WORD) text = text.replace(pattern, word)
  return text
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** "3 of 4 rows", with thousands parted. */
export function share(part: number, whole: number, what = 'rows'): string {
  return `${part.toLocaleString('en-GB')} of ${whole.toLocaleString('en-GB')} ${what}`
}

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
