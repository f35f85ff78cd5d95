import { HashRoom } from '../domain/hash-room.ts'
import type { Cells } from './cells.ts'
import { FINGERPRINT_BYTES } from './record-batch.ts'

/**
 * A keyed fingerprint of a record: the first bytes of SHA-256, as Latin-1 characters, over the key, what the file is read as, and the
 * kept cells. Only a part of it is used, so nobody can lengthen a record and know the fingerprint. Without the key, no guess at a
 * record can be checked against the store.
 */
export class RowFingerprint {
  readonly #room: HashRoom

  constructor(key: Uint8Array, readAs: readonly (string | null)[]) {
    this.#room = new HashRoom(Buffer.concat([key, Buffer.from(JSON.stringify(readAs))]))
  }

  /** Of the cells at these positions, in this order: two cells never run into each other, as each comes after its length. */
  of(cells: Cells, positions: Int32Array): string {
    const hash = this.#room.hashWritten((target, at) => cells.copyTrimmed(positions, target, at))
    return hash.slice(0, FINGERPRINT_BYTES)
  }
}

/** A fingerprint as the store writes it. */
export function rowHash(fingerprint: string): string {
  return Buffer.from(fingerprint, 'latin1').toString('base64url')
}
