import { hash } from 'node:crypto'
import type { Cells } from './cells.ts'
import { FINGERPRINT_BYTES } from './record-batch.ts'

/**
 * A keyed fingerprint of a record: the first bytes of SHA-256, as Latin-1 characters, over the key, what the file is read as, and the
 * kept cells. Only a part of it is used, so nobody can lengthen a record and know the fingerprint. Without the key, no guess at a
 * record can be checked against the store.
 */
export class RowFingerprint {
  readonly #start: number
  #bytes = Buffer.allocUnsafeSlow(4096)

  constructor(key: Uint8Array, readAs: readonly (string | null)[]) {
    const prefix = Buffer.from(JSON.stringify(readAs))
    this.#start = key.length + prefix.length
    this.#grow(this.#start)
    this.#bytes.set(key)
    this.#bytes.set(prefix, key.length)
  }

  /** Of the cells at these positions, in this order: two cells never run into each other, as each comes after its length. */
  of(cells: Cells, positions: Int32Array): string {
    for (;;) {
      const end = cells.copyTrimmed(positions, this.#bytes, this.#start)
      if (end >= 0) return hash('sha256', this.#bytes.subarray(0, end), 'binary').slice(0, FINGERPRINT_BYTES)
      this.#grow(this.#bytes.length * 2)
    }
  }

  #grow(atLeast: number): void {
    let size = this.#bytes.length
    while (size < atLeast) size *= 2
    const larger = Buffer.allocUnsafeSlow(size)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** A fingerprint as the store writes it. */
export function rowHash(fingerprint: string): string {
  return Buffer.from(fingerprint, 'latin1').toString('base64url')
}
