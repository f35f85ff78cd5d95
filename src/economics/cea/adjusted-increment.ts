import type { Interval } from '../../stats/interval.ts'
import { coefficientOf, fitLinear } from '../../stats/linear-regression.ts'
import type { CeaRow } from './strategy-draws.ts'

export interface PersonWithBaseline extends CeaRow {
  /** Utility before the strategy began; null where it was not measured. */
  readonly baseline: number | null
}

/** Difference in effect between two separate groups of people had they begun alike. */
export interface AdjustedIncrement {
  readonly comparator: string
  readonly reference: string
  /** People with a baseline, of both. */
  readonly n: number
  readonly n_without_baseline: number
  readonly mean_baseline_comparator: number | null
  readonly mean_baseline_reference: number | null
  /** Comparator less reference; null with a reason. */
  readonly delta_effect: number | null
  readonly ci95: Interval | null
  readonly reason: 'fewer_than_20_people' | 'not_estimable' | null
}

const FEWEST_PEOPLE = 20

/**
 * Effect on group and baseline by least squares (Manca, Hawkins & Sculpher 2005): people who began better have more QALYs whatever is
 * done, and taking the baseline off instead would overdo it. One comparator at a time, people with a baseline.
 */
export function adjustedIncrements(rows: readonly PersonWithBaseline[], names: readonly string[]): AdjustedIncrement[] {
  const [reference = '', ...comparators] = names
  return comparators.map((comparator) => adjustedIncrement(rows, comparator, reference))
}

function adjustedIncrement(
  rows: readonly PersonWithBaseline[],
  comparator: string,
  reference: string,
): AdjustedIncrement {
  const both = rows.filter((row) => row.strategy === comparator || row.strategy === reference)
  const known = both.filter((row) => row.baseline !== null)
  const baselines = (name: string) => known.filter((row) => row.strategy === name).map((row) => row.baseline as number)
  const facts = {
    comparator,
    reference,
    n: known.length,
    n_without_baseline: both.length - known.length,
    mean_baseline_comparator: meanOf(baselines(comparator)),
    mean_baseline_reference: meanOf(baselines(reference)),
  }
  if (known.length < FEWEST_PEOPLE) return { ...facts, delta_effect: null, ci95: null, reason: 'fewer_than_20_people' }
  const fit = fitLinear(
    known.map((row) => [1, row.strategy === comparator ? 1 : 0, row.baseline as number]),
    known.map((row) => row.effect),
  )
  if (fit === null || fit.residual_sd === null)
    return { ...facts, delta_effect: null, ci95: null, reason: 'not_estimable' }
  const estimate = fit.coefficients[1] as number
  const se = fit.residual_sd * Math.sqrt(fit.unscaled[1]?.[1] as number)
  return { ...facts, delta_effect: estimate, ci95: coefficientOf(estimate, se, fit.df).ci95, reason: null }
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length
}
