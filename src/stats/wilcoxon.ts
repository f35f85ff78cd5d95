import { normalCdf } from './distributions.ts'
import { pairedDifferences } from './paired-differences.ts'

export interface SignedRank {
  n: number // pairs given
  n_used: number // pairs that changed: zeros are dropped before ranking
  v: number | null // sum of the ranks of positive differences, post - pre; null when n_used = 0
  p: number | null // two-sided; null when n_used = 0
  method: 'exact' | 'normal' | null
  reason: 'no_pairs' | 'all_zero_differences' | null
}

const EXACT_UP_TO = 200

/**
 * Wilcoxon signed-rank test of post - pre: zeros dropped, midranks for ties, `v` as R's `wilcox.test`.
 * Up to 200 changed pairs p is exact, ties included; above that it is normal with continuity and tie corrections.
 */
export function signedRankTest(pre: readonly number[], post: readonly number[]): SignedRank {
  const changes = pairedDifferences(pre, post).filter((difference) => difference !== 0)
  const counts = { n: pre.length, n_used: changes.length }
  if (changes.length === 0) {
    return { ...counts, v: null, p: null, method: null, reason: pre.length === 0 ? 'no_pairs' : 'all_zero_differences' }
  }
  const { doubled, tie_sum } = doubledMidranks(changes.map(Math.abs))
  const doubledV = doubled.reduce((total, rank, i) => total + (changes[i]! > 0 ? rank : 0), 0)
  const exact = changes.length <= EXACT_UP_TO
  return {
    ...counts,
    v: doubledV / 2,
    p: exact ? exactP(doubled, doubledV) : normalP(changes.length, doubledV / 2, tie_sum),
    method: exact ? 'exact' : 'normal',
    reason: null,
  }
}

/** Twice the mid-rank of each value, a whole number even among ties, and the sum of t^3 - t over tied groups. */
function doubledMidranks(values: readonly number[]): { doubled: number[]; tie_sum: number } {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const doubled = new Array<number>(values.length).fill(0)
  let tie_sum = 0
  for (let first = 0, next = 0; first < order.length; first = next) {
    while (next < order.length && values[order[next]!] === values[order[first]!]) next++
    for (const i of order.slice(first, next)) doubled[i] = first + 1 + next
    tie_sum += (next - first) ** 3 - (next - first)
  }
  return { doubled, tie_sum }
}

/** Chance of every possible V, each sign a fair coin, built one rank at a time; two-sided by doubling the nearer tail. */
function exactP(doubledRanks: readonly number[], doubledV: number): number {
  const largest = doubledRanks.reduce((total, rank) => total + rank, 0)
  const chance = new Float64Array(largest + 1)
  chance[0] = 1
  let reached = 0
  for (const rank of doubledRanks) {
    reached += rank
    for (let v = reached; v >= 0; v--) chance[v] = 0.5 * (chance[v]! + (v >= rank ? chance[v - rank]! : 0))
  }
  const nearer = Math.min(doubledV, largest - doubledV)
  const tail = chance.subarray(0, nearer + 1).reduce((total, share) => total + share, 0)
  return Math.min(1, 2 * tail)
}

function normalP(n: number, v: number, tieSum: number): number {
  const distance = v - (n * (n + 1)) / 4
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - tieSum / 48)
  const z = (Math.abs(distance) - 0.5 * Math.sign(Math.abs(distance))) / sd
  return Math.min(1, 2 * normalCdf(-z))
}
