import { binomialDensity } from './gamma-function.ts'

/** The two halves of a probability, each kept to full relative precision. */
export interface Tails {
  lower: number
  upper: number
}

/**
 * Regularised incomplete beta: `lower` is I_x(a, b) for a, b > 0, `upper` its complement. Give y = 1 - x where it is
 * known more exactly than the subtraction. Continued fraction of DLMF 8.17.22, evaluated by Lentz's method.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): Tails {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (y <= 0) return { lower: 1, upper: 0 }
  // a b / (a + b) turns the binomial density into x^a y^b / B(a, b).
  const front = (binomialDensity(a, b, x, y) * a * b) / (a + b)
  if (x < (a + 1) / (a + b + 2)) {
    const lower = (front * continuedFraction(a, b, x)) / a
    return { lower, upper: 1 - lower }
  }
  const upper = (front * continuedFraction(b, a, y)) / b
  return { lower: 1 - upper, upper }
}

const MAX_TERMS = 1_000_000
const TINY = 1e-300

function continuedFraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let product = d
  const step = (coefficient: number) => {
    d = 1 / away(1 + coefficient * d)
    c = away(1 + coefficient / c)
    product *= d * c
    return Math.abs(d * c - 1)
  }
  for (let m = 1; m <= MAX_TERMS; m++) {
    step((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)))
    const moved = step((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)))
    if (moved < Number.EPSILON) return product
  }
  throw new Error('incomplete beta did not converge')
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
