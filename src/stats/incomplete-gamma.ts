import { poissonDensity } from './gamma-function.ts'
import type { Tails } from './incomplete-beta.ts'

/**
 * Regularised incomplete gamma: `lower` is P(a, x) for a > 0 and x >= 0, `upper` is Q(a, x).
 * Series below a + 1 (DLMF 8.11.4), continued fraction above it (DLMF 8.9.2).
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 }
  const front = poissonDensity(a, x)
  if (x < a + 1) {
    const lower = front * series(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = front * a * continuedFraction(a, x)
  return { lower: 1 - upper, upper }
}

const MAX_TERMS = 1_000_000

function series(a: number, x: number): number {
  let term = 1
  let total = 1
  for (let n = 1; n <= MAX_TERMS; n++) {
    term *= x / (a + n)
    total += term
    if (term < total * Number.EPSILON) return total
  }
  throw new Error('incomplete gamma did not converge')
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let product = d
  for (let n = 1; n <= MAX_TERMS; n++) {
    const coefficient = -n * (n - a)
    b += 2
    d = 1 / (coefficient * d + b)
    c = b + coefficient / c
    product *= d * c
    if (Math.abs(d * c - 1) < Number.EPSILON) return product
  }
  throw new Error('incomplete gamma did not converge')
}
