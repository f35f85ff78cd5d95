const LANES = 5
const LANE_BYTES = 3
const FINGERPRINT_BYTES = LANES * LANE_BYTES

/**
 * A hash of a bag of records: the sum of their fingerprints, lane by lane. The order they come in does not matter, and one that is
 * lost, added or counted twice changes it.
 */
export class RecordsHash {
  readonly #sums = new Float64Array(LANES)

  /** Adds every fingerprint in these bytes. */
  add(fingerprints: Uint8Array): void {
    for (let at = 0; at < fingerprints.length; at += FINGERPRINT_BYTES) {
      for (let lane = 0; lane < LANES; lane++) {
        const from = at + lane * LANE_BYTES
        const word =
          ((fingerprints[from] as number) << 16) |
          ((fingerprints[from + 1] as number) << 8) |
          (fingerprints[from + 2] as number)
        this.#sums[lane] = (this.#sums[lane] as number) + word
      }
    }
  }

  /** Lanes are sums below 2^53: exact for any file that can be read. */
  toString(): string {
    return [...this.#sums].map((sum) => sum.toString(16)).join('-')
  }
}
