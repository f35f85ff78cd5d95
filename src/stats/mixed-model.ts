import { assertFinite } from './describe.ts'
import { tQuantile } from './distributions.ts'
import type { Interval } from './interval.ts'
import { cholesky, inverseOf, solveCholesky } from './linear-algebra.ts'
import { minimise } from './minimise.ts'
import { satterthwaite } from './satterthwaite.ts'

/** One score: whose, the value, its row of the fixed-effects design (the first column 1), and its time for a random slope. */
export interface RepeatedScore {
  readonly person: number
  readonly score: number
  readonly design: readonly number[]
  readonly time: number
}

export type MixedReason = 'too_few_people' | 'design_not_full_rank' | 'no_spread'

export interface FixedEffect {
  readonly estimate: number
  readonly standard_error: number
  readonly df: number // Satterthwaite's
  readonly ci95: Interval
}

export interface MixedModel {
  readonly n_people: number
  readonly n_scores: number
  readonly effects: readonly FixedEffect[] // in the design's order; empty with a reason
  readonly sd_intercept: number | null // between people
  readonly sd_slope: number | null // of people's own slopes; null for a random intercept alone
  readonly correlation: number | null // of intercept and slope; null where either SD is 0
  readonly sd_residual: number | null // within a person
  readonly deviance: number | null // the REML criterion: minus twice the restricted log likelihood
  readonly is_singular: boolean // a variance of the random effects is estimated as 0, or their correlation as 1
  readonly reason: MixedReason | null
}

/**
 * Linear mixed model of repeated scores by restricted maximum likelihood: fixed effects of the design, and for each person a random
 * intercept, with `slope` also a random slope on `time`, correlated with it. Every score counts, so that a person with one of them
 * takes part; scores are taken to be missing at random, given those that are there. Profiled on the relative covariance factor
 * (Bates, Mächler, Bolker & Walker 2015); the same numbers as lme4. Intervals use t on Satterthwaite's degrees of freedom, as lmerTest
 * does: with two scores from everyone, the paired t interval exactly. Where they cannot be worked out, people - 1.
 */
export function mixedModel(scores: readonly RepeatedScore[], random: 'intercept' | 'slope'): MixedModel {
  assertFinite(scores.flatMap((it) => [it.score, it.time, ...it.design]))
  const data = crossProducts(scores, random === 'slope' ? 2 : 1)
  const sizes = { n_people: data.n_people, n_scores: scores.length }
  if (data.n_people < 3 || scores.length <= data.n_fixed + 1) return absent(sizes, 'too_few_people')
  if (cholesky(data.xx) === null) return absent(sizes, 'design_not_full_rank')
  const criterion = (theta: readonly number[]) =>
    profile(theta, data, scores.length)?.deviance ?? Number.POSITIVE_INFINITY
  const theta = minimise(criterion, random === 'slope' ? [1, 0, 0.3] : [1])
  const fit = profile(theta, data, scores.length)
  if (fit === null) return absent(sizes, 'no_spread')
  return { ...sizes, ...estimates(fit, theta, degreesOfFreedom(fit, theta, data, scores.length)), reason: null }
}

/** In the parameters of the random effects and the log of the residual SD, which is free of the unit of the scores. */
function degreesOfFreedom(fit: Profiled, theta: readonly number[], data: Products, n: number): number[] {
  const parameters = [...theta, Math.log(fit.variance) / 2]
  const split = (at: readonly number[]) => ({
    at: profile(at.slice(0, -1), data, n),
    variance: Math.exp(2 * at[at.length - 1]!),
  })
  const criterion = (point: readonly number[]) => {
    const { at, variance } = split(point)
    if (at === null) return Number.POSITIVE_INFINITY
    return at.log_determinants + (n - data.n_fixed) * Math.log(variance) + at.residual / variance
  }
  const variances = (point: readonly number[]) => {
    const { at, variance } = split(point)
    return fit.beta.map((_, k) => (at === null ? Number.NaN : at.covariance[k]![k]! * variance))
  }
  return satterthwaite(parameters, criterion, variances) ?? fit.beta.map(() => data.n_people - 1)
}

/**
 * Sums of products, one stretch of each list a person: Z for the random effects, X for the fixed, y for the scores. Flat lists,
 * as they are walked through some hundred times.
 */
interface Products {
  readonly n_people: number
  readonly n_random: number
  readonly n_fixed: number
  readonly zz: Float64Array // n_random x n_random a person
  readonly zx: Float64Array // n_random x n_fixed
  readonly zy: Float64Array // n_random
  readonly xx: number[][] // of everyone
  readonly xy: number[]
  readonly yy: number
}

function crossProducts(scores: readonly RepeatedScore[], n_random: number): Products {
  const n_fixed = scores[0]?.design.length ?? 0
  const places = new Map<number, number>()
  for (const { person } of scores) if (!places.has(person)) places.set(person, places.size)
  const n_people = places.size
  const zz = new Float64Array(n_people * n_random * n_random)
  const zx = new Float64Array(n_people * n_random * n_fixed)
  const zy = new Float64Array(n_people * n_random)
  const xx = Array.from({ length: n_fixed }, () => new Array<number>(n_fixed).fill(0))
  const xy = new Array<number>(n_fixed).fill(0)
  let yy = 0
  for (const { person, score, design, time } of scores) {
    const place = places.get(person)!
    for (let a = 0; a < n_random; a++) {
      const z = a === 0 ? 1 : time
      const row = place * n_random + a
      for (let b = 0; b < n_random; b++) zz[row * n_random + b]! += z * (b === 0 ? 1 : time)
      for (let k = 0; k < n_fixed; k++) zx[row * n_fixed + k]! += z * design[k]!
      zy[row]! += z * score
    }
    for (let j = 0; j < n_fixed; j++) {
      for (let k = 0; k < n_fixed; k++) xx[j]![k]! += design[j]! * design[k]!
      xy[j]! += design[j]! * score
    }
    yy += score * score
  }
  return { n_people, n_random, n_fixed, zz, zx, zy, xx, xy, yy }
}

