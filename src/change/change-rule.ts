import { type ChangeClass, improvement } from '../measures/improvement.ts'
import type { Better } from '../measures/measure.ts'

/** inclusive: a change of exactly the threshold counts. strict: it does not. */
export const BOUNDARIES = ['inclusive', 'strict'] as const
export type Boundary = (typeof BOUNDARIES)[number]

/** Sums of decimals miss a boundary by less than this share of it. */
const ROUNDING = 1e-9

/** When a change counts. Sizes are signed as measured; `critical` is the size from which it does, in the same unit. */
export interface ChangeRule {
  readonly better: Better
  readonly boundary: Boundary
  readonly critical: number
  /** Null where the change has no size: per cent of nothing. */
  readonly size: (pre: number, post: number) => number | null
}

/** A fixed number of points, either way. */
export function pointsRule(better: Better, boundary: Boundary, points: number): ChangeRule {
  return { better, boundary, critical: points, size: (pre, post) => post - pre }
}

/** A share of the person's first score, in per cent. A first score of 0 or below has none. */
export function percentRule(better: Better, boundary: Boundary, percent: number): ChangeRule {
  return {
    better,
    boundary,
    critical: percent,
    size: (pre, post) => (pre <= 0 ? null : (100 * (post - pre)) / pre),
  }
}

/** Improved or deteriorated where the change reaches the rule's boundary; null where it has no size. */
export function classifyByRule(rule: ChangeRule, pre: number, post: number): ChangeClass | null {
  const gain = gainOf(rule, pre, post)
  if (gain === null) return null
  const reaches = (distance: number) =>
    rule.boundary === 'inclusive' ? distance >= 1 - ROUNDING : distance > 1 + ROUNDING
  if (reaches(gain)) return 'improved'
  return reaches(-gain) ? 'deteriorated' : 'none'
}

/** Whether a change lies exactly on the boundary, where conventions differ. */
export function isOnBoundary(rule: ChangeRule, pre: number, post: number): boolean {
  const gain = gainOf(rule, pre, post)
  return gain !== null && Math.abs(Math.abs(gain) - 1) <= ROUNDING
}

/** The change towards better, in multiples of the critical size. */
function gainOf(rule: ChangeRule, pre: number, post: number): number | null {
  const size = rule.size(pre, post)
  return size === null ? null : improvement(rule.better, 0, size) / rule.critical
}
