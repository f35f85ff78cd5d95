import { assertFinite, assertSameLength } from './describe.ts'

/**
 * post - pre for each person, rounded to ten decimals. Decimal scores otherwise carry binary noise (0.3 - 0.2 is not
 * 0.2 - 0.1) that breaks ties in ranks and hides a constant change.
 */
export function pairedDifferences(pre: readonly number[], post: readonly number[]): number[] {
  assertSameLength(pre, post)
  assertFinite(pre)
  assertFinite(post)
  return post.map((value, i) => Math.round((value - pre[i]!) * 1e10) / 1e10 + 0)
}

/** True where every value is the same; true for none or one. */
export function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0])
}
