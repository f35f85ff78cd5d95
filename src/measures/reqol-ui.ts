/**
 * ReQoL-UI gives a utility from seven ReQoL levels (six mental health items and the physical health item). The algorithm is
 * licensed by Oxford University Innovation apart from the questionnaire and is not shipped: a licence holder supplies it.
 */
export interface UtilityAlgorithm {
  readonly id: string
  readonly country: string
  /** Lowest and highest value it can give: UK -0.195 and 1 (Keetharuth et al., Value in Health 2021;24(2):281-290). */
  readonly range: readonly [number, number]
  /** `levels`: seven whole numbers 1-5, in the licence holder's order. */
  utility(levels: readonly number[]): number
}

export type UtilityResult =
  | { readonly status: 'scored'; readonly utility: number; readonly algorithm_id: string }
  | { readonly status: 'unavailable' | 'too_many_missing' | 'invalid'; readonly utility: null }

export const UK_UTILITY_RANGE = [-0.195, 1] as const
const LEVELS = 7
/** Sums of decimals miss the ends of the range by less than this. */
const ROUNDING = 1e-9

/**
 * A utility, or why there is none: `unavailable` without an algorithm, never 0.
 * @throws RangeError where the algorithm gives a value outside its own range: its table is wrong, and so is every other value.
 */
export function reqolUtility(levels: readonly (number | null)[], algorithm: UtilityAlgorithm | null): UtilityResult {
  if (algorithm === null) return { status: 'unavailable', utility: null }
  const given = levels.filter((level) => level !== null)
  if (levels.length !== LEVELS || given.some((level) => !isLevel(level))) return { status: 'invalid', utility: null }
  if (given.length < LEVELS) return { status: 'too_many_missing', utility: null }
  const utility = algorithm.utility(given)
  const [lowest, highest] = algorithm.range
  if (!(utility >= lowest - ROUNDING && utility <= highest + ROUNDING)) {
    throw new RangeError(`the utility table ${algorithm.id} gives a value outside ${lowest} to ${highest}`)
  }
  return { status: 'scored', utility, algorithm_id: algorithm.id }
}

function isLevel(level: number): boolean {
  return Number.isInteger(level) && level >= 1 && level <= 5
}
