const BITS = 1 << 28
const PROBES = 6

/**
 * Tells for certain that a fingerprint has not been met. Fixed size (32 MiB): among two million records it is unsure about one new one
 * in a hundred million, among twenty million about one in five hundred.
 */
export class BloomFilter {
  readonly #bits = new Uint32Array(BITS >>> 5)

  /** Adds the fingerprint whose bytes start at `at`. True where it may have been there already. */
  add(bytes: Uint8Array, at: number): boolean {
    let probe = wordAt(bytes, at)
    const step = wordAt(bytes, at + 4) | 1
    let isThere = true
    for (let n = 0; n < PROBES; n++) {
      const bit = probe & (BITS - 1)
      const mask = 1 << (bit & 31)
      const word = this.#bits[bit >>> 5] as number
      if ((word & mask) === 0) {
        isThere = false
        this.#bits[bit >>> 5] = word | mask
      }
      probe = (probe + step) | 0
    }
    return isThere
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}
