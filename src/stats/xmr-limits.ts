import { mean } from './describe.ts'
import type { XmrSegment } from './xmr-types.ts'

/** Three standard deviations of single values, from the mean range of two: 3 / 1.128, rounded as NHS England prints it. */
const LIMIT_FACTOR = 2.66
/** The upper limit of moving ranges, over their mean. */
const RANGE_FACTOR = 3.267
/** NHS England (Making Data Count) draws limits and icons from 13 points. */
export const FEWEST_POINTS = 13

export type Limits = Pick<
  XmrSegment,
  'mean' | 'mean_moving_range' | 'n_ranges_screened' | 'lower_limit' | 'upper_limit' | 'limits' | 'reason'
>

/** Differences between neighbours; null where either is missing, so that a gap is never taken for one step. */
export function movingRanges(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value, at) => {
    const before = at === 0 ? null : (values[at - 1] ?? null)
    return value === null || before === null ? null : Math.abs(value - before)
  })
}

/** Mean and natural process limits of one segment. */
export function xmrLimits(values: readonly (number | null)[], screen: boolean): Limits {
  const known = values.filter((value) => value !== null)
  const ranges = movingRanges(values).filter((range) => range !== null)
  const centre = mean(known)
  const all = mean(ranges)
  if (centre === null || all === null) {
    const reason = known.length === 0 ? 'no_points' : known.length === 1 ? 'one_point' : 'no_two_points_in_a_row'
    return { ...NONE, mean: centre, reason }
  }
  const kept = screen ? screened(ranges, all) : ranges
  const mean_moving_range = withoutNoise(mean(kept) ?? all, known)
  return {
    mean: centre,
    mean_moving_range,
    n_ranges_screened: ranges.length - kept.length,
    lower_limit: centre - LIMIT_FACTOR * mean_moving_range,
    upper_limit: centre + LIMIT_FACTOR * mean_moving_range,
    limits: known.length < FEWEST_POINTS ? 'trial' : 'full',
    reason: mean_moving_range === 0 ? 'no_variation' : known.length < FEWEST_POINTS ? 'fewer_than_13_points' : null,
  }
}

const NONE = {
  mean_moving_range: null,
  n_ranges_screened: 0,
  lower_limit: null,
  upper_limit: null,
  limits: 'none',
} as const

function screened(ranges: readonly number[], meanRange: number): number[] {
  return meanRange === 0 ? [...ranges] : ranges.filter((range) => range < RANGE_FACTOR * meanRange)
}

/** A series that is constant but for the last bits of its decimals has no variation. */
function withoutNoise(meanRange: number, values: readonly number[]): number {
  return meanRange <= 1e-12 * Math.max(...values.map(Math.abs)) ? 0 : meanRange
}
