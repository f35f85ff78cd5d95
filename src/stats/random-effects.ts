import { assertFinite, sum } from './describe.ts'
import { normalQuantile, tQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'

/** One unit’s estimate with its standard error, which must be above 0. */
export interface UnitEstimate {
  readonly estimate: number
  readonly se: number
}

export interface Shrunken {
  readonly estimate: number // drawn towards the mean of all units
  readonly weight: number // of the unit’s own estimate, from 0 to 1
  readonly ci95: Interval
}

export interface RandomEffects {
  readonly n_units: number
  readonly mean: number | null
  readonly se: number | null
  readonly ci95: Interval | null // Hartung–Knapp, t on k - 1
  readonly tau2: number | null // restricted maximum likelihood
  readonly i2: number | null // share of the variation that is between units, from 0 to 1
  readonly q: number | null // Cochran's Q
  readonly prediction95: Interval | null // of a new unit’s true value, t on k - 2; null under 3 units
  /** By unit, in the order given; empty where there is no mean. */
  readonly shrunken: readonly Shrunken[]
  readonly reason: 'no_units' | 'one_unit' | null
  readonly prediction_reason: 'fewer_than_3_units' | null
}

/**
 * Random-effects summary of units: REML for the variance between them, Hartung–Knapp for the interval (Hartung & Knapp 2001), the
 * prediction interval of Higgins, Thompson & Spiegelhalter (2009) with it (Partlett & Riley 2017), and empirical Bayes estimates:
 * each unit’s own, weighted tau² / (tau² + se²), and the mean’s for the rest; their intervals allow for tau² being estimated too (g1 + g2
 * + 2 g3 of Prasad & Rao 1990, for REML by Datta & Lahiri 2000).
 */
export function randomEffects(units: readonly UnitEstimate[]): RandomEffects {
  assertFinite(units.flatMap(({ estimate, se }) => [estimate, se]))
  if (units.some(({ se }) => se <= 0)) throw new Error('a standard error is above 0')
  const k = units.length
  if (k < 2) return { ...NOTHING, n_units: k, reason: k === 0 ? 'no_units' : 'one_unit' }
  const tau2 = remlTau2(units)
  const { mean, weights } = weighted(units, tau2)
  const total = sum(weights)
  const scale = sum(units.map(({ estimate }, i) => (weights[i] as number) * (estimate - mean) ** 2)) / (k - 1)
  const se = Math.sqrt(scale / total)
  const q = cochranQ(units)
  return {
    n_units: k,
    mean,
    se,
    ci95: around(mean, tQuantile(0.975, k - 1) * se),
    tau2,
    i2: iSquared(units, tau2),
    q,
    prediction95: k < 3 ? null : around(mean, tQuantile(0.975, k - 2) * Math.sqrt(tau2 + se ** 2)),
    shrunken: units.map((unit) =>
      shrink(unit, { mean, tau2, se_mean: 1 / Math.sqrt(total), tau2_variance: tau2Variance(weights) }),
    ),
    reason: null,
    prediction_reason: k < 3 ? 'fewer_than_3_units' : null,
  }
}

const NOTHING = {
  mean: null,
  se: null,
  ci95: null,
  tau2: null,
  i2: null,
  q: null,
  prediction95: null,
  shrunken: [],
  prediction_reason: 'fewer_than_3_units',
} as const

function weighted(units: readonly UnitEstimate[], tau2: number) {
  const weights = units.map(({ se }) => 1 / (se ** 2 + tau2))
  const mean = sum(units.map(({ estimate }, i) => (weights[i] as number) * estimate)) / sum(weights)
  return { weights, mean }
}

/** The tau² at which the slope of the restricted log likelihood is 0, found by halving: it is the largest one; 0 where it falls from the start. */
function remlTau2(units: readonly UnitEstimate[]): number {
  const spread = units.map((it) => it.estimate)
  let high = Math.max(1e-8, (Math.max(...spread) - Math.min(...spread)) ** 2, ...units.map((it) => it.se ** 2))
  while (slope(units, high) > 0) high *= 2
  const start = startBelow(units, high)
  if (start === null) return 0
  let low: number = start
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2
    if (slope(units, middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** A tau² where the likelihood still rises, on a fine grid from above; null where it rises nowhere. */
function startBelow(units: readonly UnitEstimate[], high: number): number | null {
  for (let step = 1; step <= 400; step++) {
    const tau2 = high * (1 - step / 400)
    if (slope(units, tau2) > 0) return tau2
  }
  return null
}

function slope(units: readonly UnitEstimate[], tau2: number): number {
  const { weights, mean } = weighted(units, tau2)
  const squares = weights.map((it) => it ** 2)
  const fit = sum(units.map(({ estimate }, i) => (squares[i] as number) * (estimate - mean) ** 2))
  return fit - sum(weights) + sum(squares) / sum(weights)
}

function cochranQ(units: readonly UnitEstimate[]): number {
  const { weights, mean } = weighted(units, 0)
  return sum(units.map(({ estimate }, i) => (weights[i] as number) * (estimate - mean) ** 2))
}

/** tau² against the typical variance within units (Higgins & Thompson 2002). */
function iSquared(units: readonly UnitEstimate[], tau2: number): number {
  const weights = units.map(({ se }) => 1 / se ** 2)
  const total = sum(weights)
  const typical = ((units.length - 1) * total) / (total ** 2 - sum(weights.map((it) => it ** 2)))
  return tau2 / (tau2 + typical)
}

interface Centre {
  readonly mean: number
  readonly tau2: number
  readonly se_mean: number
  readonly tau2_variance: number
}

/** From the information of the restricted likelihood. */
function tau2Variance(weights: readonly number[]): number {
  const [total, squares, cubes] = [1, 2, 3].map((power) => sum(weights.map((it) => it ** power))) as [
    number,
    number,
    number,
  ]
  return 2 / (squares - (2 * cubes) / total + (squares / total) ** 2)
}

function shrink({ estimate, se }: UnitEstimate, { mean, tau2, se_mean, tau2_variance }: Centre): Shrunken {
  const weight = tau2 / (tau2 + se ** 2)
  const ofTau2 = (se ** 4 / (tau2 + se ** 2) ** 3) * tau2_variance
  const sd = Math.sqrt(weight * se ** 2 + ((1 - weight) * se_mean) ** 2 + 2 * ofTau2)
  const shrunken = weight * estimate + (1 - weight) * mean
  return { estimate: shrunken, weight, ci95: around(shrunken, normalQuantile(0.975) * sd) }
}

function around(middle: number, half: number): Interval {
  return [middle - half, middle + half]
}
