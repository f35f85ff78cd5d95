import { binomialDensity } from './gamma-function.ts'
import { incompleteBeta } from './incomplete-beta.ts'
import { incompleteGamma } from './incomplete-gamma.ts'
import { rootOfIncreasing } from './solve.ts'

/** Standard normal density. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}

/** P(Z <= z) for a standard normal Z. The upper tail is `normalCdf(-z)`. */
export function normalCdf(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, 0.5 * z * z)
  return z < 0 ? 0.5 * upper : 0.5 + 0.5 * lower
}

/** The z with P(Z <= z) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  assertProbability(p)
  if (p > 0.5) return -normalQuantile(1 - p)
  // Abramowitz & Stegun 26.2.23 is within 4.5e-4; each Halley step cubes that.
  const t = Math.sqrt(-2 * Math.log(p))
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(z) - p) / normalDensity(z)
    z -= error / (1 + 0.5 * z * error)
  }
  return z
}

/** P(T <= t) for Student's t with `df` > 0 degrees of freedom, whole or not. */
export function tCdf(t: number, df: number): number {
  return t < 0 ? tUpperTail(-t, df) : 1 - tUpperTail(t, df)
}

/** P(|T| >= |t|), the two-sided p value. Below about 1e-308 it is 0: print it as "less than". */
export function tTwoSidedP(t: number, df: number): number {
  return 2 * tUpperTail(Math.abs(t), df)
}

/** The t with P(T <= t) = p, for 0 < p < 1. */
export function tQuantile(p: number, df: number): number {
  assertProbability(p)
  if (p === 0.5) return 0
  if (p < 0.5) return -tQuantileOfUpperTail(p, df)
  return tQuantileOfUpperTail(1 - p, df)
}

/** The x with P(X <= x) = p for chi-squared with `df` > 0 degrees of freedom, 0 < p < 1. */
export function chiSquaredQuantile(p: number, df: number): number {
  assertProbability(p)
  const excess = (logX: number) => {
    const { lower, upper } = incompleteGamma(df / 2, Math.exp(logX) / 2)
    return p <= 0.5 ? lower - p : 1 - p - upper
  }
  return Math.exp(rootOfIncreasing(excess, Math.log(df), 0.5))
}

/** P(X = x) successes in n trials of chance p. */
export function binomialProbability(x: number, n: number, p: number): number {
  return x < 0 || x > n ? 0 : binomialDensity(x, n - x, p, 1 - p)
}

/** P(X <= x) successes in n trials of chance p. */
export function binomialCdf(x: number, n: number, p: number): number {
  if (x < 0) return 0
  return x >= n ? 1 : incompleteBeta(x + 1, n - x, p).upper
}

/** P(X > x) successes in n trials of chance p. */
export function binomialUpperTail(x: number, n: number, p: number): number {
  if (x < 0) return 1
  return x >= n ? 0 : incompleteBeta(x + 1, n - x, p).lower
}

/** The odds x / (1 - x) of the beta quantile x with I_x(a, b) = p, 0 < p < 1: exact even where x is close to 1. */
export function betaQuantileOdds(p: number, a: number, b: number): number {
  assertProbability(p)
  const excess = (logOdds: number) => {
    const odds = Math.exp(logOdds)
    const { lower, upper } = incompleteBeta(a, b, odds / (1 + odds), 1 / (1 + odds))
    return p <= 0.5 ? lower - p : 1 - p - upper
  }
  return Math.exp(rootOfIncreasing(excess, Math.log(a / b), 0.5))
}

function tUpperTail(t: number, df: number): number {
  const squared = t * t
  return 0.5 * incompleteBeta(df / 2, 0.5, df / (df + squared), squared / (df + squared)).lower
}

function tQuantileOfUpperTail(tail: number, df: number): number {
  return rootOfIncreasing((t) => tail - (t < 0 ? 1 - tUpperTail(-t, df) : tUpperTail(t, df)), 0, 1)
}

function assertProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new Error('a probability strictly between 0 and 1 is needed')
}
