/** What services side by side may be adjusted for, besides first scores, as a sentence names it. */
export const CASE_MIX_WORDS = {
  age_band: 'age',
  gender: 'gender',
  neurodiversity: 'neurodiversity',
  pathway: 'pathway',
} as const
export type CaseMixFact = keyof typeof CASE_MIX_WORDS
