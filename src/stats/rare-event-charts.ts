import { assertFinite, mean } from './describe.ts'
import { FEWEST_POINTS, xmrLimits } from './xmr-limits.ts'

export interface RareEventChart {
  readonly kind: 'g' | 't'
  readonly n: number
  readonly values: readonly number[]
  readonly centre: number | null // theoretical median of a g chart; back-transformed mean of a t chart
  readonly lower_limit: number | null // null where it would be below 0: no gap is too short
  readonly upper_limit: number | null
  readonly limits: 'full' | 'trial' | 'none'
  /** Places of values beyond a limit: above is rarer than expected, below is more often. */
  readonly above: readonly number[]
  readonly below: readonly number[]
  readonly reason: 'no_values' | 'one_value' | 'no_variation' | 'fewer_than_13_points' | null
}

/**
 * g chart: people, contacts or days between rare events, whole numbers. Limits mean ± 3 √(mean (mean + 1)) of the geometric
 * distribution (Benneyan 2001); the centre is near its median, 0.693 (ln 2) × mean
 * (Provost & Murray 2011, p. 228).
 */
export function gChart(between: readonly number[]): RareEventChart {
  assertGaps(between)
  if (!between.every(Number.isInteger)) throw new Error('a g chart counts whole numbers between events')
  const average = mean(between)
  if (average === null) return empty('g')
  const reach = 3 * Math.sqrt(average * (average + 1))
  const limits = { centre: Math.LN2 * average, lower_limit: aboveZero(average - reach), upper_limit: average + reach }
  return chartOf('g', between, limits, average === 0 ? 'no_variation' : null)
}

/** Makes waiting times of a Poisson process nearly normal (Nelson 1994). */
const POWER = 3.6

/**
 * t chart: time between rare events, any unit. XmR limits of the times to the power 1/3.6, turned back (Nelson 1994). Two events at one
 * moment have a time of 0, which is allowed.
 */
export function tChart(between: readonly number[]): RareEventChart {
  assertGaps(between)
  if (between.length === 0) return empty('t')
  const {
    mean: centre,
    lower_limit,
    upper_limit,
    reason,
  } = xmrLimits(
    between.map((time) => time ** (1 / POWER)),
    false,
  )
  const back = (value: number | null) => (value === null || value <= 0 ? null : value ** POWER)
  const limits = { centre: (centre ?? 0) ** POWER, lower_limit: back(lower_limit), upper_limit: back(upper_limit) }
  if (reason === 'one_point') return { ...chartOf('t', between, limits, 'one_value'), limits: 'none' }
  return chartOf('t', between, limits, reason === 'no_variation' ? reason : null)
}

function chartOf(
  kind: 'g' | 't',
  values: readonly number[],
  limits: Pick<RareEventChart, 'centre' | 'lower_limit' | 'upper_limit'>,
  reason: 'one_value' | 'no_variation' | null,
): RareEventChart {
  const { lower_limit, upper_limit } = limits
  const places = (isBeyond: (value: number) => boolean) =>
    reason === null ? values.flatMap((value, at) => (isBeyond(value) ? [at] : [])) : []
  const isTrial = values.length < FEWEST_POINTS
  return {
    kind,
    n: values.length,
    values,
    ...limits,
    limits: isTrial ? 'trial' : 'full',
    above: places((value) => upper_limit !== null && value > upper_limit),
    below: places((value) => lower_limit !== null && value < lower_limit),
    reason: reason ?? (isTrial ? 'fewer_than_13_points' : null),
  }
}

function empty(kind: 'g' | 't'): RareEventChart {
  const none = { centre: null, lower_limit: null, upper_limit: null, limits: 'none' } as const
  return { kind, n: 0, values: [], ...none, above: [], below: [], reason: 'no_values' }
}

function aboveZero(limit: number): number | null {
  return limit <= 0 ? null : limit
}

function assertGaps(between: readonly number[]): void {
  assertFinite(between)
  if (between.some((gap) => gap < 0)) throw new Error('time between events is 0 or more')
}
