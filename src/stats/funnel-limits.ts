import {
  binomialCdf,
  binomialProbability,
  binomialUpperTail,
  chiSquaredQuantile,
  normalQuantile,
} from './distributions.ts'
import type { FunnelLimits, FunnelType } from './funnel-types.ts'
import { incompleteGamma } from './incomplete-gamma.ts'

/** 95% and 99.8%: two and three standard deviations. */
const TAILS = { lower_95: 0.025, upper_95: 0.975, lower_998: 0.001, upper_998: 0.999 } as const

/** Limits of chance alone for one denominator: exact for counts, normal for means (`sd` is that of single values). */
export function exactLimits(type: FunnelType, target: number, denominator: number, sd = 0): FunnelLimits {
  switch (type) {
    case 'proportion':
      return atTails((p) => binomialLimit(p, denominator, target))
    case 'mean':
      return atTails((p) => target + (normalQuantile(p) * sd) / Math.sqrt(denominator))
    case 'rate':
    case 'ratio':
      return atTails((p) => poissonLimit(p, target * denominator) / denominator)
  }
}

/** The same four limits from a standard deviation on the transformed scale, turned back to the scale of the values. */
export function transformedLimits(type: FunnelType, target: number, sd: number): FunnelLimits {
  const { forward, back } = transformation(type)
  return atTails((p) => back(forward(target) + normalQuantile(p) * sd))
}

/** Scales on which the spread does not depend on the value, and the way back. */
export function transformation(type: FunnelType) {
  switch (type) {
    case 'proportion':
      return {
        name: 'arcsine_square_root',
        forward: (p: number) => Math.asin(Math.sqrt(p)),
        back: (y: number) => Math.sin(Math.min(Math.PI / 2, Math.max(0, y))) ** 2,
        sd: (denominator: number) => 1 / (2 * Math.sqrt(denominator)),
      } as const
    case 'mean':
      return {
        name: 'none',
        forward: (y: number) => y,
        back: (y: number) => y,
        sd: (denominator: number, _target: number, sd: number) => sd / Math.sqrt(denominator),
      } as const
    // √(events / time) has SD 1 / (2 √time) whatever the rate; of observed over expected likewise.
    case 'rate':
    case 'ratio':
      return {
        name: 'square_root',
        forward: (rate: number) => Math.sqrt(rate),
        back: (y: number) => Math.max(0, y) ** 2,
        sd: (denominator: number) => 1 / (2 * Math.sqrt(denominator)),
      } as const
  }
}

/**
 * Chance of a count as far from the target as this one or farther, on its side of it: what decides whether a unit stands out, since a smooth
 * curve through whole numbers cannot. 0 for means, whose curve is exact.
 */
export function exactTail(type: FunnelType, target: number, numerator: number, denominator: number): number {
  const isLow = numerator < target * denominator
  if (type === 'mean') return 0
  if (type === 'proportion') {
    if (target <= 0 || target >= 1) return 0
    const n = Math.floor(denominator)
    return isLow
      ? binomialCdf(Math.ceil(numerator), n, target)
      : binomialUpperTail(Math.floor(numerator) - 1, n, target)
  }
  return poissonTail(numerator, target * denominator, isLow)
}

/** P(X <= x) is the upper tail of a gamma, P(X >= x) its lower one. */
function poissonTail(events: number, expected: number, isLow: boolean): number {
  if (expected <= 0) return 0
  if (isLow) return incompleteGamma(Math.ceil(events) + 1, expected).upper
  return events < 1 ? 1 : incompleteGamma(Math.floor(events), expected).lower
}

function atTails(limit: (p: number) => number): FunnelLimits {
  return {
    lower_95: limit(TAILS.lower_95),
    upper_95: limit(TAILS.upper_95),
    lower_998: limit(TAILS.lower_998),
    upper_998: limit(TAILS.upper_998),
  }
}

/** Exact binomial quantile, drawn smoothly between whole people (Spiegelhalter 2005, appendix A.1.1). */
function binomialLimit(p: number, n: number, target: number): number {
  if (target <= 0 || target >= 1) return target
  const whole = Math.floor(n)
  const r = binomialQuantile(p, whole, target)
  const share = (binomialCdf(r, whole, target) - p) / binomialProbability(r, whole, target)
  return Math.min(1, Math.max(0, (r - share) / whole))
}

/** The smallest r with P(X <= r) >= p. */
function binomialQuantile(p: number, n: number, target: number): number {
  let [low, high] = [-1, n]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (binomialCdf(middle, n, target) >= p) high = middle
    else low = middle
  }
  return high
}

/**
 * Exact Poisson limit from chi-squared, for an expected count of events that need not be whole. Where no events at all have a chance of more
 * than p, no count is too low: the limit is 0.
 */
function poissonLimit(p: number, expected: number): number {
  if (expected <= 0 || (p < 0.5 && Math.exp(-expected) > p)) return 0
  return p < 0.5 ? chiSquaredQuantile(p, 2 * expected) / 2 : chiSquaredQuantile(p, 2 * (expected + 1)) / 2
}
