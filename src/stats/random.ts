/** A source of numbers in [0, 1). */
export type Random = () => number

/**
 * A seeded source of randomness: the same seed gives the same numbers on every machine, for ever. Each number is a
 * multiple of 2^-32. xoshiro128** (Blackman & Vigna 2018) on a state filled from the seed's text; not for secrets.
 * A number and its decimal text are the same seed.
 */
export function createRandom(seed: string | number): Random {
  return xoshiro128(stateOf(String(seed)))
}

/** xoshiro128** from a state of four 32-bit words, not all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state
  return () => {
    const scrambled = Math.imul(rotated(Math.imul(b, 5), 7), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    return (scrambled >>> 0) / 4294967296
  }
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/** FNV-1a over the text's UTF-16 units gives one word; splitmix32 spreads it over four. */
function stateOf(text: string): [number, number, number, number] {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0
    let word = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return word ^ (word >>> 15)
  }
  return [next(), next(), next(), next()]
}
