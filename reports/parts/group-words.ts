import type { CrossedGroups, GroupDimensionId, RunFacts } from '../analysis.ts'

/** What people are told apart by, as a heading says it. */
export const DIMENSION_WORDS: Readonly<Record<GroupDimensionId, string>> = {
  neurodiversity: 'Neurodiversity',
  age_band: 'Age at the start',
  gender: 'Gender',
  ethnic_group: 'Ethnic group',
  deprivation_quintile: 'Deprivation',
  pathway: 'Pathway',
  intervention: 'Intervention',
  main_staff_role: 'Mainly seen by',
}

const VALUE_WORDS: Readonly<Record<GroupDimensionId, Readonly<Record<string, string>>>> = {
  neurodiversity: { yes: 'Yes', queried: 'Queried', no: 'No', unknown: 'Not known' },
  age_band: {
    under_18: 'Under 18',
    '18_25': '18 to 25',
    '26_39': '26 to 39',
    '40_64': '40 to 64',
    '65_over': '65 and over',
  },
  gender: { female: 'Female', male: 'Male', 'non-binary': 'Non-binary', 'not stated': 'Not stated' },
  ethnic_group: {
    white: 'White',
    mixed: 'Mixed',
    asian: 'Asian or Asian British',
    black: 'Black or Black British',
    other: 'Other',
    not_stated: 'Not stated',
  },
  deprivation_quintile: {
    1: 'Most deprived fifth',
    2: 'Second fifth',
    3: 'Middle fifth',
    4: 'Fourth fifth',
    5: 'Least deprived fifth',
  },
  pathway: {},
  intervention: {},
  main_staff_role: { no_one_role: 'No one role' },
}

/** A group as a table names it; what was not recorded says so. */
export function groupWords(dimension: GroupDimensionId | CrossedGroups['by'], value: string | null): string {
  if (value === null) return 'Not recorded'
  return VALUE_WORDS[dimension][value] ?? value
}

/** The declared rule of "mainly seen by". */
export const MAINLY_SEEN_BY_WORDS: Readonly<Record<RunFacts['mainly_seen_by'], string>> = {
  most_contacts: 'the staff role with the most attended contacts of the episode; no one role where two have as many',
  over_half: 'the staff role with more than half of the attended contacts of the episode; else no one role',
}