interface Profiled {
  readonly deviance: number
  readonly beta: number[]
  readonly covariance: number[][] // of beta, for a residual variance of 1
  readonly variance: number // of the residuals
  readonly residual: number // weighted sum of squares
  readonly log_determinants: number // of V and of X'V^-1 X
}

/** The REML criterion with fixed effects and residual variance at their best for `theta`; null where they do not exist. */
function profile(theta: readonly number[], data: Products, n: number): Profiled | null {
  const { xx, xy, yy, logDet } = withoutRandom(theta, data)
  const lower = cholesky(xx)
  if (lower === null) return null
  const beta = solveCholesky(lower, xy)
  const df = n - beta.length
  const residual = yy - beta.reduce((sum, value, k) => sum + value * xy[k]!, 0)
  if (!(residual > 1e-10 * Math.max(1, data.yy))) return null
  const logDetX = lower.reduce((sum, row, i) => sum + 2 * Math.log(row[i]!), 0)
  const deviance = logDet + logDetX + df * (1 + Math.log((2 * Math.PI * residual) / df))
  return {
    deviance,
    beta,
    covariance: inverseOf(lower),
    variance: residual / df,
    residual,
    log_determinants: logDet + logDetX,
  }
}

/**
 * The sums of products weighted by the inverse of V = I + Z L Lt Zt, with L = [a 0; b c], and the log of its determinant. By
 * Woodbury's identity each person takes off the products of W = M^-1 Lt Zt (X, y), where M Mt = I + Lt ZtZ L.
 */
function withoutRandom([a = 0, b = 0, c = 0]: readonly number[], data: Products) {
  const { n_people, n_random, n_fixed, zz, zx, zy } = data
  const isSlope = n_random === 2
  const xx = data.xx.map((row) => [...row])
  const xy = [...data.xy]
  let yy = data.yy
  let logDet = 0
  const [w0, w1] = [new Float64Array(n_fixed + 1), new Float64Array(n_fixed + 1)]
  for (let i = 0; i < n_people; i++) {
    const at = i * n_random * n_random
    const [z00, z01, z11] = isSlope ? [zz[at]!, zz[at + 1]!, zz[at + 3]!] : [zz[at]!, 0, 0]
    const m00 = Math.sqrt(1 + a * a * z00 + 2 * a * b * z01 + b * b * z11)
    const m10 = (c * (a * z01 + b * z11)) / m00
    const m11 = Math.sqrt(1 + c * c * z11 - m10 * m10)
    logDet += 2 * Math.log(m00) + 2 * Math.log(m11)
    const [first, second] = [i * n_random, i * n_random + (isSlope ? 1 : 0)]
    for (let k = 0; k <= n_fixed; k++) {
      const u0 = k < n_fixed ? zx[first * n_fixed + k]! : zy[first]!
      const u1 = !isSlope ? 0 : k < n_fixed ? zx[second * n_fixed + k]! : zy[second]!
      w0[k] = (a * u0 + b * u1) / m00
      w1[k] = (c * u1 - m10 * w0[k]!) / m11
    }
    for (let j = 0; j < n_fixed; j++) {
      for (let k = 0; k < n_fixed; k++) xx[j]![k]! -= w0[j]! * w0[k]! + w1[j]! * w1[k]!
      xy[j]! -= w0[j]! * w0[n_fixed]! + w1[j]! * w1[n_fixed]!
    }
    yy -= w0[n_fixed]! ** 2 + w1[n_fixed]! ** 2
  }
  return { xx, xy, yy, logDet }
}

const SINGULAR = 1e-4

function estimates(fit: Profiled, [a = 0, b = 0, c]: readonly number[], df: readonly number[]) {
  const sd_residual = Math.sqrt(fit.variance)
  const slope = c === undefined ? null : Math.hypot(b, c)
  return {
    effects: fit.beta.map((estimate, i): FixedEffect => {
      const standard_error = sd_residual * Math.sqrt(fit.covariance[i]![i]!)
      const half = tQuantile(0.975, df[i]!) * standard_error
      return { estimate, standard_error, df: df[i]!, ci95: [estimate - half, estimate + half] }
    }),
    sd_intercept: sd_residual * Math.abs(a),
    sd_slope: slope === null ? null : sd_residual * slope,
    correlation: slope === null || slope < SINGULAR || Math.abs(a) < SINGULAR ? null : (Math.sign(a) * b) / slope,
    sd_residual,
    deviance: fit.deviance,
    is_singular: Math.abs(a) < SINGULAR || (c !== undefined && Math.abs(c) < SINGULAR),
  }
}

function absent(sizes: { n_people: number; n_scores: number }, reason: MixedReason): MixedModel {
  return {
    ...sizes,
    effects: [],
    sd_intercept: null,
    sd_slope: null,
    correlation: null,
    sd_residual: null,
    deviance: null,
    is_singular: false,
    reason,
  }
}
