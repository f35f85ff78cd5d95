import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { BeforeAndAfter } from '../../src/stats/rates.ts'

type Maybe = number | null
type Pair = readonly [number, number]

export interface OraclePairs {
  name: string
  pre: number[]
  post: number[]
  change: Record<string, number | Pair>
  effect: Record<string, number | Pair | readonly [null, null] | null>
  signed_rank: { n_used: number; v: number; p: number }
}

interface Oracle {
  describe: { values: number[]; mean: number; sd: Maybe; median: number; quantiles: number[] }[]
  pairs: OraclePairs[]
  normal_cdf: { z: number; value: number }[]
  normal_quantile: { p: number; value: number }[]
  t_quantile: { p: number; df: number; value: number }[]
  t_cdf: { t: number; df: number; value: number }[]
  chi_squared_quantile: { p: number; df: number; value: number }[]
  binomial: { x: number; n: number; p: number; density: number; cdf: number; upper: number }[]
  beta: { x: number; a: number; b: number; value: number }[]
  beta_odds: { p: number; a: number; b: number; value: number }[]
  gamma: { x: number; a: number; value: number }[]
  noncentral_t: { t: number; df: number; ncp: number; value: number }[]
  noncentral_t_large: { t: number; df: number; ncp: number; value: number }[]
  noncentrality: { t: number; df: number; p: number; value: number }[]
  wilson: { x: number; n: number; lower: number; upper: number }[]
  mcnemar: { b: number; c: number; p: number }[]
  newcombe: { both: number; pre_only: number; post_only: number; neither: number; lower: number; upper: number }[]
  rate: { events: number; time: number; lower: number; upper: number }[]
  rate_ratio: (BeforeAndAfter & { ratio: Maybe; lower: number; upper: Maybe; p: number })[]
  clustered: {
    name: string
    people: BeforeAndAfter[]
    ratio: number
    se_log: number
    df: number
    ci95: Pair
    p: number
    dispersion: number
  }[]
  bootstrap: {
    name: string
    estimate: number
    replicates: number[]
    leave_one_out: number[]
    percentile: Pair
    bca: Pair
  }[]
  threshold: {
    mu: number
    sd_within: number
    sd_between: number
    threshold: number
    baselines: number
    value: number
  }[]
}

/** Numbers made by R: `fixtures/oracle/stats.R`. */
export const oracle = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/oracle/stats.json'), 'utf8'),
) as Oracle

/** Equal but for rounding: relative 1e-8 unless told, and an absolute part only if told. Null equals null only. */
export function expectClose(actual: unknown, expected: unknown, relative = 1e-8, absolute = 0): void {
  const close = isClose(actual, expected, relative, absolute)
  expect(close, `${JSON.stringify(actual)} where ${JSON.stringify(expected)} was expected`).toBe(true)
}

function isClose(actual: unknown, expected: unknown, relative: number, absolute: number): boolean {
  if (Array.isArray(expected)) {
    if (actual === null) return expected.every((value) => value === null)
    const found = actual as readonly unknown[]
    return (
      found.length === expected.length && expected.every((value, i) => isClose(found[i], value, relative, absolute))
    )
  }
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected
  return Math.abs(actual - expected) <= relative * Math.abs(expected) + absolute
}
