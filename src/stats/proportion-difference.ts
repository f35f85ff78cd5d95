import { wilson } from './proportion.ts'

export interface ProportionDifference {
  readonly difference: number // x1 / n1 - x2 / n2
  readonly lower: number
  readonly upper: number
}

/**
 * Difference of two independent proportions with Newcombe's square-and-add interval from Wilson limits (Statistics in Medicine
 * 1998;17:873-890, method 10). Null where either group is empty.
 */
export function newcombeIndependent(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  level = 0.95,
): ProportionDifference | null {
  const [first, second] = [wilson(x1, n1, level), wilson(x2, n2, level)]
  if (first === null || second === null) return null
  const difference = first.p - second.p
  return {
    difference,
    lower: difference - Math.hypot(first.p - first.lower, second.upper - second.p),
    upper: difference + Math.hypot(first.upper - first.p, second.p - second.lower),
  }
}
