/** The five groups of the national ethnic category codes, in their order; `not_stated` is an answer, and not the same as no record. */
export const ETHNIC_GROUPS = ['white', 'mixed', 'asian', 'black', 'other', 'not_stated'] as const
export type EthnicGroup = (typeof ETHNIC_GROUPS)[number]

/** By national code letter (NHS Data Dictionary, ETHNIC CATEGORY). */
const OF_CODE: Readonly<Record<string, EthnicGroup>> = {
  ...{ A: 'white', B: 'white', C: 'white' },
  ...{ D: 'mixed', E: 'mixed', F: 'mixed', G: 'mixed' },
  ...{ H: 'asian', J: 'asian', K: 'asian', L: 'asian' },
  ...{ M: 'black', N: 'black', P: 'black' },
  ...{ R: 'other', S: 'other', Z: 'not_stated', 99: 'not_stated' },
}

/** In this order: "White and Asian" is mixed, "Asian British" is not white, and "Other Black" is black. */
const OF_WORDS: readonly (readonly [RegExp, EthnicGroup])[] = [
  [/not stated|refused|declined|prefer not/i, 'not_stated'],
  [/mixed|multiple| and (asian|black)/i, 'mixed'],
  [/black|african|caribbean/i, 'black'],
  [/asian|indian|pakistani|bangladeshi|chinese/i, 'asian'],
  [/white|british|irish|gypsy|roma|traveller/i, 'white'],
  [/other|arab/i, 'other'],
]

/** The group of a national code or of its words; null where nothing was recorded or it is known by neither. */
export function ethnicGroup(category: string | null): EthnicGroup | null {
  if (category === null) return null
  return OF_CODE[category.toUpperCase()] ?? OF_WORDS.find(([words]) => words.test(category))?.[1] ?? null
}
