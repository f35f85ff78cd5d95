/** Age at the start of the episode, in whole years: under 18, 18 to 25 (the young adults' pathways), 26 to 39, 40 to 64, 65 and over. */
export const AGE_BANDS = ['under_18', '18_25', '26_39', '40_64', '65_over'] as const
export type AgeBand = (typeof AGE_BANDS)[number]
