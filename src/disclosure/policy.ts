/** The disclosure rules a report can be made under. */
export const POLICY_IDS = ['mhsds-5/5', 'hes-7/5', 'opensafely-7/5', 'ten', 'internal'] as const
export type PolicyId = (typeof POLICY_IDS)[number]

/** Those that a project may choose for what it shares. */
export const RELEASE_POLICY_IDS = POLICY_IDS.filter((id) => id !== 'internal')

/**
 * What may leave. `suppressed_counts` are the lowest and highest count withheld (null: none); other counts are rounded to
 * `rounding_base`. A mean or other statistic needs `min_n_statistic` people, a percentage `min_n_percentage`. `words` is
 * the rule as a reader meets it, `legend` says what the marker means, `small_count_words` stands in a sentence for a
 * withheld count.
 */
export type DisclosurePolicy = {
  readonly id: PolicyId
  readonly is_internal: boolean
  readonly suppressed_counts: readonly [lowest: number, highest: number] | null
  readonly rounding_base: number
  readonly money_base_pounds: number
  readonly min_n_statistic: number
  readonly min_n_percentage: number
  readonly words: string
  readonly legend: string
  readonly small_count_words: string
  readonly source: string
}

/** The policy of an id. */
export function policyOf(id: PolicyId): DisclosurePolicy {
  return POLICIES[id]
}

export function isPolicyId(text: string): text is PolicyId {
  return POLICY_IDS.some((id) => id === text)
}

/** True where a count may not be shown. */
export function isWithheld(policy: DisclosurePolicy, count: number): boolean {
  if (policy.suppressed_counts === null) return false
  const [lowest, highest] = policy.suppressed_counts
  return lowest <= count && count <= highest
}

const RELEASE = {
  is_internal: false,
  rounding_base: 5,
  money_base_pounds: 10,
  min_n_statistic: 8,
  // One person is five points of a percentage at 20; AIHW hides rates below it.
  min_n_percentage: 20,
} as const

const POLICIES: Readonly<Record<PolicyId, DisclosurePolicy>> = {
  'mhsds-5/5': {
    ...RELEASE,
    id: 'mhsds-5/5',
    suppressed_counts: [0, 4],
    words: 'Counts under 5, zero included, are shown as *. Other counts are rounded to the nearest 5.',
    legend: 'fewer than 5, zero included, or a figure that rests on too few people or would give one away.',
    small_count_words: 'fewer than 5',
    source: 'NHS England, Mental Health Services Data Set monthly statistics, sub-national counts',
  },
  'hes-7/5': {
    ...RELEASE,
    id: 'hes-7/5',
    suppressed_counts: [1, 7],
    words: 'Counts from 1 to 7 are shown as *. Zero is shown. Other counts are rounded to the nearest 5.',
    legend: 'from 1 to 7, never zero, or a figure that rests on too few people or would give one away.',
    small_count_words: 'fewer than 8',
    source: 'NHS England, Hospital Episode Statistics disclosure control, sub-national counts',
  },
  'opensafely-7/5': {
    ...RELEASE,
    id: 'opensafely-7/5',
    // Zero is withheld with the rest: a withheld cell then never says whether anyone is in it.
    suppressed_counts: [0, 7],
    words: 'Counts of 7 or fewer, zero included, are shown as *. Other counts are rounded to the nearest 5.',
    legend: '7 or fewer, zero included, or a figure that rests on too few people or would give one away.',
    small_count_words: 'fewer than 8',
    source: 'OpenSAFELY documentation, statistical disclosure control',
  },
  ten: {
    ...RELEASE,
    id: 'ten',
    suppressed_counts: [0, 9],
    min_n_statistic: 10,
    words: 'Counts under 10, zero included, are shown as *. Other counts are rounded to the nearest 5.',
    legend: 'fewer than 10, zero included, or a figure that rests on too few people or would give one away.',
    small_count_words: 'fewer than 10',
    source: 'Ten-observation threshold of the ONS Secure Research Service and of ACRO',
  },
  internal: {
    id: 'internal',
    is_internal: true,
    suppressed_counts: null,
    rounding_base: 1,
    money_base_pounds: 1,
    min_n_statistic: 1,
    min_n_percentage: 10,
    words: 'Contains small numbers, not for release: every count is exact.',
    legend: 'withheld, which nothing is in this report.',
    small_count_words: 'none withheld',
    source: 'For the team that holds the records',
  },
}
