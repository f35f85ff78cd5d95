import { say } from '../../src/disclosure/released.ts'

/** Why a figure of change does not exist, as a table cell says it. */
export const CLAIM_WORDS = {
  no_pairs: 'nobody has two scores',
  fewer_than_5: 'too few to say',
  fewer_than_10: 'too few to test',
  fewer_than_20: 'too few for this method',
  no_spread: 'every change is the same',
  no_reliable_change_threshold: 'no threshold',
  no_case_threshold: 'no cut-off',
  nobody: 'nobody to count',
} as const

/** What it takes for an interval of a mean, an effect size or a test. */
export const FEWEST_FOR_A_TEST = { n: 10, reason: say`${CLAIM_WORDS.fewer_than_10}` } as const
