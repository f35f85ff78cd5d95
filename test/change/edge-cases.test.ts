import { describe, expect, it } from 'vitest'
import { analyseChange, type ChangeOptions } from '../../src/change/analyse-change.ts'

const LOWER: ChangeOptions = {
  ...{ better: 'lower', reliability: null, sd: null, clinical: null, functional: null, cutoff: null },
}

function analysed(pairs: readonly (readonly [number, number])[], options: Partial<ChangeOptions> = {}) {
  const rows = pairs.map(([pre, post]) => ({ pre, post, group: null }))
  return analyseChange(rows, { ...LOWER, ...options })
}

const FOUR = [
  [20, 14],
  [10, 16],
  [12, 7],
  [15, 15],
] as const

describe('edges of the analysis of change', () => {
  it.each([
    {
      title: 'a reliability of 1: any change would be reliable, so none is counted',
      found: () => analysed(FOUR, { reliability: 1, sd: 5 }),
      expected: { counts: null, counts_reason: 'perfect_reliability' },
    },
    {
      title: 'a reliability of 0: the threshold is 1.96 × √2 SDs',
      found: () => analysed(FOUR, { reliability: 0, sd: 5 }),
      expected: { reliable_change_points: expect.closeTo(1.96 * Math.SQRT2 * 5, 10), counts_reason: null },
    },
    {
      title: 'a change of exactly the threshold counts, better and worse',
      found: () => analysed(FOUR, { points: 6 }),
      expected: { counts: { improved: 1, unchanged: 2, deteriorated: 1 } },
    },
    {
      title: 'a change of exactly the threshold does not count where the boundary is strict',
      found: () => analysed(FOUR, { points: 6, boundary: 'strict' }),
      expected: { counts: { improved: 0, unchanged: 4, deteriorated: 0 } },
    },
    {
      title: 'a score exactly on the cut-off is a case where lower is better',
      found: () => analysed(FOUR, { points: 6, cutoff: 12 }),
      expected: { n_case_at_start: 3, outcomes: { n_on_cutoff: 1 } },
    },
    {
      title: 'twenty people with one and the same change: no bootstrap and no test, and why',
      found: () => analysed(Array.from({ length: 20 }, (_, i) => [10 + i, 8 + i] as const)),
      expected: { mean_change: -2, reason: 'constant_differences', p: null, bootstrap: { bca_ci95: null } },
    },
    {
      title: 'decimals that are equal but for rounding are ties: 0.1 + 0.2 against 0.3 is no change',
      found: () =>
        analysed([
          [0.3, 0.1 + 0.2],
          [1, 2],
          [4, 7],
        ]),
      expected: { wilcoxon: { v: 3 }, hodges_lehmann: { estimate: 1.25 } },
    },
    {
      title: 'nobody: no number, and why',
      found: () => analysed([]),
      expected: { n: 0, mean_change: null, ci95: null, reason: 'no_pairs' },
    },
    {
      title: 'one person: a change, and no spread',
      found: () => analysed([[12, 9]]),
      expected: { n: 1, mean_change: -3, sd_change: null, ci95: null, reason: 'one_pair' },
    },
  ])('$title', ({ found, expected }) => {
    expect(found()).toMatchObject(expected)
  })
})
