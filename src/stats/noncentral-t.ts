import { normalCdf, tCdf } from './distributions.ts'
import { binomialDensity, poissonDensity } from './gamma-function.ts'
import { incompleteBeta } from './incomplete-beta.ts'
import { incompleteGamma } from './incomplete-gamma.ts'
import { rootOfIncreasing } from './solve.ts'

/**
 * P(T <= t) for noncentral t with `df` > 0 degrees of freedom and noncentrality `ncp`, absolute error about 1e-12.
 * The Poisson mixture of AS 243 (Lenth 1989), summed outwards from its largest term (Benton & Krishnamoorthy 2003),
 * so that it holds beyond |ncp| = 37.6, where R's `pt` turns to an approximation.
 */
export function noncentralTCdf(t: number, df: number, ncp: number): number {
  if (ncp === 0) return tCdf(t, df)
  if (t < 0) return 1 - noncentralTCdf(-t, df, -ncp)
  const lambda = 0.5 * ncp * ncp
  const x = (t * t) / (df + t * t)
  const y = df / (df + t * t)
  if (x === 0) return normalCdf(-ncp)
  if (t > 1e4 * Math.sqrt(2 * df)) return withoutNormalPart(t, df, ncp)
  const mode = Math.floor(lambda)
  const whole = mixture(mode, 1, lambda, df / 2, x, y)
  const half = mixture(mode + 0.5, 1.5, lambda, df / 2, x, y)
  const total = normalCdf(-ncp) + 0.5 * (whole + Math.sign(ncp) * half)
  return Math.min(1, Math.max(0, total))
}

/** The noncentrality at which P(T <= t) = p, 0 < p < 1: a confidence limit for the noncentrality, given t. */
export function solveNoncentrality(t: number, df: number, p: number): number {
  return rootOfIncreasing((ncp) => p - noncentralTCdf(t, df, ncp), t, 1)
}

/** P(chi / sqrt(df) >= ncp / t): beside so large a t the normal numerator is a point; absolute error below 1e-8. */
function withoutNormalPart(t: number, df: number, ncp: number): number {
  return ncp <= 0 ? 1 : incompleteGamma(df / 2, 0.5 * df * (ncp / t) ** 2).upper
}

/**
 * Sum of Poisson(j; lambda) I_x(j + 1/2, b) over j = start, start +/- 1, ... down to `lowest` - 1; j may be half-whole.
 * Neighbouring beta terms differ by x^a y^b / (a B(a, b)), so only the first needs its continued fraction.
 */
function mixture(start: number, lowest: number, lambda: number, b: number, x: number, y: number): number {
  const a = start + 0.5
  const weight = poissonDensity(start, lambda)
  const beta = incompleteBeta(a, b, x, y).lower
  const gap = (binomialDensity(a, b, x, y) * b) / (a + b)
  let total = weight * beta

  let [w, i, g] = [weight, beta, gap]
  for (let j = start + 1; w > 1e-20 && i > 1e-20; j++) {
    w *= lambda / j
    i = Math.max(0, i - g)
    g *= (x * (j - 0.5 + b)) / (j + 0.5)
    total += w * i
  }

  ;[w, i, g] = [weight, beta, gap]
  for (let j = start; j >= lowest && w > 1e-20; j--) {
    w *= j / lambda
    g *= (j + 0.5) / (x * (j - 0.5 + b))
    i += g
    total += w * i
  }
  return total
}
