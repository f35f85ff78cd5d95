/**
 * Holm's step-down p values, for a family of tests that was declared beforehand: the chance of even one false finding among
 * them stays at the level tested. In the order given; absent p values stay absent and are not counted.
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  return adjusted(ps, (ascending) => {
    let largest = 0
    return ascending.map((p, i) => {
      largest = Math.max(largest, Math.min(1, (ascending.length - i) * p))
      return largest
    })
  })
}

/**
 * Benjamini-Hochberg p values, for a screen of many tests: of what falls below 5%, about 5% or fewer are false findings. In
 * the order given; absent p values stay absent and are not counted.
 */
export function benjaminiHochberg(ps: readonly (number | null)[]): (number | null)[] {
  return adjusted(ps, (ascending) => {
    let smallest = 1
    const n = ascending.length
    return ascending
      .map((p, i) => (n / (i + 1)) * p)
      .reverse()
      .map((p) => {
        smallest = Math.min(smallest, p)
        return smallest
      })
      .reverse()
  })
}

function adjusted(ps: readonly (number | null)[], adjust: (ascending: number[]) => number[]): (number | null)[] {
  const given = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => a.p - b.p || a.at - b.at)
  if (given.some(({ p }) => !(p >= 0 && p <= 1))) throw new Error('a p value lies between 0 and 1')
  const found: (number | null)[] = ps.map(() => null)
  for (const [i, p] of adjust(given.map(({ p }) => p)).entries()) found[given[i]!.at] = p
  return found
}
